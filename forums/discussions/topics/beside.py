"""What stands beside one topic: its tags, who took part lately, its networks. Reads only."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext

from accounts.references import PICTURE_SQL, MemberRef
from forums.base.constant_sql import select
from forums.discussions.topics.models import Topic
from forums.groups.networks.models import NETWORK_SHOWN, network_url
from forums.groups.networks.references import NetworkRef
from forums.tags.models import TaggedTopic
from forums.tags.references import TagRef
from forums.text.render import filled, stand_ins

MOST_NETWORKS = 24


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
    """The same beside the topic, where its own view is linked."""

    told: str  # 3 posts, which costs less to say here than in a template
    has_view: bool

    def card(self, topic: int) -> SafeString:
        """Its line, printed by shape as posts are (decision 010)."""
        values = {name: getattr(self, name) for name in _PRINTED}
        shape = _line(get_language() or "", posts=bool(self.posts), has_view=self.has_view)
        return filled(shape, {"topic": topic, **values})


_PRINTED = ("id", "name", "url", "colour", "emblem", "quoted_slug", "told")


@lru_cache(maxsize=16)
def _line(_language: str, *, posts: bool, has_view: bool) -> str:
    network = {**stand_ins(*_PRINTED), "posts": posts, "has_view": has_view}
    context = {"topic": {"pk": "{topic}"}, "network": network}
    return render_to_string("voices/_network_beside.html", context)


_AROUND = f"""
    (SELECT t.name, t.slug, NULL::bigint, NULL::uuid, NULL, NULL, NULL::integer, NULL::boolean
     FROM forums_taggedtopic g JOIN forums_tag t ON t.id = g.tag_id
     WHERE g.content_object_id = %(topic)s ORDER BY g.id)
    UNION ALL
    (SELECT m.display_name, m.handle, m.id, {PICTURE_SQL}, NULL, NULL, NULL, NULL
     FROM accounts_member m WHERE m.id = ANY(%(people)s))
    UNION ALL
    (SELECT n.name, n.slug, n.id, NULL, n.colour, n.emblem, v.post_count,
        EXISTS (SELECT FROM forums_view w WHERE w.topic_id = v.topic_id AND w.network_id = n.id)
     FROM forums_topicnetwork v JOIN forums_network n ON n.id = v.network_id
     WHERE v.topic_id = %(topic)s AND {NETWORK_SHOWN.sql} AND (v.post_count > 0 OR v.state = 'joined')
     ORDER BY v.first_at, v.id LIMIT {MOST_NETWORKS})
"""  # noqa: S608 - made of constants


def around(topic: Topic) -> tuple[list[TagRef], list[MemberRef], list[VoiceBesideRow]]:
    """A topic's tags; those who took part lately, the last first; its networks as they came: one query."""
    tags: list[TagRef] = []
    people: dict[int, MemberRef] = {}
    networks: list[VoiceBesideRow] = []
    for name, slug, pk, picture, colour, emblem, posts, has_view in select(
        _AROUND, topic=topic.pk, people=topic.taking_part
    ):
        if pk is None:
            tags.append(TagRef.of(name, slug))
        elif colour is None:
            people[pk] = MemberRef.of(name, slug, picture)
        else:
            told = ngettext("%(n)s post", "%(n)s posts", posts) % {"n": posts}
            networks.append(
                VoiceBesideRow(
                    name, network_url(slug), colour, emblem, pk, slug,
                    str(posts or ""), told, has_view,
                )
            )  # fmt: skip
    return tags, [people[pk] for pk in topic.taking_part if pk in people], networks


def tag_names(topic_id: int) -> list[str]:
    """The names of a topic's tags, in the order they were given."""
    tags = TaggedTopic.objects.filter(content_object=topic_id).order_by("pk")
    return list(tags.values_list("tag__name", flat=True))
