"""The site as it is served, with its traffic log on."""

from tests.security.fuzz_settings import *  # noqa: F403

FORUMS_TRAFFIC_LOG = True
