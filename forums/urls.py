"""Wiring only: each noun's addresses, in one list."""

from importlib import import_module

# In this order, because of a slug that may be any word: what is listed first, wins.
NOUNS = (
    "notifications.inbox", "notifications.push", "notifications.preferences", "pictures", "sharing", "tags",
    "groups.directory", "groups.profiles", "groups.memberships", "groups.invitations",
    "groups.rosters",
    "groups.organisations", "groups.affiliations", "groups.contacts", "groups.links",
    "groups.staff_requests",
    "discussions.posts", "discussions.citing", "discussions.openings", "discussions.voices", "discussions.boards",
    "discussions.announcements",
    "discussions.topics", "reading.following", "reading.marks", "reading.bookmarks", "reading.drafts",
    "reading.messages",
    "activities.hosting", "activities.calendars", "activities", "activities.attendance",
    "ledger", "ledger.sheets",
    "search.results", "search.suggestions", "search.related",
    "moderation", "moderation.rules", "moderation.trust", "moderation.watched",
    "moderation.sanctions", "moderation.reports",
    "moderation.holding", "moderation.appeals", "moderation.log", "moderation.takedown",
    "moderation.lost_devices", "moderation.desks", "moderation.cases", "moderation.notes",
    "moderation.sweeping", "moderation.versions", "moderation.passages", "moderation.clarifications",
    "privacy.agreements", "privacy.copies", "privacy.leaving", "privacy.overview",
    "pages",
    "front.home", "front.welcome", "front.my_networks", "front.networks", "front.members", "front.sitemaps",
    "front.topic",
)  # fmt: skip

urlpatterns = [
    pattern for noun in NOUNS for pattern in import_module(f"forums.{noun}.urls").urlpatterns
]
