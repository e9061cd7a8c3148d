"""A board (ห้อง) is a room for topics.

1. Two levels: a board, and rooms inside it; never deeper (a foreign key holds it).
2. `read_level` and `write_level` say who may enter and who may speak, on one scale (`Access`).
3. A room inside a board is never open to more people than the board it stands in.
"""
