"""A way back for whoever lost the device of her second step: her app's telephone, her passkey, her codes.

1. She asks from the second step itself, so that the password or her mailbox has been shown already.
2. Two different moderators check who she is, neither of them herself; for a moderator's account one of the
   two is an administrator. Then three days pass, and the second step is taken off.
3. She is written to at every step, with a link that stops it; a second step passed stops it too.
4. Whatever no longer holds when the time has come (a suspended member, a checker who moderates no more)
   ends it. What she wrote for the moderators is forgotten when it ends.
"""
