"""Fields that forms of every noun share, and how a form says what an action refuses."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from forums.base.errors import BadText
from forums.base.limits import SHRINKS, too_long


class Text(forms.CharField):
    """What was typed, without NUL: PostgreSQL cannot keep one, and nobody types one.

    `limit` is how much of it is stored, as `count` counts it. Cleaning makes a text shorter, so what is measured
    before it (`max_length`) has more room; whoever goes beyond even that is told the limit all the same.
    """

    def __init__(
        self, *, limit: int | None = None, count: Callable[[str], int] = len, **kwargs: Any
    ) -> None:
        self.limit, self.count = limit, count
        if limit is not None:
            kwargs.setdefault("max_length", limit * SHRINKS)
        super().__init__(**kwargs)

    def run_validators(self, value: Any) -> None:
        if self.limit is not None and len(value) > (self.max_length or 0):
            raise ValidationError(too_long(self.count(value), self.limit), code="max_length")
        super().run_validators(value)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\0", "")


class Hidden(forms.HiddenInput):
    """A field nobody sees, printed without Django's three templates: they cost a page of a topic 0.6 ms."""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        more = self.build_attrs(self.attrs, attrs)
        if (shown := self.format_value(value)) is None:
            return format_html('<input type="hidden" name="{}"{}>', name, flatatt(more))
        # In Django's order: static/js/worker/pages.js looks for the value behind the name.
        return format_html(
            '<input type="hidden" name="{}" value="{}"{}>', name, shown, flatatt(more)
        )


def says[Clean](clean: Callable[..., Clean], *values: Any) -> Clean:
    """What `clean` makes of the values; its refusal (BadText) stands at the field."""
    try:
        return clean(*values)
    except BadText as error:
        raise ValidationError(str(error.message)) from error


def seeking(address: str, *, choose: str = "put", by: str = "", along: str = "") -> dict[str, Any]:
    """Attributes that make a field suggest while one types (static/js/seek/suggest.js); a plain one without scripts.

    Choosing *puts* what the form reads there, *sends* the form with it, or *goes* to the page. `by` "line": one a
    line, and only the line one is at is looked at; "name": what stands behind an @. `along`: the field whose value is sent along.
    """
    return {
        "autocomplete": "off",
        "spellcheck": False if by == "name" else "false",
        "data-seek": address,
        "data-choose": choose,
        "data-by": by or False,
        "data-along": along or False,
        "data-list": _("Suggestions"),
        "data-count": _("{n} suggestions. Up and down to choose."),
        "data-put": _("“{name}” is filled in.") if choose == "put" else False,
    }


def counted(limit: int) -> dict[str, Any]:
    """Attributes that make a field say how many characters are left of `limit`, as `limits.read_length` counts them
    (static/js/counting.js); without scripts its help text says the limit."""
    return {
        "data-most": limit,
        "data-left": _("{n} characters left"),
        "data-over": _("{n} characters too many"),
    }


def field_of[Field: forms.Field](form: forms.BaseForm, name: str, kind: type[Field]) -> Field:
    """A field of a form, known to be of this kind, so that its choices or its rows can be set."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is a {type(field).__name__}, no {kind.__name__}")
    return field
