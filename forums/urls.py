"""Wiring only: each noun's addresses, gathered by their first word."""

from collections.abc import Iterable, Iterator
from importlib import import_module

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern

# In this order, because of a slug that may be any word: what is listed first, wins.
NOUNS = (
    "notifications.inbox", "notifications.push", "notifications.preferences", "pictures", "sharing", "tags",
    "groups.directory", "groups.profiles", "groups.memberships", "groups.invitations",
    "groups.rosters",
    "groups.organisations", "groups.affiliations", "groups.contacts", "groups.links",
    "groups.staff_requests",
    "discussions.posts", "discussions.citing", "discussions.openings", "discussions.voices", "discussions.boards",
    "discussions.announcements", "discussions.polls",
    "knowledge.restatements", "knowledge.portrayals", "knowledge.differences", "knowledge.glossary", "knowledge.results",
    "discussions.topics", "reading.following", "reading.marks", "reading.bookmarks", "reading.drafts",
    "reading.messages", "knowledge.statements",
    "knowledge.voting", "knowledge.reasons", "knowledge.guesses",
    "activities.hosting", "activities.calendars", "activities", "activities.attendance",
    "knowledge.common_ground",
    "ledger", "ledger.sheets",
    "search.results", "search.suggestions", "search.related",
    "moderation", "moderation.rules", "moderation.trust", "moderation.watched",
    "moderation.sanctions", "moderation.reports",
    "moderation.holding", "moderation.appeals", "moderation.log", "moderation.takedown",
    "moderation.lost_devices", "moderation.desks", "moderation.cases", "moderation.notes",
    "moderation.sweeping", "moderation.withdrawing", "moderation.versions", "moderation.passages", "moderation.clarifications",
    "privacy.agreements", "privacy.copies", "privacy.leaving", "privacy.overview",
    "pages",
    "front.home", "front.welcome", "front.my_networks", "front.networks", "front.members", "front.sitemaps",
    "front.topic",
)  # fmt: skip


def gathered(patterns: Iterable[URLPattern]) -> Iterator[URLPattern | URLResolver]:
    """The same addresses, those of one first word together, in their order: what is asked for is compared with
    those of its own word, not with hundreds."""
    groups: dict[str, list[URLPattern]] = {}
    for each in patterns:
        word, slash, rest = str(each.pattern).partition("/")
        if not slash or "<" in word:
            yield each
            continue
        route = RoutePattern(rest, name=each.name, is_endpoint=True)
        group = groups.setdefault(f"{word}/", [])
        group.append(URLPattern(route, each.callback, each.default_args, each.name))
    for word, group in groups.items():
        yield path(word, include(group))


urlpatterns = list(
    gathered(
        pattern for noun in NOUNS for pattern in import_module(f"forums.{noun}.urls").urlpatterns
    )
)
