"""What stands beside one topic: its tags, who took part lately, its networks and how they see it. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
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
from forums.text.lengths import excerpt
from forums.text.render import filled, stand_ins

MOST_NETWORKS = 24
MOST_VIEWS = 3  # of networks beside the text; the others behind a link
_LINE = 120  # characters of a view's first line, as a reader counts them


@dataclass(slots=True)
class VoiceRow(NetworkRef):
    """A network in a topic."""

    id: int
    slug: str
    posts: str  # how many speak from it, or '': a template asks of a number how it is written

    @property
    def quoted_slug(self) -> str:
        """As addresses hold it."""
        return quote(self.slug)


@dataclass(slots=True)
class VoiceBesideRow(VoiceRow):
    """The same beside the topic: how much it says there, and the beginning of its own view, where it has one."""

    told: str  # 3 posts, which costs less to say here than in a template
    line: str = ""
    signed: str = ""
    iso: str = ""
    when: str = ""

    def card(self, topic: int) -> SafeString:
        """Its line, printed by shape as posts are (decision 010)."""
        shape = _shape("_network_beside", get_language() or "", posts=bool(self.posts))
        return self._printed(shape, topic)

    def view_card(self, topic: int) -> SafeString:
        """How it sees the topic, in a few lines."""
        return self._printed(_shape("_view_beside", get_language() or ""), topic)

    def _printed(self, shape: str, topic: int) -> SafeString:
        return filled(shape, {"topic": topic, **{name: getattr(self, name) for name in _PRINTED}})


_PRINTED = (
    *("id", "name", "url", "colour", "emblem", "quoted_slug", "told"),
    *("line", "signed", "iso", "when"),
)


@lru_cache(maxsize=16)
def _shape(template: str, _language: str, *, posts: bool = False) -> str:
    context = {"topic": {"pk": "{topic}"}, "network": {**stand_ins(*_PRINTED), "posts": posts}}
    return render_to_string(f"voices/{template}.html", context)


@dataclass(frozen=True, slots=True)
class ViewsBeside:
    """How networks see a topic, beside its text: the first few views, as cards, and from whom none was heard."""

    cards: Sequence[SafeString]
    heard: Sequence[VoiceBesideRow]
    more: int  # views that stand behind a link only
    unheard: Sequence[VoiceBesideRow]


def views_beside(networks: Sequence[VoiceBesideRow], topic: Topic) -> ViewsBeside | None:
    """None where no network has a view: then they are listed as they came."""
    heard = [network for network in networks if network.line]
    if not heard:
        return None
    return ViewsBeside(
        cards=[network.view_card(topic.pk) for network in heard[:MOST_VIEWS]],
        heard=heard,
        more=max(0, len(heard) - MOST_VIEWS),
        unheard=[network for network in networks if not network.line],
    )


# The newest version is shown, unless it was taken back (empty) or closed: then there is none.
_AROUND = f"""
    (SELECT t.name, t.slug, NULL::bigint, NULL::uuid, NULL, NULL, NULL::integer, NULL::json
     FROM forums_taggedtopic g JOIN forums_tag t ON t.id = g.tag_id
     WHERE g.content_object_id = %(topic)s ORDER BY g.id)
    UNION ALL
    (SELECT m.display_name, m.handle, m.id, {PICTURE_SQL}, NULL, NULL, NULL, NULL
     FROM accounts_member m WHERE m.id = ANY(%(people)s))
    UNION ALL
    (SELECT n.name, n.slug, n.id, NULL, n.colour, n.emblem, v.post_count, w.said
     FROM forums_topicnetwork v JOIN forums_network n ON n.id = v.network_id
        LEFT JOIN LATERAL (
            SELECT CASE WHEN w.body <> '' AND w.closed_at IS NULL THEN
                json_build_array(left(w.body, {_LINE * 4}), m.display_name, w.created_at) END AS said
            FROM forums_view w JOIN accounts_member m ON m.id = w.author_id
            WHERE w.topic_id = v.topic_id AND w.network_id = v.network_id
            ORDER BY w.number DESC LIMIT 1
        ) w ON true
     WHERE v.topic_id = %(topic)s AND {NETWORK_SHOWN.sql}
        AND (v.post_count > 0 OR v.state = 'joined' OR w.said IS NOT NULL)
     ORDER BY v.first_at, v.id LIMIT {MOST_NETWORKS})
"""  # noqa: S608 - made of constants


def around(topic: Topic) -> tuple[list[TagRef], list[MemberRef], list[VoiceBesideRow]]:
    """A topic's tags; those who took part lately, the last first; its networks as they came: one query."""
    tags: list[TagRef] = []
    people: dict[int, MemberRef] = {}
    networks: list[VoiceBesideRow] = []
    for name, slug, pk, picture, colour, emblem, posts, view in select(
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
            if view:
                _set_view(row, *view)
            networks.append(row)
    return tags, [people[pk] for pk in topic.taking_part if pk in people], networks


def _set_view(row: VoiceBesideRow, body: str, signed: str, written: str) -> None:
    first, _end, rest = body.partition("\n")
    row.line = excerpt(first, _LINE)
    if rest and not row.line.endswith("…"):
        row.line += " …"
    at = datetime.fromisoformat(written)
    row.signed, row.iso = signed, at.isoformat(timespec="seconds")
    row.when = dates.ago(at, timezone.now())


def tag_names(topic_id: int) -> list[str]:
    """The names of a topic's tags, in the order they were given."""
    tags = TaggedTopic.objects.filter(content_object=topic_id).order_by("pk")
    return list(tags.values_list("tag__name", flat=True))
