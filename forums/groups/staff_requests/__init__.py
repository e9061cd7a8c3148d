"""A request to the site's moderators about a network: to verify it, or to take over one nobody looks after.

1. One of a kind waits at a time; the answer, with its reason, stands where it was asked.
"""
