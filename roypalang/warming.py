"""What the first page, or the first letter, would else be late by; and where processes part later, what all of them share."""

from django.template.loader import get_template
from django.urls import get_resolver

from forums.text.glance import glance
from forums.text.render import held_together

_THAI = "เดินเยี่ยมผู้ป่วยติดเตียงกันอย่างไร"


def warm(*templates: str) -> None:
    """Load every address with its views, these templates, and what is known of Thai words. Asks no database."""
    get_resolver()._populate()
    for name in templates:
        get_template(name)
    held_together(_THAI)
    glance(f"<p>{_THAI}</p>", len(_THAI) // 2)
