"""What follows elsewhere: nobody writes hidden words back, a case may end with hiding some, who leaves takes hers along."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from forums.base.personal import Area, Basis, Leaves, holds
from forums.base.published import Published, on_published
from forums.discussions.posts.models import Post
from forums.discussions.posts.registry import Writing, on_text_taken
from forums.moderation.concealing.actions import conceal_passages, reveal_passages
from forums.moderation.concealing.choosing import lines_of, words_field
from forums.moderation.concealing.models import ConcealedPassage
from forums.moderation.concealing.refusing import refuse_hidden
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act, Decision
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import IT, CaseAnswer, general_answers
from forums.moderation.registry import undone_by
from forums.moderation.subjects import Subject
from forums.text.glance import as_read
from forums.text.render import render

if TYPE_CHECKING:
    from accounts.models import Member


@on_text_taken
def _stays_hidden(post: Post, writing: Writing) -> None:
    """Raise BadText where a text brings back what is hidden in its topic; also one that waits, or whose change leaves no
    version. The topic is locked: nothing is being hidden meanwhile."""
    if writing.topic is not None:
        typed = (writing.title, writing.body, writing.reason, *writing.tags)
        text = "\n".join((*typed, as_read(post.body_html)))
        refuse_hidden(writing.topic, writing.author, text, post=post.pk)


@on_published
def _nor_beside_it(looked: Published) -> None:
    """Raise BadText where what stands beside a topic (locked) says what is hidden in it: a view, a poll, a card."""
    if looked.topic is not None:
        text = "\n".join(looked.texts)
        refuse_hidden(looked.topic, looked.writer, f"{text}\n{as_read(render(text).html)}")


def _conceal(
    moderator: "Member", case: Case, grounds: Grounds, more: Mapping[str, Any]
) -> Decision | None:
    post = _post_of(case)
    passages = lines_of(more.get("words") or "") or None
    return conceal_passages(post=post, moderator=moderator, reason=grounds, passages=passages)


def _post_of(case: Case) -> Post:
    if case.subject == "topic":
        return Post.objects.get(topic_id=int(case.key), number=0, reply_number=0)
    return Post.objects.get(pk=int(case.key))


@general_answers
def _hide_a_passage(_case: Case, subject: Subject | None) -> list[CaseAnswer]:
    if subject is None or subject.kind not in ("post", "topic"):
        return []
    return [
        CaseAnswer(
            "conceal",
            gettext_lazy("Hide a passage"),
            _conceal,
            asks={"words": words_field},
            place=18,  # milder than hiding all of it
            head=IT,
        )
    ]


def _reveal(decision: Decision, moderator: "Member", grounds: Grounds) -> Decision | None:
    """What this decision hid, and nothing else: of a text and its quotes, or of one quote."""
    if decision.post_id is not None:
        post = Post.objects.filter(pk=decision.post_id).first()
    else:
        post = Post.objects.filter(topic=decision.topic_id, number=0, reply_number=0).first()
    if post is None:
        return None
    return reveal_passages(post=post, moderator=moderator, reason=grounds, only=decision)


undone_by(Act.CONCEAL, "post", _reveal)
undone_by(Act.CONCEAL, "topic", _reveal)


holds(
    ConcealedPassage,
    "post__author",
    "source__author",  # where others quoted her, the words are hers as well
    what=gettext_lazy("Words of yours that are hidden in a text"),
    area=Area.WRITTEN,
    leaves=Leaves.DELETED,
    basis=Basis.INTEREST,
)
