"""The page on which moderators hide passages of a post, and show them again.

1. The site's moderators, and those of the network in whose board it stands; nobody else finds the page.
2. What is hidden already they read there.
"""
