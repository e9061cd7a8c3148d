"""Every write to house rules. One that a decision named is never deleted: it is retired."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.errors import BadText, NotAllowed
from forums.base.limits import fitting_line, fitting_title
from forums.moderation.permissions import can_moderate
from forums.moderation.rules.models import TEXT_LENGTH, TITLE_LENGTH, HouseRule


@transaction.atomic
def write_rule(
    *, moderator: Member, number: int, title: str, text: str, rule: HouseRule | None = None
) -> HouseRule:
    """Write a new rule, or `rule` in other words; its number stays. Raises BadText, NotAllowed."""
    if not can_moderate(moderator):
        raise NotAllowed
    title = fitting_title(title, TITLE_LENGTH)
    text = fitting_line(text, TEXT_LENGTH, nothing=_("Say in full what this rule asks."))
    if rule is not None:
        rule = HouseRule.objects.select_for_update().get(pk=rule.pk)
        rule.title, rule.text = title, text
        rule.save(update_fields=["title", "text"])
        return rule
    made = HouseRule(number=number, title=title, text=text)
    HouseRule.objects.bulk_create([made], ignore_conflicts=True)
    found = HouseRule.objects.get(number=number)
    if (found.title, found.text) != (title, text):
        raise BadText(_("There is a rule of this number already. Numbers are never given twice."))
    return found


@transaction.atomic
def retire_rule(*, moderator: Member, rule: HouseRule, retired: bool = True) -> bool:
    """Let a rule hold no longer, or again; False where it is so already. What was decided under it goes on naming it."""
    if not can_moderate(moderator):
        raise NotAllowed
    found = HouseRule.objects.filter(pk=rule.pk, retired_at__isnull=retired)
    return bool(found.update(retired_at=timezone.now() if retired else None))
