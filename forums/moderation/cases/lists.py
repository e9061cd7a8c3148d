"""The queue as a list: what is asked for, its pages, its lines, and how it stands."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forums.base.keyset import MOMENT, NUMBER, Keyset, Page, kept
from forums.moderation.queue.models import WAITING, Case, CaseQuerySet, CaseState
from forums.moderation.queue.registry import Because, case_kinds, kind_of
from forums.moderation.subjects import Subject, subject_kinds, subjects_at
from forums.text.handles import handle_key

if TYPE_CHECKING:
    from forums.groups.networks.models import Network

SIZE = 30
MANY = 100  # a count goes no further
LATELY = timedelta(days=30)
_NEWEST_ENDED = 1000  # what the middle is taken of

_FIRST = Keyset({"ranked_at": MOMENT, "id": NUMBER})
_ENDED = Keyset({"ended_at": MOMENT, "id": NUMBER}, falling=True)

_STATES = {
    "": Q(ended_at=None),
    "open": Q(ended_at=None, state=CaseState.OPEN),
    "taken": Q(ended_at=None, state=CaseState.TAKEN),
    "decided": Q(ended_at__isnull=False, state=CaseState.DECIDED),
    "refused": Q(ended_at__isnull=False, state=CaseState.REFUSED),
}


@dataclass(frozen=True, slots=True)
class Sifted:
    """What of the queue is asked for, by the address. What is no such thing asks for nothing."""

    kind: str = ""
    state: str = ""
    who: str = ""  # mine: that I have taken; others: that another has
    about: str = ""  # a handle
    network: str = ""  # the last part of its address

    @classmethod
    def of(cls, query: Any) -> "Sifted":
        """As an address says it."""
        state, who, kind = (query.get(name, "") for name in ("state", "who", "kind"))
        return cls(
            kind=kind if kind in case_kinds() else "",
            state=state if state in _STATES else "",
            who=who if who in ("mine", "others") else "",
            about=query.get("about", "").strip().removeprefix("@")[:60],
            network=query.get("network", "").strip()[:120],
        )

    @property
    def has_ended(self) -> bool:
        return self.state in (CaseState.DECIDED, CaseState.REFUSED)

    @property
    def query(self) -> str:
        """The query string that asks for the same."""
        return kept(
            kind=self.kind,
            state=self.state,
            who=self.who,
            about=self.about,
            network=self.network,
        )

    def among(self, cases: CaseQuerySet, member: Any) -> CaseQuerySet:
        """Those of `cases` that are asked for."""
        cases = cases.filter(_STATES[self.state])
        if self.kind:
            cases = cases.filter(kind=self.kind)
        if self.who == "mine":
            cases = cases.filter(taken_by=member.pk)
        elif self.who:
            cases = cases.filter(taken_by__isnull=False).exclude(taken_by=member.pk)
        if self.about:
            cases = cases.filter(about__handle_key=handle_key(self.about))
        if self.network:
            cases = cases.filter(network__slug=self.network)
        return cases


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A line of the queue."""

    pk: int
    title: str
    words: str
    what: str
    whose: str
    because: Because
    waited: str
    left: str  # of a clock that runs; '' without one
    is_late: bool
    state: str
    holder: str
    is_open: bool
    is_mine: bool
    elsewhere: str  # the address where it is decided, for what has a page of its own


def cases_for(member: Any, network: "Network | None") -> CaseQuerySet:
    """What `member` may look into, of one network or of the whole site."""
    cases = Case.objects.visible_to(member)
    return cases if network is None else cases.filter(network=network)


def page(cases: CaseQuerySet, member: Any, asked: Sifted, query: Any) -> Page[CaseRow]:
    """What is asked for: the first to look at first, what has ended the newest first."""
    found = asked.among(cases, member).select_related("about", "taken_by")
    order = _ENDED if asked.has_ended else _FIRST
    page = order.page(found, query, size=SIZE, keep=asked.query)
    return page.with_rows(rows(page.rows, member))


def rows(cases: Sequence[Case], member: Any) -> list[CaseRow]:
    """Lines of these cases: a query a kind of things, and one a kind of cases."""
    things = subjects_at(((case.subject, case.key) for case in cases), member)
    reasons = because(cases)
    now = timezone.now()
    return [
        _row(case, things.get((case.subject, case.key)), reasons, member, now) for case in cases
    ]


def because(cases: Sequence[Case]) -> dict[int, Because]:
    """Why each waits, by its id; where its kind says no more, what kind it is."""
    found: dict[int, Because] = {}
    for name in {case.kind for case in cases}:
        theirs = [case for case in cases if case.kind == name]
        kind = kind_of(theirs[0])
        found |= {case.pk: Because(str(kind.label)) for case in theirs}
        if kind.because:
            found |= kind.because(theirs)
    return found


def _row(
    case: Case, thing: Subject | None, reasons: Mapping[int, Because], member: Any, now: datetime
) -> CaseRow:
    decided_at = kind_of(case).decided_at
    elsewhere = decided_at(case) if decided_at else ""
    known = subject_kinds().get(case.subject)
    return CaseRow(
        pk=case.pk,
        title=thing.title if thing else _("What is no longer there"),
        words=thing.words if thing else "",
        what=str(known.label) if known else "",
        whose=str(case.about) if case.about else "",
        because=reasons[case.pk],
        waited=lasting((case.ended_at or now) - case.opened_at),
        left=_left(case, now),
        is_late=case.due_at is not None and case.ended_at is None and case.due_at <= now,
        state=case.get_state_display(),
        holder=str(case.taken_by) if case.taken_by else "",
        is_open=case.state == CaseState.OPEN,
        is_mine=case.state == CaseState.TAKEN and case.taken_by_id == member.pk,
        elsewhere=elsewhere,
    )


def _left(case: Case, now: datetime) -> str:
    """How long a clock still runs."""
    if case.due_at is None or case.ended_at is not None:
        return ""
    if case.due_at <= now:
        return _("its time is over")
    return _("%(time)s left") % {"time": lasting(case.due_at - now)}


def lasting(time: timedelta) -> str:
    """How long: minutes, then hours, after two days days."""
    minutes = max(1, int(time.total_seconds() // 60))
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    days = hours // 24
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


# -- how it stands ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KindTab:
    """A kind of what waits, and how much of it; up to a hundred."""

    name: str
    label: str
    count: str


def tabs(cases: CaseQuerySet) -> list[KindTab]:
    """All that waits, and each kind of which something does: counted up to a hundred, in one statement."""
    kinds = case_kinds()
    of_each = [
        cases.filter(kind=name, ended_at=None).order_by().values_list("kind")[: MANY + 1]
        for name in kinds
    ]
    if not of_each:
        return []
    counts = Counter(name for (name,) in of_each[0].union(*of_each[1:], all=True))
    total = sum(counts.values())
    more = any(count > MANY for count in counts.values())
    found = [KindTab("", _("All"), f"{min(total, MANY)}+" if more else str(total))]
    for name, kind in kinds.items():
        if number := counts[name]:
            count = f"{MANY}+" if number > MANY else str(number)
            found.append(KindTab(name, str(kind.label), count))
    return found


@dataclass(frozen=True, slots=True)
class Pulse:
    """How long the oldest waits, and how long it took lately (the middle) until something was decided."""

    oldest: str
    took: str


def pulse(cases: CaseQuerySet) -> Pulse:
    """Of the last month, and the newest thousand decided by somebody."""
    now = timezone.now()
    oldest = cases.filter(ended_at=None).order_by("opened_at", "id")
    since = oldest.values_list("opened_at", flat=True).first()
    ended = cases.filter(ended_at__gte=now - LATELY, ended_by__isnull=False).order_by("-ended_at")
    times = ended.values_list("opened_at", "ended_at")[:_NEWEST_ENDED]
    took = [(end - start).total_seconds() for start, end in times if end is not None]
    return Pulse(
        oldest=lasting(now - since) if since else "",
        took=lasting(timedelta(seconds=median(took))) if took else "",
    )


def next_case(cases: CaseQuerySet, member: Any, asked: Sifted) -> Case | None:
    """The first that waits of what is asked for, and that nobody else has taken."""
    waiting = asked.among(cases, member) if not asked.has_ended else cases
    found = waiting.filter(state__in=WAITING).filter(Q(taken_by=None) | Q(taken_by=member.pk))
    here = [name for name, kind in case_kinds().items() if kind.decided_at is None]
    return found.filter(kind__in=here).order_by("ranked_at", "id").first()
