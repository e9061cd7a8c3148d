"""The acts on what stands in something else: a picture, a line of a ledger, a private message, a poll, a statement.

What was decided about one is taken back where it stands, in its case, or at the desk of decisions.
"""

from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.moderation.appeals.actions import was_undone
from forums.moderation.desks.acts import ModerationAct
from forums.moderation.models import Act
from forums.moderation.polls.actions import end_poll
from forums.moderation.withdrawing import actions as withdrawing

SHOW_AGAIN = _("Show again what was taken out of sight")


def _withdrawn_by(perform: Callable[..., Any], offer: Promise) -> tuple[ModerationAct, ...]:
    """What takes a thing out of sight while it is in sight, and what shows it again."""
    return (
        ModerationAct(Act.WITHDRAW, perform, lambda thing: thing.hidden_at is None, offer=offer),
        ModerationAct(
            Act.PUT_BACK,
            withdrawing.show_again,
            lambda thing: thing.hidden_at is not None,
            offer=SHOW_AGAIN,
        ),
    )


PICTURE_ACTS = _withdrawn_by(withdrawing.withdraw_picture, _("Take the picture out of sight"))

LINE_ACTS = _withdrawn_by(
    withdrawing.withdraw_line, _("Take the line out of sight, with its document")
)

MESSAGE_ACTS = _withdrawn_by(withdrawing.withdraw_message, _("Take the message out of sight"))

POLL_ACTS = (
    *_withdrawn_by(withdrawing.withdraw_poll, _("Take the poll out of sight")),
    ModerationAct(
        Act.END, end_poll, lambda poll: not poll.is_over, offer=_("Close it before its time")
    ),
)

MEANING_ACTS = _withdrawn_by(withdrawing.withdraw_meaning, _("Take the card out of sight"))

STATEMENT_ACTS = _withdrawn_by(
    withdrawing.withdraw_statement, _("Take the statement out of sight, and out of the vote")
)

RESTATEMENT_ACTS = _withdrawn_by(withdrawing.withdraw_restatement, _("Take it out of sight"))

PORTRAYAL_ACTS = _withdrawn_by(withdrawing.withdraw_portrayal, _("Take it out of sight"))

DECISION_ACTS = (
    ModerationAct(
        Act.PUT_BACK,
        withdrawing.put_back,
        lambda decision: decision.act == Act.WITHDRAW and not was_undone(decision),
        offer=SHOW_AGAIN,
    ),
)

PART_ACTS = {
    "picture": PICTURE_ACTS,
    "line": LINE_ACTS,
    "message": MESSAGE_ACTS,
    "poll": POLL_ACTS,
    "meaning": MEANING_ACTS,
    "statement": STATEMENT_ACTS,
    "restatement": RESTATEMENT_ACTS,
    "portrayal": PORTRAYAL_ACTS,
}
