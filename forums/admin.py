"""Wiring only: each noun registers its own tables."""

import forums.activities.admin
import forums.boards.admin
import forums.members.admin
import forums.moderation.admin
import forums.networks.admin
import forums.pages.admin
import forums.posts.admin
import forums.topics.admin  # noqa: F401
