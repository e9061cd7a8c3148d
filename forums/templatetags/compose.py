"""For the editor: formatting; a query only where there is something to ask about."""

from django import template

from forums.base import asking_first, drafts

register = template.Library()
register.filter("drafts_offered", drafts.offered)
register.filter("draft_carried", drafts.carried)


@register.filter
def asked_about(text: str | None) -> list[asking_first.AskedAbout]:
    """What in a text its writer will be asked about, before everyone reads it."""
    return asking_first.asked_about(text or "")
