"""What stands beside one topic: its tags, who took part lately, its networks and how they see it. Reads only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from accounts.references import PICTURE_SQL, MemberRef
from forums.base.constant_sql import select
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import NETWORK_SHOWN, network_url
from forums.groups.networks.references import NetworkRef
from forums.tags.models import TaggedTopic
from forums.tags.references import TagRef
from forums.text import dates
from forums.text.lengths import ELLIPSIS, excerpt
from forums.text.render import filled, stand_ins, trusted

MOST_NETWORKS = 24
MOST_VIEWS = 3  # of networks beside the text; the others behind a link
_BEADS = 6  # of those that have one, on the row that opens
_LINE = 120  # characters of a view's first line


@dataclass(slots=True)
class VoiceRow(NetworkRef):
    """A network in a topic."""

    id: int
    slug: str
    posts: str  # how many speak from it, or '': a template asks of a number how it is written

    @property
    def quoted_slug(self) -> str:
        """As addresses hold it."""
        return _quoted(self.slug)


_quoted = lru_cache(maxsize=4096)(quote)  # Thai letters are quoted byte by byte


@dataclass(slots=True)
class VoiceBesideRow(VoiceRow):
    """The same beside the topic: how much it says there, and the beginning of its own view, where it has one."""

    told: str  # 3 posts, which costs less to say here than in a template
    line: str = ""
    signed: str = ""
    iso: str = ""
    when: str = ""

    def printed(self, template: str, topic: int) -> SafeString:
        """By shape, as posts are (decision 010): `_network_beside`, `_view_beside` or `_unheard_beside`."""
        shape = _shape(template, get_language() or "", posts=bool(self.posts))
        return filled(shape, {"topic": topic, **{name: getattr(self, name) for name in _PRINTED}})


_PRINTED = (
    *("id", "name", "url", "colour", "emblem", "quoted_slug", "told"),
    *("line", "signed", "iso", "when"),
)


@lru_cache(maxsize=16)
def _shape(template: str, _language: str, *, posts: bool) -> str:
    context = {"topic": {"pk": "{topic}"}, "network": {**stand_ins(*_PRINTED), "posts": posts}}
    return render_to_string(f"voices/{template}.html", context)


def cards_beside(networks: Iterable[VoiceBesideRow], topic: Topic) -> list[SafeString]:
    """Each network with how much it says."""
    return [network.printed("_network_beside", topic.pk) for network in networks]


@dataclass(frozen=True, slots=True)
class ViewsBeside:
    """How networks see a topic, beside its text: the first few views, and from whom none was heard. `margin` stands
    on a wide page, `row` on a phone; a page holds both, so each is printed from a shape."""

    heard: Sequence[VoiceBesideRow]
    unheard: Sequence[VoiceBesideRow]
    margin: SafeString
    row: SafeString


def views_beside(networks: Sequence[VoiceBesideRow], topic: Topic) -> ViewsBeside | None:
    """None where no network has a view: then they are listed as they came."""
    heard = [network for network in networks if network.line]
    if not heard:
        return None
    unheard = [network for network in networks if not network.line]
    values = {
        "topic": topic.pk,
        "cards": _joined("_view_beside", heard[:MOST_VIEWS], topic),
        "apart": _joined("_unheard_beside", unheard, topic),
        **{f"colour{n}": network.colour for n, network in enumerate(heard[:_BEADS])},
    }
    margin, row = (
        filled(_frame(template, get_language() or "", len(heard), len(unheard)), values)
        for template in ("_views_margin", "_views_row")
    )
    return ViewsBeside(heard, unheard, margin, row)


def _joined(template: str, networks: Iterable[VoiceBesideRow], topic: Topic) -> SafeString:
    return trusted("".join(network.printed(template, topic.pk) for network in networks))


@lru_cache(maxsize=256)
def _frame(template: str, _language: str, heard: int, unheard: int) -> str:
    views = {
        **stand_ins("cards", "apart"),
        "heard": heard,
        "unheard": unheard,
        "more": max(0, heard - MOST_VIEWS),
        "colours": [f"{{colour{n}}}" for n in range(min(heard, _BEADS))],
    }
    return render_to_string(f"voices/{template}.html", {"topic": {"pk": "{topic}"}, "views": views})


# The newest version is shown, unless it was taken back (empty) or closed: then there is none.
_AROUND = f"""
    (SELECT t.name, t.slug, NULL::bigint, NULL::uuid, NULL, NULL, NULL::integer, NULL, NULL, NULL::timestamptz
     FROM forums_taggedtopic g JOIN forums_tag t ON t.id = g.tag_id
     WHERE g.content_object_id = %(topic)s ORDER BY g.id)
    UNION ALL
    (SELECT m.display_name, m.handle, m.id, {PICTURE_SQL}, NULL, NULL, NULL, NULL, NULL, NULL
     FROM accounts_member m WHERE m.id = ANY(%(people)s))
    UNION ALL
    (SELECT n.name, n.slug, n.id, NULL, n.colour, n.emblem, v.post_count, w.body, w.signed, w.written
     FROM forums_topicnetwork v JOIN forums_network n ON n.id = v.network_id
        LEFT JOIN LATERAL (
            SELECT left(w.body, {_LINE * 4}) AS body, m.display_name AS signed, w.created_at AS written
            FROM (
                SELECT body, author_id, created_at, closed_at FROM forums_view
                WHERE topic_id = v.topic_id AND network_id = v.network_id ORDER BY number DESC LIMIT 1
            ) w JOIN accounts_member m ON m.id = w.author_id
            WHERE w.body <> '' AND w.closed_at IS NULL
        ) w ON true
     WHERE v.topic_id = %(topic)s AND {NETWORK_SHOWN.sql}
        AND (v.post_count > 0 OR v.state = 'joined' OR w.body IS NOT NULL)
     ORDER BY v.first_at, v.id LIMIT {MOST_NETWORKS})
"""  # noqa: S608 - made of constants


def around(topic: Topic) -> tuple[list[TagRef], list[MemberRef], list[VoiceBesideRow]]:
    """A topic's tags; those who took part lately, the last first; its networks as they came: one query."""
    tags: list[TagRef] = []
    people: dict[int, MemberRef] = {}
    networks: list[VoiceBesideRow] = []
    now = timezone.now()
    for name, slug, pk, picture, colour, emblem, posts, *view in select(
        _AROUND, topic=topic.pk, people=topic.taking_part
    ):
        if pk is None:
            tags.append(TagRef.of(name, slug))
        elif colour is None:
            people[pk] = MemberRef.of(name, slug, picture)
        else:
            told = ngettext("%(n)s post", "%(n)s posts", posts) % {"n": posts}
            row = VoiceBesideRow(
                name, network_url(slug), colour, emblem, pk, slug, str(posts or ""), told
            )
            if view[0] is not None:
                _set_view(row, now, *view)
            networks.append(row)
    return tags, [people[pk] for pk in topic.taking_part if pk in people], networks


def _set_view(row: VoiceBesideRow, now: datetime, body: str, signed: str, at: datetime) -> None:
    first, _end, rest = body.partition("\n")
    row.line = _beginning(" ".join(first.split()))
    if rest and not row.line.endswith("…"):
        row.line += " …"
    row.signed, row.iso = signed, at.isoformat(timespec="seconds")
    row.when = dates.ago(at, now)


def _beginning(line: str) -> str:
    """Thai has its spaces between phrases: a line ends at one of them, which costs next to nothing; else at a word."""
    if len(line) <= _LINE:
        return line
    kept = line[: _LINE + 1].rpartition(" ")[0]
    return kept + ELLIPSIS if len(kept) > _LINE // 2 else excerpt(line, _LINE)


class _CrumbsShape(NamedTuple):
    """What decides which of the places above a topic are named."""

    language: str
    network: bool
    parent: bool


def crumbs(topic: Topic) -> SafeString:
    """Where it stands, by shape."""
    board = topic.board
    network, parent = board.network, board.parent
    values: dict[str, object] = {
        "board": board.name,
        "board_url": board.get_absolute_url(),
        "icon": topic.icon,
        "kind": topic.get_kind_display(),
    }
    if network:
        values |= {"network": network.name, "network_url": network.get_absolute_url()}
    if parent:
        values |= {"parent": parent.name, "parent_url": parent.get_absolute_url()}
    shape = _CrumbsShape(get_language() or "", network is not None, parent is not None)
    return filled(_crumbs(shape), values)


@lru_cache(maxsize=16)
def _crumbs(shape: _CrumbsShape) -> str:
    def place(name: str) -> dict[str, str]:
        return {"name": f"{{{name}}}", "get_absolute_url": f"{{{name}_url}}"}

    board: dict[str, object] = place("board") | {
        "network_id": shape.network,
        "network": place("network"),
        "parent": place("parent") if shape.parent else None,
    }
    topic = {"icon": "{icon}", "get_kind_display": "{kind}"}
    return render_to_string("topics/_crumbs.html", {"board": board, "topic": topic})


def people_beside(people: Iterable[MemberRef]) -> list[SafeString]:
    """Each by shape."""
    return [
        filled(
            _person_shape(drawn=person.picture_url != ""),
            {"name": person.name, "url": person.url, "picture": person.picture_url},
        )
        for person in people
    ]


@lru_cache(maxsize=2)
def _person_shape(*, drawn: bool) -> str:
    person = stand_ins("name", "url") | {"picture_url": "{picture}" if drawn else ""}
    return render_to_string("topics/_person_beside.html", {"person": person})


def tag_names(topic_id: int) -> list[str]:
    """The names of a topic's tags, in the order they were given."""
    tags = TaggedTopic.objects.filter(content_object=topic_id).order_by("pk")
    return list(tags.values_list("tag__name", flat=True))
