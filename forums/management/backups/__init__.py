"""Backups: all of the site in one folder, and back again (docs/decisions/082-backups.md).

A folder of backups holds one folder a backup, named after when it was made (UTC): database/ as pg_dump writes it,
pictures/, settings.env, manifest.json (of what, how many rows) and SHA256SUMS, which names every file.

1. What is not whole has another name: it grows in a folder ending in `.part`, and its list comes last.
2. No row without its picture: pictures are taken, then the moment of the database is fixed, then those its rows speak of
   that came since are taken.
3. A picture that has not changed is the same file as in the backup before, under the checksum it had then: what rots is
   found, not blessed.
4. A restore writes nothing before every byte was looked at, and into nothing that holds anything.
5. With a public key (age) nothing readable ever lies in the folder of backups.
"""
