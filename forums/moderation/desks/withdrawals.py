"""The acts on what stands in something else: a picture, a line of a ledger, a private message, a poll, a statement. Each
has no desk of its own;
what was decided about it is taken back at the desk of decisions."""

from django.utils.translation import gettext_lazy as _

from forums.moderation.appeals.actions import was_undone
from forums.moderation.desks.acts import ModerationAct
from forums.moderation.models import Act
from forums.moderation.withdrawing import actions as withdrawing

PICTURE_ACTS = (
    ModerationAct(
        Act.WITHDRAW,
        withdrawing.withdraw_picture,
        lambda picture: picture.hidden_at is None,
        offer=_("Take the picture out of sight"),
    ),
)

LINE_ACTS = (
    ModerationAct(
        Act.WITHDRAW,
        withdrawing.withdraw_line,
        lambda line: line.hidden_at is None,
        offer=_("Take the line out of sight, with its document"),
    ),
)

MESSAGE_ACTS = (
    ModerationAct(
        Act.WITHDRAW,
        withdrawing.withdraw_message,
        lambda message: message.hidden_at is None,
        offer=_("Take the message out of sight"),
    ),
)

POLL_ACTS = (
    ModerationAct(
        Act.WITHDRAW,
        withdrawing.withdraw_poll,
        lambda poll: poll.hidden_at is None,
        offer=_("Take the poll out of sight"),
    ),
)

MEANING_ACTS = (
    ModerationAct(
        Act.WITHDRAW,
        withdrawing.withdraw_meaning,
        lambda meaning: meaning.hidden_at is None,
        offer=_("Take the card out of sight"),
    ),
)

STATEMENT_ACTS = (
    ModerationAct(
        Act.WITHDRAW,
        withdrawing.withdraw_statement,
        lambda statement: statement.hidden_at is None,
        offer=_("Take the statement out of sight, and out of the vote"),
    ),
)

RESTATEMENT_ACTS = (
    ModerationAct(
        Act.WITHDRAW,
        withdrawing.withdraw_restatement,
        lambda restatement: restatement.hidden_at is None,
        offer=_("Take it out of sight"),
    ),
)

PORTRAYAL_ACTS = (
    ModerationAct(
        Act.WITHDRAW,
        withdrawing.withdraw_portrayal,
        lambda portrayal: portrayal.hidden_at is None,
        offer=_("Take it out of sight"),
    ),
)

DECISION_ACTS = (
    ModerationAct(
        Act.PUT_BACK,
        withdrawing.put_back,
        lambda decision: decision.act == Act.WITHDRAW and not was_undone(decision),
        offer=_("Show again what was taken out of sight"),
    ),
)
