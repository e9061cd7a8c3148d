"""What was done in the admin: who sent which form about what, when and from where. Decisions stand beside it, with reasons.

1. Every form that the admin takes leaves a line, whichever page it is of: nobody has to remember to write one.
2. A line says which fields were sent, never what stood in them: that stands in what came of it.
3. Lines are only ever added; the address of the net is forgotten after FORUMS_TRAFFIC_DAYS.
"""
