"""Lines of a ledger, made through the actions."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.test import override_settings

from accounts.models import Member
from forums.groups.networks.models import Network
from forums.ledger.actions import add_line
from forums.ledger.models import Line


def entry(**other: Any) -> dict[str, Any]:
    return {
        "flow": "income",
        "date": date(2025, 12, 5),
        "source": "สมาชิกกลุ่มออมทรัพย์",
        "purpose": "เงินออมเดือนธันวาคม",
        "amount": Decimal("1234.50"),
    } | other


def make_line(network: Network, keeper: Member, **other: Any) -> Line:
    """A line; `keeper` may write as many as a test wants."""
    with override_settings(FORUMS_PACE={**settings.FORUMS_PACE, "lines": []}):
        return add_line(keeper=keeper, network=network, **entry(**other))
