"""How things are written: dates, stored HTML. Formatting only, never a query."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django import template
from django.forms.utils import flatatt
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.base.form_fields import seeking as seeking_attributes
from forums.text import dates
from forums.text.glance import glance as glance_at
from forums.text.render import held_together, trusted

register = template.Library()


@register.filter
def ago(moment: datetime) -> str:
    """How long ago: 12 นาทีที่แล้ว, เมื่อวาน 18.20 น., 20 พ.ย. 2569."""
    return dates.ago(moment, timezone.now())


@register.filter
def day(moment: datetime) -> str:
    """22 พ.ย. 2569."""
    return dates.day(moment)


@register.filter
def day_of(date: date) -> str:
    """The same of a day without a time."""
    return dates.day_of(date)


@register.filter
def exactly(moment: datetime) -> str:
    """22 พ.ย. 2569 18.20 น."""
    return dates.exactly(moment)


@register.filter
def named(name: str) -> str:
    """What has a day for a name, as days are shown."""
    return dates.named(name)


@register.filter
def clock(moment: datetime) -> str:
    """18.20 น."""
    return dates.clock(moment)


@register.filter
def iso(moment: datetime) -> str:
    """2026-11-22T18:20:05+07:00, for machines: HTML takes no millionths of a second."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


@register.filter
def cards(rows: Iterable[Any]) -> SafeString:
    """The HTML of each row of a list, one after the other."""
    return trusted("".join([row.card for row in rows]))


@register.simple_tag
def seeking(
    address: str, choose: str = "put", of: object = "", by: str = "", along: str = ""
) -> SafeString:
    """The attributes of a field that suggests; `of` names the network, organisation or topic it stands at."""
    seen = {"data-seek": address + quote(str(of))}
    return flatatt(seen) + _seeking(get_language() or "", choose, by, along)


@lru_cache(maxsize=64)
def _seeking(_language: str, choose: str, by: str, along: str) -> SafeString:
    """What is the same wherever it suggests."""
    attributes = seeking_attributes("", choose=choose, by=by, along=along)
    return flatatt({name: value for name, value in attributes.items() if name != "data-seek"})


@register.filter
def html(stored: str) -> SafeString:
    """HTML that `forums.text.render` made and a table kept."""
    return trusted(stored)


@register.filter
def whole(text: object) -> SafeString:
    """A title, lead or label of which no line ends inside a word: เครือ|ข่าย."""
    return held_together(str(text))


@register.filter
def glance(stored: str) -> str:
    """The beginning of such HTML in plain words, spoilers left out: for the preview of a link."""
    return glance_at(stored)
