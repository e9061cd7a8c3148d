"""Words that are hidden in a topic are hidden in its replies too, in those that wait as well; and shown again with them."""

from collections.abc import Mapping, Sequence

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.clarifications.models import Clarification
from forums.moderation.concealing.covering import replaced, spelled_in
from forums.moderation.concealing.models import ConcealedPassage
from forums.moderation.models import Decision
from forums.notifications.telling import tell
from forums.pictures.bodies import rendered
from forums.text.render import RENDERER_VERSION

COVERED = "clarify_covered"  # of what she whose reply it is is told
MOST = 200  # replies of a topic


def cover(topic: Topic, source: Post, words: Sequence[str], decision: Decision) -> None:
    """Put marks in the place of these words; each writer is told. Called by the action that hides them."""
    for each in _locked(topic):
        made = ConcealedPassage.objects.bulk_create(
            ConcealedPassage(
                source=source,
                post=source,
                clarification=each,
                decision=decision,
                words=there,
                created_at=decision.created_at,
            )
            for there in spelled_in([each.body], words)
        )
        if made:
            _put(each, {passage.words: passage.mark for passage in made})
            tell(
                COVERED,
                key=f"{COVERED}-{each.pk}-{decision.pk}",
                members=[each.member_id],
                data={"clarification": each.pk},
            )


def uncover(topic: Topic, rows: Sequence[ConcealedPassage]) -> None:
    """Put the words back where their marks stand. Called by the action that shows them again."""
    hidden: dict[int, dict[str, str]] = {}
    for row in rows:
        if row.clarification_id is not None:
            hidden.setdefault(row.clarification_id, {})[row.mark] = row.words
    for each in _locked(topic) if hidden else ():
        if each.pk in hidden:
            _put(each, hidden[each.pk])


def _locked(topic: Topic) -> list[Clarification]:
    there = Clarification.objects.select_for_update(of=("self",)).filter(topic=topic)
    return list(there.order_by("-pk")[:MOST])


def _put(clarification: Clarification, instead: Mapping[str, str]) -> None:
    body = replaced(clarification.body, instead)
    html = rendered(body, reader=None).html
    Clarification.objects.filter(pk=clarification.pk).update(
        body=body, body_html=html, renderer_version=RENDERER_VERSION
    )
