"""Discussions brought in from elsewhere (docs/import.md has the form of the files).

1. `file_lines` reads a file without ever holding it, `records` makes one clean record of one line,
   `actions` writes records: three steps, and a bad line stops at the one that finds it.
2. What came from where is remembered (`Imported`), so twice is once, and a killed run goes on.
3. An import is history: it asks for no right to write and keeps no pace, but its texts are
   cleaned, rendered, numbered and counted by the very functions that serve a member's reply.
"""
