"""What nouns to the right do when something is reported, and when it was decided."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forums.moderation.models import Decision
    from forums.moderation.queue.models import Case
    from forums.moderation.reports.models import ProblemReport
    from forums.moderation.subjects import Subject

type Reported = Callable[["ProblemReport", "Subject"], None]
type Settled = Callable[["Case", "Decision | None"], None]
_REPORTED: list[tuple[str, Reported]] = []
_SETTLED: list[Settled] = []


def when_reported(problem: str = "") -> Callable[[Reported], Reported]:
    """Register what follows a report, of this Problem or ('') of any, in its transaction; a decorator.

    The function is given the report and the thing; the case's row is locked, so what it locks is the thing's.
    """

    def register(then: Reported) -> Reported:
        _REPORTED.append((problem, then))
        return then

    return register


def when_settled(then: Settled) -> Settled:
    """Register what follows when a case of reports has ended, before its reports are settled; a decorator.

    The function is given the case and the decision, if one was made; `case.state` says whether the reports were refused.
    """
    _SETTLED.append(then)
    return then


def reported(report: "ProblemReport", subject: "Subject") -> None:
    """Something was reported."""
    for problem, then in _REPORTED:
        if problem in ("", report.problem):
            then(report, subject)


def settled(case: "Case", decision: "Decision | None") -> None:
    """What was reported was looked at."""
    for then in _SETTLED:
        then(case, decision)
