"""For the editor: formatting only, never a query."""

from django import template

from forums.text import personal_data
from forums.text.render import MAX_SOURCE

register = template.Library()


@register.filter
def personal_kinds(text: str | None) -> list[personal_data.PersonalData]:
    """What in a text its writer may not want to tell everyone: phone, id_card, email."""
    return personal_data.find((text or "")[:MAX_SOURCE])
