"""The pages of the queue: one list of what waits, a case in its context, and one form that decides.

1. The site's moderators have them in the admin; a network's, for what stands in its boards, under the network.
2. What is asked and done is the same in both: the kind of case says what may be decided (`queue/registry.py`).
3. What has a page of its own elsewhere is led to from here, and decided there.
"""
