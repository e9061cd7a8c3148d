"""Wiring only: the moderators' desks register their tables."""

import forums.moderation.desks.tables.activities
import forums.moderation.desks.tables.boards
import forums.moderation.desks.tables.decisions
import forums.moderation.desks.tables.members
import forums.moderation.desks.tables.networks
import forums.moderation.desks.tables.pages
import forums.moderation.desks.tables.posts
import forums.moderation.desks.tables.topics  # noqa: F401
