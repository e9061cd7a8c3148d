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
    "vitals",
    "pages",
    "front.home", "front.welcome", "front.my_networks", "front.networks", "front.members", "front.sitemaps",
    "front.topic",
)  # fmt: skip
ASKED_MOST = {"", "t/", "n/", "b/"}  # compared first: home, a topic, a network, a board


def gathered(patterns: Iterable[URLPattern]) -> Iterator[URLPattern | URLResolver]:
    """The same addresses, those that begin with the same word together, and so on from word to word: what is asked
    for is compared with a word once, not with the hundreds of addresses behind it. A word that stands there as it is
    wins before one that may be any."""
    groups: dict[str, list[URLPattern]] = {}
    for each in patterns:
        word, slash, _rest = str(each.pattern).partition("/")
        groups.setdefault(word + slash, []).append(each)
    for word, group in sorted(groups.items(), key=lambda item: "<" in item[0]):
        if len(group) == 1 or not word:
            yield from group
        else:
            yield path(word, include(list(gathered(_behind(word, group)))))


def _behind(word: str, group: Iterable[URLPattern]) -> Iterator[URLPattern]:
    for each in group:
        rest = str(each.pattern).removeprefix(word)
        route = RoutePattern(rest, name=each.name, is_endpoint=True)
        yield URLPattern(route, each.callback, each.default_args, each.name)


urlpatterns = sorted(
    gathered(
        pattern for noun in NOUNS for pattern in import_module(f"forums.{noun}.urls").urlpatterns
    ),
    key=lambda each: str(each.pattern) not in ASKED_MOST,
)
