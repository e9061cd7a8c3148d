"""Django's engine for PostgreSQL, less a question before every page (`ENGINE = "roypalang.postgres"`)."""
