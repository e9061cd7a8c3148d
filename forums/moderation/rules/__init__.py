"""The house's rules as rows: what a decision rests on can be pointed at.

1. A rule has a number, which stays its own: one that no longer holds is retired, never given to another.
2. Decisions name a rule; so do the words of a report's reasons.
3. Moderators write them in the admin; everyone reads them at their address.
"""
