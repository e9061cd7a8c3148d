"""A roster (รายชื่อ) is a file of addresses by which a coordinator invites many people.

1. What was read is shown first, line by line with what is wrong; nothing is sent before she says yes.
2. Its letters are invitations like others and lie in the outbox at once, each due on a day her pace allows: killed at
   any moment, each goes out once.
3. Of a line only the address is kept; of the address only what the invitation knows, and as long.
4. Nobody is looked up: whether an address has an account here, or blocked her, no page says.
"""
