"""The site as odd requests meet it: no limit stops them at the door, so that they reach what is behind."""

from tests.settings import *  # noqa: F403

ACCOUNTS_SAME_TIME = 0
ACCOUNT_RATE_LIMITS = False
FORUMS_PACE = {"posts": [], "topics": [], "pictures": [], "invitations": []}
