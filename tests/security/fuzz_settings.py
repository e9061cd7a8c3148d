"""The site as odd requests meet it: no limit stops them at the door, so that they reach what is behind."""

from tests.settings import *  # noqa: F403
from tests.settings import FORUMS_PACE

ACCOUNTS_SAME_TIME = 0
ACCOUNT_RATE_LIMITS = False
FORUMS_PACE = {what: [] for what in FORUMS_PACE}
FORUMS_LIGHT_PACE = {}
