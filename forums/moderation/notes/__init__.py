"""What moderators note of a member, for one another: never shown to her or to others, and never for ever.

1. Each note ends on a day, a year later at most; whoever works here may take it away before.
2. A note decides nothing. What is decided is a Decision, with its reason.
"""
