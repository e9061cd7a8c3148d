"""Moderation: what the house decides about a topic, a post, a member, an activity or a network.

1. Every decision is a row that says who, what, why and when; rows are only ever added (a trigger holds it).
2. Who decided is shown to moderators; the public log shows the role, the reason and the outcome.
3. In a network's boards its own moderators decide too, but not about what the site's decided.
4. The admin writes through actions and nothing else.
"""
