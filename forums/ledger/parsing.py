"""What is typed into a line of the ledger, cleaned one piece at a time. Whoever types it is told what is wrong."""

from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import BadText
from forums.base.limits import fitting_line, fitting_link
from forums.ledger.models import LINK_LENGTH, PURPOSE_LENGTH, SOURCE_LENGTH, Flow
from forums.text.reading_amounts import NotAnAmount, read_amount
from forums.text.reading_dates import NotADate, read_date
from forums.text.thai import norm

_FLOWS = {
    **dict.fromkeys(("รายรับ", "รับ", "รายได้", "เงินเข้า", "income", "in", "received"), Flow.INCOME),
    **dict.fromkeys(("รายจ่าย", "จ่าย", "ค่าใช้จ่าย", "เงินออก", "expense", "out", "paid"), Flow.EXPENSE),
}
_NO_SOURCE = gettext_lazy("Please say from whom the money came, or to whom it went.")
_NO_PURPOSE = gettext_lazy("Please say what the money was for.")


def clean_flow(text: str) -> str:
    """Income or expense. Raises BadText."""
    flow = _FLOWS.get(norm(text))
    if flow is None:
        raise BadText(_("Please say whether this is income or an expense."))
    return flow


def clean_date(text: str) -> date:
    """The day, read as `forums.text.reading_dates` does, and not one still to come. Raises BadText."""
    today = timezone.localdate()
    try:
        day = read_date(text, today=today)
    except NotADate as error:
        raise BadText(error.message) from error
    if day > today:
        raise BadText(_("This day has not come yet. The ledger tells what has been."))
    return day


def clean_amount(text: str) -> Decimal:
    """Baht above zero, as `forums.text.reading_amounts` reads them. Raises BadText."""
    try:
        return read_amount(text)
    except NotAnAmount as error:
        raise BadText(error.message) from error


def clean_source(text: str) -> str:
    """From or to whom. Raises BadText when nothing visible is left, or too much is."""
    return fitting_line(text, SOURCE_LENGTH, nothing=_NO_SOURCE)


def clean_purpose(text: str) -> str:
    """What for. Raises BadText when nothing visible is left, or too much is."""
    return fitting_line(text, PURPOSE_LENGTH, nothing=_NO_PURPOSE)


def clean_link(text: str) -> str:
    """A whole address of the web, or nothing. Raises BadText."""
    return fitting_link(text, LINK_LENGTH)
