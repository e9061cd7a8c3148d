"""Wiring only: the moderators' desks register their tables."""

import forums.moderation.desks.activities
import forums.moderation.desks.boards
import forums.moderation.desks.decisions
import forums.moderation.desks.members
import forums.moderation.desks.networks
import forums.moderation.desks.pages
import forums.moderation.desks.posts
import forums.moderation.desks.topics  # noqa: F401
