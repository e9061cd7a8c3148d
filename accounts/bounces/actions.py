"""Every write to what is known of mails that came back."""

from datetime import datetime, timedelta
from enum import StrEnum

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from accounts.bounces.reports import how_hard
from accounts.bounces.return_path import SentMail
from accounts.known import forget_known
from accounts.models import BounceScore, Member, Why
from forums.base.rate_limits import hold_pace

MOST = 4
WEIGHTS = {Why.SOFT: 1, Why.HARD: 2, Why.COMPLAINT: MOST}
A_DAY = timedelta(days=1)
KEPT = timedelta(days=30)
FORGOTTEN = 5_000  # in one go


class Counted(StrEnum):
    """What became of a report."""

    COUNTED = "counted"
    KNOWN = "known"  # of a day that counts already, from before she said that we should try again, or too old
    NOBODYS = "nobodys"  # an address that is nobody's any more


@transaction.atomic
def count(*, mailed: SentMail, why: Why) -> Counted:
    """Count what came back of a mail; at MOST, or at a complaint, notifications stop."""
    address = EmailAddress.objects.select_for_update(of=("self",), no_key=True)
    if not address.filter(pk=mailed.address, verified=True, primary=True).exists():
        return Counted.NOBODYS
    now = timezone.now()
    found = BounceScore.objects.filter(address=mailed.address).first()
    row = found or BounceScore(address_id=mailed.address, score=0)
    if not _says_more(row, mailed, why, now):
        return Counted.KNOWN
    if row.mailed_at and row.mailed_at < now - KEPT:
        row.score = 0
    row.score = min(row.score + WEIGHTS[why], MOST)
    row.why, row.mailed_at = why, max(mailed.at, row.mailed_at or mailed.at)
    if row.score == MOST:
        row.stopped_at = row.stopped_at or now
    row.save()
    return Counted.COUNTED


def _says_more(row: BounceScore, mailed: SentMail, why: Why, now: datetime) -> bool:
    """Whether a report adds to what is known: of a mail of this month, after she asked to try again, one a day."""
    if mailed.at < now - KEPT or (row.again_at and mailed.at < row.again_at):
        return False
    if row.stopped_at and row.why == Why.COMPLAINT:
        return False
    if why is Why.COMPLAINT:
        return True
    return row.mailed_at is None or mailed.at >= row.mailed_at + A_DAY


def refused(*, email: str, answer: str) -> None:
    """The mail server itself did not take a mail to this address: the same as a report that comes back at once."""
    proven = EmailAddress.objects.filter(email=email.lower(), verified=True, primary=True)
    if pk := proven.values_list("pk", flat=True).first():
        count(mailed=SentMail(pk, timezone.now()), why=how_hard(answer) or Why.SOFT)


@transaction.atomic
def write_again(*, member: Member) -> bool:
    """Let notifications go to her address again; False where nothing had stopped them. Raises TooFast.

    On probation: one mail that comes back hard, and they stop again. What went before counts no more.
    """
    hold_pace(member, "mail_again")
    stopped = BounceScore.objects.select_for_update(of=("self",)).filter(
        address__user=member, address__primary=True, stopped_at__isnull=False
    )
    if not (row := stopped.first()):
        return False
    row.score, row.mailed_at, row.stopped_at = MOST - WEIGHTS[Why.HARD], None, None
    row.again_at = timezone.now().replace(microsecond=0)  # a return path says seconds
    row.save()
    forget_known(member)
    return True


@transaction.atomic
def forget_scores(now: datetime) -> None:
    """Forget what came back KEPT ago: mails go there again. A complaint stands until she says otherwise."""
    newest = Greatest(Coalesce("mailed_at", "again_at"), Coalesce("again_at", "mailed_at"))
    old = BounceScore.objects.alias(newest=newest).filter(newest__lt=now - KEPT)
    old = old.exclude(Q(why=Why.COMPLAINT) & Q(stopped_at__isnull=False))
    BounceScore.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:FORGOTTEN])).delete()
