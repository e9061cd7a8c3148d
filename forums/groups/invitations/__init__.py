"""An invitation (คำเชิญ) is a link into a network: until when, how often; for anyone, or sent to one address.

1. Its token cannot be guessed, and it is never used more often than it says: the database holds it.
2. It opens every door but one: who was removed comes back only by a coordinator's yes.
"""
