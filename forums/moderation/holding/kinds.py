"""What is asked of every text; the case of one that waits, and what may be decided on it; what is forgotten."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from accounts.silence import stays_open
from forums.base.personal import Area, Basis, Leaves, Parting, Until, holds
from forums.discussions.posts.models import Post
from forums.discussions.posts.registry import on_text_taken, on_text_weighed
from forums.moderation.grounds import Grounds
from forums.moderation.holding import actions
from forums.moderation.holding.looking import weigh
from forums.moderation.holding.models import HeldText, NewcomersHost
from forums.moderation.models import Decision
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import (
    Because,
    CaseAnswer,
    Section,
    case_kind,
)
from forums.moderation.subjects import Subject
from forums.notifications.registry import scheduled

stays_open("held", "held_topic")  # what is hers alone so far, she takes back

on_text_weighed(weigh)
on_text_taken(actions.take_in)


def post_of(case: Case) -> Post:
    """The post that waits: of a topic, its own text."""
    posts = Post.objects.select_related("topic")
    if case.subject == "topic":
        return posts.get(topic=int(case.key), number=0, reply_number=0)
    return posts.get(pk=int(case.key))


def _admit(
    moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]
) -> Decision | None:
    fine = grounds if grounds.strip() else Grounds(_("Looked at, and nothing is amiss."))
    return actions.admit(moderator=moderator, post=post_of(case), reason=fine, case=case)


def _keep_back(
    moderator: Member, case: Case, grounds: Grounds, _more: Mapping[str, Any]
) -> Decision | None:
    return actions.keep_back(moderator=moderator, post=post_of(case), reason=grounds, case=case)


def _answers(_case: Case, _subject: Subject | None) -> Sequence[CaseAnswer]:
    return [
        CaseAnswer("admit", gettext_lazy("Let it through"), _admit, says_why=False, place=10),
        CaseAnswer(
            "keep_back",
            gettext_lazy("Keep it back"),
            _keep_back,
            refused=True,
            grave=True,
            place=20,
        ),
    ]


def _because(cases: Sequence[Case]) -> Mapping[int, Because]:
    """Why each waits, in one query."""
    topics = [int(case.key) for case in cases if case.subject == "topic"]
    posts = [int(case.key) for case in cases if case.subject == "post"]
    waiting = HeldText.objects.filter(Q(post__in=posts) | Q(post__topic__in=topics, post__number=0))
    rows = {}
    for held in waiting.select_related("post").defer("post__body", "post__body_html"):
        named = ("post", held.pk) if held.post.number else ("topic", held.post.topic_id)
        rows[named[0], str(named[1])] = held
    return {
        case.pk: Because(found.reasons[0], " · ".join([*found.reasons[1:], *found.met]))
        for case in cases
        if (found := rows.get((case.subject, case.key))) is not None
    }


def _shown(case: Case) -> Sequence[Section]:
    """All the reasons, and what in the text met something."""
    held = HeldText.objects.filter(post=post_of(case)).first()
    if held is None:
        return []
    lines = [("", reason) for reason in held.reasons]
    lines += [(_("in the text"), each) for each in held.met]
    return [Section(_("Why it waits"), lines)]


case_kind(
    actions.HELD,
    gettext_lazy("text that waits"),
    answers=_answers,
    because=_because,
    shown=_shown,
)


@scheduled("hosts of newcomers")
def forget(now: datetime) -> None:
    """What newcomers linked to some days ago is forgotten."""
    actions.forget_hosts(now)


holds(
    NewcomersHost,
    "member",
    what=gettext_lazy("To which pages elsewhere you linked in your first days, for two days"),
    area=Area.ORDER,
    leaves=Leaves.DELETED,
    basis=Basis.INTEREST,
    copied=False,
)


def _leave(parting: Parting) -> int | None:
    there_was = actions.forget_met(member=parting.member, size=parting.size)
    return parting.after if there_was else None


holds(
    HeldText,
    "post__author",
    what=gettext_lazy("Why a text of yours waited for a moderator, and what in it was the cause"),
    area=Area.ORDER,
    leaves=Leaves.NAMELESS,
    basis=Basis.INTEREST,
    until=Until.ORDERLY.label,
    eraser=_leave,
)
