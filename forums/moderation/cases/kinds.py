"""What may be decided about any thing of a kind: nothing is wrong with it, not worth an answer, and the desks' acts."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Model
from django.forms import Field, Form
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.base.errors import BadText
from forums.moderation.cases.actions import hide_for_good
from forums.moderation.desks.acts import (
    ACTIVITY_ACTS,
    MEMBER_ACTS,
    NETWORK_ACTS,
    ORGANISATION_ACTS,
    POST_ACTS,
    TOPIC_ACTS,
    ModerationAct,
)
from forums.moderation.desks.withdrawals import PART_ACTS
from forums.moderation.models import TRAITS, Act
from forums.moderation.permissions import can_moderate, can_suspend
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import (
    IT,
    ITS_AUTHOR,
    ITS_TOPIC,
    CaseAnswer,
    general_answers,
)
from forums.moderation.subjects import Subject

if TYPE_CHECKING:
    from accounts.models import Member
    from forums.moderation.grounds import Grounds
    from forums.moderation.models import Decision

# What each desk does; those of a network's moderators are those of its boards.
OFFERS: Mapping[str, Sequence[ModerationAct]] = {
    "post": POST_ACTS,
    "topic": TOPIC_ACTS,
    "member": MEMBER_ACTS,
    "network": NETWORK_ACTS,
    "activity": ACTIVITY_ACTS,
    "organisation": ORGANISATION_ACTS,
    **PART_ACTS,
}
IN_BOARDS = ("post", "topic", "picture", "poll", "statement", "meaning")
# What hides itself under the weight of its reports, and the act by which a moderator does so for good.
_HIDING = {"post": Act.HIDE, "topic": Act.HIDE, "poll": Act.WITHDRAW}
_ASKED = ("reason", "rule")  # by the case's own form
# The acts that answer a complaint, the mildest first; the others stand on the thing's desk.
ANSWERING = (
    "end", "slow", "close_at", "lock", "move", "split", "join", "unlist", "archive", "conceal",
    "withdraw", "hide", "delete", "warn", "silence", "empty", "suspend", "ban",
)  # fmt: skip
# Of its topic, what answers a complaint about a comment.
_AROUND_A_COMMENT = ("slow", "close_at", "lock", "split")


def _nothing(
    _moderator: "Member", _case: Case, _grounds: "Grounds", _more: Mapping[str, Any]
) -> None:
    """What stands, stands."""


KEEP = CaseAnswer(
    "keep", _("Nothing is wrong with it"), _nothing, refused=True, says_why=False, place=0
)
IGNORE = CaseAnswer(
    "ignore",
    _("Not worth an answer; it counts against nobody"),
    _nothing,
    refused=True,
    says_why=False,
    place=1,
)


@general_answers
def _left_alone(case: Case, subject: Subject | None) -> Sequence[CaseAnswer]:
    return KEEP, IGNORE


@general_answers
def _acts(case: Case, subject: Subject | None) -> Sequence[CaseAnswer]:
    """What the thing's desk offers and answers a complaint."""
    if subject is None:
        return ()
    kind, thing = subject.kind, subject.thing
    return [_answer(offer, kind, thing, place=10) for offer in _fitting(kind, thing)]


@general_answers
def _of_its_topic(case: Case, subject: Subject | None) -> Sequence[CaseAnswer]:
    """What stops a quarrel rather than one comment of it; what is split off begins with this one."""
    if subject is None or subject.kind != "post":
        return ()
    topic, label = subject.thing.topic, subject.thing.label
    return [
        _answer(offer, "topic", topic, place=40, head=ITS_TOPIC, prefix="topic_", numbers=label)
        for offer in _fitting("topic", topic)
        if offer.act in _AROUND_A_COMMENT
    ]


@general_answers
def _of_its_author(case: Case, subject: Subject | None) -> Sequence[CaseAnswer]:
    """What may be decided about whoever wrote it, by the site's moderators: its text stays as it is."""
    if subject is None or subject.kind == "member" or case.about is None:
        return ()
    return [
        _answer(offer, "member", case.about, place=70, head=ITS_AUTHOR, prefix="author_")
        for offer in _fitting("member", case.about)
    ]


def _fitting(kind: str, thing: Any) -> Iterator[ModerationAct]:
    """Those that the thing as it stands lets one do; hiding also what a rule hid."""
    for offer in OFFERS.get(kind, ()):
        if offer.act not in ANSWERING:
            continue
        again = _HIDING.get(kind) == offer.act and thing.hidden_at is not None
        if again or offer.applies(thing):
            yield offer


def _answer(
    offer: ModerationAct,
    kind: str,
    thing: Any,
    *,
    place: int,
    head: Promise | str = IT,
    prefix: str = "",
    **initial: str,
) -> CaseAnswer:
    """The answer that runs a desk's act on this thing."""

    def act(
        moderator: "Member", _case: Case, grounds: "Grounds", more: Mapping[str, Any]
    ) -> "Decision | None":
        if offer.act == Act.HIDE and kind in IN_BOARDS:
            return hide_for_good(moderator=moderator, thing=thing, reason=grounds)
        return _run(offer, moderator, grounds, more, {kind: thing})

    def may(member: Any, _case: Case) -> bool:
        if kind == "member" and not (can_moderate(member) and can_suspend(member, thing)):
            return False
        return (kind in IN_BOARDS and offer.by_networks) or offer.allowed(member)

    return CaseAnswer(
        f"{prefix}{offer.act}",
        offer.offer or offer.act.label,
        act,
        grave=TRAITS[offer.act].is_grave,
        asks=_asks(offer, initial),
        may=may,
        proof=offer.asks_for_proof,
        place=place + ANSWERING.index(offer.act.value),
        head=head,
    )


def _own(offer: ModerationAct) -> dict[str, Field]:
    """What the act asks beside the reason and its rule."""
    return {name: field for name, field in offer.form.base_fields.items() if name not in _ASKED}


def _asks(offer: ModerationAct, initial: Mapping[str, str]) -> dict[str, Callable[[], Field]]:
    """The same under names of its own: two acts may ask for a day."""
    return {
        f"{offer.act}_{name}": partial(_copied, field, initial.get(name))
        for name, field in _own(offer).items()
    }


# By its class a form's texts are known to whoever gives back what was cut off (`roypalang.given_back`).
AllThatIsAsked = type(
    "AllThatIsAsked",
    (Form,),
    {
        "__module__": __name__,
        **{
            f"{offer.act}_{name}": deepcopy(field)
            for offers in OFFERS.values()
            for offer in offers
            for name, field in _own(offer).items()
        },
    },
)


def _copied(field: Field, initial: str | None) -> Field:
    copy = deepcopy(field)
    if initial is not None:
        copy.initial = initial
    return copy


def _run(
    offer: ModerationAct,
    moderator: "Member",
    grounds: "Grounds",
    more: Mapping[str, Any],
    target: Mapping[str, Any],
) -> "Decision | None":
    """Run the act with what its own form makes of what was typed. Raises BadText for what that refuses."""
    typed = {name.removeprefix(f"{offer.act}_"): value for name, value in more.items()}
    given = {
        name: str(value.pk if isinstance(value, Model) else value)
        for name, value in typed.items()
        if value not in (None, False, "")
    }
    form = offer.form({**given, "reason": str(grounds)}, moderator=moderator)
    if not form.is_valid():
        raise BadText(str(next(iter(form.errors.values()))[0]))
    made: Any = offer.run(moderator=moderator, **{**form.cleaned_data, **target, "reason": grounds})
    return made
