"""Pages of networks: who gets what, and how many questions a page asks the database."""
