"""What hides itself under the weight of its reports, and comes back when a moderator found it in order."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

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
# Networks, members, lines of a ledger and messages never hide themselves: a moderator decides about them.
_HIDES: dict[str, tuple[Hide, Hide]] = {
    "post": (moderation.hide_post, moderation.unhide_post),
    "topic": (moderation.hide_topic, moderation.unhide_topic),
    "activity": (moderation.hide_activity, moderation.unhide_activity),
}
_WHY_HIDDEN = gettext_lazy(
    "Several people from different networks reported it. It is hidden until a moderator has looked at it."
)
_WHY_BACK = gettext_lazy("A moderator has looked at it. It is shown again.")
STAYS = {Act.HIDE.value, "delete"}  # decisions after which it does not come back


def hide_if_due(case: "Case", report: ProblemReport, subject: Subject) -> Decision | None:
    """Hide a thing when the sum of its reports' weights is reached and two sides reported it: once a case.

    A picture takes the text it stands in with it. The case's row is locked; the thing's is locked after it.
    """
    there = whole_of(subject.thing) if subject.kind == "picture" else subject
    if case.weight < settings.FORUMS_REPORTS_HIDE_AT or there is None or there.kind not in _HIDES:
        return None
    if SelfHiding.objects.filter(case=case).exists() or not from_two_sides(case, report):
        return None
    hide, _unhide = _HIDES[there.kind]
    decision = hide(**{there.kind: there.thing}, **_by_rule(_WHY_HIDDEN))
    if decision is not None:
        SelfHiding.objects.create(case=case, decision=decision)
    return decision


def bring_back(case: "Case", decision: Decision | None) -> None:
    """A case has ended: what hid itself under it is shown again, unless just that was decided."""
    hiding = SelfHiding.objects.filter(case=case).select_related("decision").first()
    if hiding is None or (decision is not None and decision.act in STAYS):
        return
    for kind, (_hide, unhide) in _HIDES.items():
        thing = getattr(hiding.decision, kind)
        if thing is not None and hid_itself(thing):  # no moderator has hidden it meanwhile
            unhide(**{kind: thing}, **_by_rule(_WHY_BACK))


def _by_rule(reason: Promise) -> dict[str, Any]:
    """Nobody decides; the reason stands in the log, so in the site's own language, whoever sent the last report."""
    with translation.override(settings.LANGUAGE_CODE):
        return {"moderator": None, "reason": Grounds(str(reason))}
