"""What members agreed to: the wordings of the terms and the privacy notice, and what each may take back.

A moderator changes the pages, then says what changed and that members are asked anew. Who has not agreed yet reads on; she is told
when she signs in, and before she writes for others. What rests on consent alone (what she says of herself) is taken back by a button.
"""
