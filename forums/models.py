"""Wiring only: gathers each noun's tables for Django. Nothing imports this module."""

from forums.boards.models import Board
from forums.imports.models import Imported
from forums.moderation.models import Decision
from forums.pages.models import CommunityLink, Page
from forums.posts.models import Attachment, Post, Reaction, Revision
from forums.topics.models import Tag, TaggedTopic, Topic

__all__ = [
    "Attachment",
    "Board",
    "CommunityLink",
    "Decision",
    "Imported",
    "Page",
    "Post",
    "Reaction",
    "Revision",
    "Tag",
    "TaggedTopic",
    "Topic",
]
