"""How what was taken out of sight is shown again, and that a notice from outside may ask for it."""

from accounts.models import Member
from forums.moderation.grounds import Grounds
from forums.moderation.models import TARGETS, Act, Decision
from forums.moderation.registry import removed_by, undone_by
from forums.moderation.reports.hiding import hides_itself
from forums.moderation.withdrawing import actions
from forums.moderation.withdrawing.places import hid_by_rule


def _put_back(decision: Decision, moderator: Member, grounds: Grounds) -> Decision | None:
    return actions.put_back(moderator=moderator, decision=decision, reason=grounds)


for about in TARGETS:
    undone_by(Act.WITHDRAW, about, _put_back)

removed_by("picture", actions.withdraw_picture)
removed_by("line", actions.withdraw_line)
removed_by("message", actions.withdraw_message)
removed_by("statement", actions.withdraw_statement)
removed_by("poll", actions.withdraw_poll)
removed_by("meaning", actions.withdraw_meaning)
removed_by("restatement", actions.withdraw_restatement)
removed_by("portrayal", actions.withdraw_portrayal)

# Statements do not: somebody looked at each before anybody else could read it.
hides_itself("poll", actions.withdraw_poll, actions.show_again, hid_by_rule)
