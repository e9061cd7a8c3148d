"""Every write to a network's money: opening and closing it, lines one by one."""

import uuid
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import BadText, ForumError, NotAllowed, Stale
from forums.base.limits import fitting_line
from forums.base.published import published
from forums.base.rate_limits import hold_pace
from forums.base.sent_twice import lately
from forums.groups.memberships.permissions import require_role
from forums.groups.networks.locks import lock_open
from forums.groups.networks.models import EventKind, Network
from forums.groups.networks.recording import record_event
from forums.ledger.csv_files import Entry
from forums.ledger.models import MOST_LINES, REASON_LENGTH, Flow, Line, LineChange
from forums.ledger.parsing import clean_link, clean_purpose, clean_source
from forums.pictures.models import Attachment

if TYPE_CHECKING:
    from accounts.models import Member


class SameLine(ForumError):
    status = 409
    message = gettext_lazy(
        "You wrote this very line a moment ago. If it is to stand twice, press Save again."
    )


class LedgerFull(ForumError):
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "A ledger here holds up to %(most)s lines. Put small amounts of one day together in one line, "
                "or keep the oldest years in a file of your own."
            )
            % {"most": f"{MOST_LINES:,}"}
        )


FIELDS = ("flow", "date", "source", "purpose", "amount", "document_link")


def books_of(keeper: "Member", network: Network) -> Network:
    """The network, locked, whose books `keeper` keeps. Raises NotAllowed."""
    network = lock_open(network.pk)
    require_role(keeper, network)
    return network


def opened_books(keeper: "Member", network: Network) -> Network:
    """The same, at the pace of one who writes by hand. Raises NotAllowed or TooFast."""
    hold_pace(keeper, "lines")
    return books_of(keeper, network)


def refuse_full(network: Network, *, more: int) -> None:
    """Raise LedgerFull when `more` lines are more than the network's ledger holds."""
    if network.ledger_lines.shown().count() + more > MOST_LINES:
        raise LedgerFull


# -- Open and closed ----------------------------------------------------------------------------


@transaction.atomic
def open_ledger(*, keeper: "Member", network: Network) -> None:
    """Show the network's money to everyone from now on. Raises NotAllowed or TooFast."""
    network = opened_books(keeper, network)
    if network.ledger_since is None:
        Network.objects.filter(pk=network.pk).update(ledger_since=timezone.now())
        record_event(network.pk, EventKind.LEDGER, actor=keeper, details={"open": True})


@transaction.atomic
def close_ledger(*, keeper: "Member", network: Network) -> None:
    """Show the network's money to its coordinators only; nothing is deleted. Raises NotAllowed or TooFast."""
    network = opened_books(keeper, network)
    if network.ledger_since is not None:
        Network.objects.filter(pk=network.pk).update(ledger_since=None)
        record_event(network.pk, EventKind.LEDGER, actor=keeper, details={"open": False})


# -- Lines --------------------------------------------------------------------------------------


@transaction.atomic
def add_line(
    *,
    keeper: "Member",
    network: Network,
    flow: str,
    date: date,
    source: str,
    purpose: str,
    amount: Decimal,
    document: Attachment | None = None,
    document_link: str = "",
    submission: uuid.UUID | None = None,
    again: bool = False,
) -> Line:
    """Write a line and return it. `submission` names one filled-in form: sent twice, it is one line.

    Another form that says just the same a moment later may be meant, or be the first one come back:
    `again` says it is meant. Raises BadText, NotAllowed, SameLine, LedgerFull or TooFast.
    """
    looked = published(keeper, source, purpose, document_link)
    entry = _clean(flow, date, looked.texts[0], looked.texts[1], amount, looked.texts[2])
    network = opened_books(keeper, network)
    if submission is not None:
        sent = Line.objects.filter(network=network, submission=submission).first()
        if sent is not None and all(getattr(sent, name) == entry[name] for name in FIELDS):
            return sent
        if sent is not None:  # the Back button brought a sent form back, and it was changed
            submission = None
        hers = lately(network.ledger_lines.shown().filter(created_by=keeper))
        if not again and hers.filter(**entry).exists():
            raise SameLine
    refuse_full(network, more=1)
    line = Line.objects.create(
        network=network,
        created_by=keeper,
        submission=submission,
        document=_loose(document, keeper),
        created_at=timezone.now(),
        **entry,
    )
    _changed(line, keeper, number=1, after=snapshot(line))
    looked.of("line", line)
    return line


@transaction.atomic
def edit_line(
    *,
    keeper: "Member",
    line: Line,
    flow: str,
    date: date,
    source: str,
    purpose: str,
    amount: Decimal,
    reason: str,
    document: Attachment | None = None,
    remove_document: bool = False,
    document_link: str = "",
    seen_revision: int | None = None,
) -> Line:
    """Change a line; what it said before stays in its history, with the reason, for all to read.

    Raises BadText, NotAllowed, TooFast, or Stale when somebody else changed it since `seen_revision`.
    """
    looked = published(keeper, source, purpose, document_link, _clean_reason(reason))
    entry = _clean(flow, date, looked.texts[0], looked.texts[1], amount, looked.texts[2])
    reason = looked.texts[3]
    line = _kept(keeper, line)
    if seen_revision is not None and seen_revision != line.revision:
        raise Stale
    before = snapshot(line)
    for name, value in entry.items():
        setattr(line, name, value)
    if document is not None:
        line.document = _loose(document, keeper)
    elif remove_document:
        line.document = None
    after = snapshot(line)
    if after != before:
        line.revision += 1
        line.save(update_fields=[*FIELDS, "document", "revision"])
        _changed(line, keeper, number=line.revision, before=before, after=after, reason=reason)
        looked.of("line", line)
    return line


@transaction.atomic
def take_out_line(*, keeper: "Member", line: Line, reason: str) -> None:
    """Take a line out of the ledger; it stays in the history. Raises BadText, NotAllowed, Stale or TooFast."""
    reason = _clean_reason(reason)
    line = _kept(keeper, line)
    line.revision += 1
    line.deleted_at = timezone.now()
    line.save(update_fields=["revision", "deleted_at"])
    _changed(line, keeper, number=line.revision, before=snapshot(line), reason=reason)


def _kept(keeper: "Member", line: Line) -> Line:
    """The line as it is now, its network locked. Raises NotAllowed, or Stale when it was taken out."""
    opened_books(keeper, line.network)
    line = Line.objects.get(pk=line.pk)
    if line.deleted_at is not None or line.hidden_at is not None:
        raise Stale(_("Somebody has taken this line out meanwhile."))
    return line


def _clean(
    flow: str, date: date, source: str, purpose: str, amount: Decimal, document_link: str
) -> Entry:
    amount = amount.quantize(Decimal("0.01"))
    if amount <= 0:
        raise BadText(_("An amount is above zero."))
    return {
        "flow": Flow(flow),
        "date": date,
        "source": clean_source(source),
        "purpose": clean_purpose(purpose),
        "amount": amount,
        "document_link": clean_link(document_link),
    }


def _clean_reason(reason: str) -> str:
    nothing = _("Please say why, so that everyone can follow the books.")
    return fitting_line(reason, REASON_LENGTH, nothing=nothing)


def _loose(document: Attachment | None, keeper: "Member") -> Attachment | None:
    """A picture of the keeper's own that stands nowhere yet. Raises NotAllowed."""
    if document is None:
        return None
    taken = Line.objects.filter(document=document).exists()
    if document.uploader_id != keeper.pk or document.post_id is not None or taken:
        raise NotAllowed
    return document


def snapshot(line: Line) -> dict[str, Any]:
    return {
        "flow": line.flow,
        "date": line.date.isoformat(),
        "source": line.source,
        "purpose": line.purpose,
        "amount": str(line.amount),
        "document": str(line.document_id) if line.document_id else None,
        "document_link": line.document_link,
    }


def _changed(line: Line, author: "Member", *, number: int, **what: Any) -> None:
    LineChange.objects.create(
        line=line,
        network_id=line.network_id,
        number=number,
        author=author,
        created_at=timezone.now(),
        **what,
    )


# -- Lines out of a file ------------------------------------------------------------------------
