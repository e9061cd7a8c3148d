"""What hides itself under the weight of its reports, and comes back when a moderator found it in order."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from forums.discussions.polls.models import Poll
from forums.moderation import actions as moderation
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act, Decision, hid_itself
from forums.moderation.reports.models import ProblemReport, SelfHiding
from forums.moderation.reports.things import whole_of
from forums.moderation.reports.weight import from_two_sides
from forums.moderation.subjects import Subject

if TYPE_CHECKING:
    from forums.moderation.queue.models import Case

type Hide = Callable[..., Decision | None]


class SelfHidden(NamedTuple):
    """How a kind of things is hidden and shown again; and whether one was hidden by a rule, nobody having decided since."""

    hide: Hide
    unhide: Hide
    by_rule: Callable[[Any], bool]


_HIDES: dict[str, SelfHidden] = {}


def hides_itself(kind: str, hide: Hide, unhide: Hide, by_rule: Callable[[Any], bool]) -> None:
    """Register a kind of things that hides itself. Networks, members, lines of a ledger and messages never do: a moderator
    decides about them."""
    _HIDES[kind] = SelfHidden(hide, unhide, by_rule)


hides_itself("post", moderation.hide_post, moderation.unhide_post, hid_itself)
hides_itself("topic", moderation.hide_topic, moderation.unhide_topic, hid_itself)
hides_itself("activity", moderation.hide_activity, moderation.unhide_activity, hid_itself)

_WHY_HIDDEN = gettext_lazy(
    "Several people from different networks reported it. It is hidden until a moderator has looked at it."
)
_WHY_BACK = gettext_lazy("A moderator has looked at it. It is shown again.")


def hide_if_due(case: "Case", report: ProblemReport, subject: Subject) -> Decision | None:
    """Hide a thing when the sum of its reports' weights is reached and two sides reported it: once a case.

    A picture takes the text it stands in with it. The case's row is locked; the thing's is locked after it.
    """
    there = whole_of(subject.thing) if subject.kind == "picture" else subject
    if case.weight < settings.FORUMS_REPORTS_HIDE_AT or there is None or there.kind not in _HIDES:
        return None
    if SelfHiding.objects.filter(case=case).exists() or not from_two_sides(case, report):
        return None
    hide = _HIDES[there.kind].hide
    decision = hide(**{there.kind: there.thing}, **_by_rule(_WHY_HIDDEN))
    if decision is not None:
        SelfHiding.objects.create(case=case, decision=decision)
    return decision


def bring_back(case: "Case", decision: Decision | None) -> None:
    """A case has ended: what hid itself under it is shown again, unless just that was decided."""
    hiding = SelfHiding.objects.filter(case=case).select_related("decision").first()
    if hiding is None:
        return
    if decision is not None and decision.act in (hiding.decision.act, Act.DELETE):
        return  # just that was decided
    kind, thing = _hidden_by(hiding.decision)
    if _HIDES[kind].by_rule(thing):  # no moderator has hidden it meanwhile
        _HIDES[kind].unhide(**{kind: thing}, **_by_rule(_WHY_BACK))


def _hidden_by(decision: Decision) -> tuple[str, Any]:
    """What it hid, with its kind: a poll is a part of its topic."""
    if (poll := decision.details.get("poll")) is not None:
        return "poll", Poll.objects.select_related("topic").get(pk=poll)
    return decision.about, getattr(decision, decision.about)


def _by_rule(reason: Promise) -> dict[str, Any]:
    """Nobody decides; the reason stands in the log, so in the site's own language, whoever sent the last report."""
    with translation.override(settings.LANGUAGE_CODE):
        return {"moderator": None, "reason": Grounds(str(reason))}
