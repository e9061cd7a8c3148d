"""Who says that she represents an organisation nobody looks after, as a case: a moderator may believe her. And how what was
decided about an organisation is taken back, and that a notice from outside may ask for it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from forums.groups.organisations.actions import confirm_representative, take_back_representative
from forums.groups.organisations.lists import claims
from forums.groups.organisations.models import Organisation, Representative
from forums.groups.organisations.registry import on_claims_changed
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act
from forums.moderation.organisations import actions
from forums.moderation.queue.actions import follow
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import Because, CaseAnswer, Section, case_kind
from forums.moderation.registry import plainly, removed_by, undone_by
from forums.moderation.subjects import Subject, of_organisation

CLAIM = "represents"

undone_by(Act.HIDE, "organisation", plainly(actions.unhide, "organisation"))
undone_by(Act.MERGE, "organisation", plainly(actions.unmerge, "organisation"))
removed_by("organisation", actions.hide)


@on_claims_changed
def line_up(organisation: Organisation) -> None:
    """As long as somebody claims and nobody looks after it, that waits in the queue."""
    waits = claims().filter(organisation=organisation).exists()
    follow(kind=CLAIM, subject=of_organisation(organisation), waits=waits)


def _claimed(*cases: Case) -> QuerySet[Representative]:
    """What waits in these cases, the oldest first."""
    rows = claims().filter(organisation__in=[int(case.key) for case in cases])
    return rows.select_related("member", "organisation").order_by("asked_at", "pk")


def _answers(case: Case, _subject: Subject | None) -> Sequence[CaseAnswer]:
    """Of each who claims, both. What is last said about one ends the case."""
    return [
        answer
        for place, hers in enumerate(_claimed(case)[:20])
        for answer in (_believing(hers, place), _doubting(hers, place))
    ]


def _believing(hers: Representative, place: int) -> CaseAnswer:
    def act(moderator: Member, _case: Case, _grounds: Grounds, _more: Mapping[str, Any]) -> None:
        confirm_representative(confirmer=moderator, representative=hers)

    return CaseAnswer(
        f"yes_{hers.pk}",
        format_lazy(_("{name} does represent it"), name=str(hers.member)),
        act,
        says_why=False,
        may=lambda member, _case: member.pk != hers.member_id,
        ends=False,
        place=place,
    )


def _doubting(hers: Representative, place: int) -> CaseAnswer:
    def act(moderator: Member, _case: Case, _grounds: Grounds, _more: Mapping[str, Any]) -> None:
        take_back_representative(member=moderator, representative=hers)

    return CaseAnswer(
        f"no_{hers.pk}",
        format_lazy(_("{name} does not represent it"), name=str(hers.member)),
        act,
        refused=True,
        says_why=False,
        may=lambda member, _case: member.pk != hers.member_id,
        ends=False,
        place=place,
    )


def _because(cases: Sequence[Case]) -> Mapping[int, Because]:
    """Who says so, in one query."""
    names: dict[str, list[str]] = {}
    for hers in _claimed(*cases):
        names.setdefault(str(hers.organisation_id), []).append(str(hers.member))
    head = _("Somebody says she represents the organisation")
    return {case.pk: Because(head, " · ".join(names.get(case.key, [])[:3])) for case in cases}


def _shown(case: Case) -> Sequence[Section]:
    lines = [(f"{hers.member} @{hers.member.handle}", hers.title) for hers in _claimed(case)[:20]]
    return [Section(_("Who says so, and as what"), lines)] if lines else []


def _waiting() -> Iterator[tuple[Subject, datetime]]:
    rows = claims().order_by("organisation", "asked_at").distinct("organisation")
    since = dict(rows.values_list("organisation", "asked_at"))
    for organisation in Organisation.objects.filter(pk__in=since):
        yield of_organisation(organisation), since[organisation.pk]


case_kind(
    CLAIM,
    gettext_lazy("representatives"),
    answers=_answers,
    because=_because,
    shown=_shown,
    waiting=_waiting,
)
