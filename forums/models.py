"""Wiring only: gathers each noun's tables for Django. Nothing imports this module."""

from forums.activities.models import (
    Activity,
    ActivityHost,
    ActivityTopic,
    Attendance,
    CalendarKey,
)
from forums.boards.models import Board
from forums.imports.models import Imported
from forums.ledger.models import Line, LineChange, LineImport
from forums.memberships.models import Invitation, InvitationUse, JoinRequest, Membership
from forums.moderation.models import Decision
from forums.networks.models import (
    Contact,
    Happening,
    Network,
    NetworkAddress,
    NetworkLink,
    Office,
    Plea,
    TaggedNetwork,
    Tie,
)
from forums.notifications.models import Letter
from forums.organisations.models import NetworkOrganisation, Organisation, Representative
from forums.pages.models import CommunityLink, Page
from forums.posts.models import Attachment, Post, Reaction, Revision
from forums.search.models import SearchEntry, SearchWord
from forums.topics.models import Tag, TaggedTopic, Topic
from forums.voices.models import Standpoint, TopicNetwork, View

__all__ = [
    "Activity",
    "ActivityHost",
    "ActivityTopic",
    "Attachment",
    "Attendance",
    "Board",
    "CalendarKey",
    "CommunityLink",
    "Contact",
    "Decision",
    "Happening",
    "Imported",
    "Invitation",
    "InvitationUse",
    "JoinRequest",
    "Letter",
    "Line",
    "LineChange",
    "LineImport",
    "Membership",
    "Network",
    "NetworkAddress",
    "NetworkLink",
    "NetworkOrganisation",
    "Office",
    "Organisation",
    "Page",
    "Plea",
    "Post",
    "Reaction",
    "Representative",
    "Revision",
    "SearchEntry",
    "SearchWord",
    "Standpoint",
    "Tag",
    "TaggedNetwork",
    "TaggedTopic",
    "Tie",
    "Topic",
    "TopicNetwork",
    "View",
]
