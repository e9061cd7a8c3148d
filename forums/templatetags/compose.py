"""For the editor: formatting; a query only where there is something to ask about."""

from django import template

from forums.base import asking_first

register = template.Library()


@register.filter
def asked_about(text: str | None) -> list[asking_first.AskedAbout]:
    """What in a text its writer will be asked about, before everyone reads it."""
    return asking_first.asked_about(text or "")
