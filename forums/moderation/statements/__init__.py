"""What whoever's thing was decided upon is told: what, where, why, by which rule, by whom, until when, and how to object.

1. It is made of the decision each time it is read; nothing of it is kept twice.
2. She reads it at an address of its own; a signed link in the letter opens it to who may not sign in.
3. Of a network's own affairs its coordinators read it.
"""
