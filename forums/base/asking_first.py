"""A form that asks first, where a text that everyone may read holds what may be somebody's personal data.

It comes again with what was found and a second button; pressed, the text goes as it is. What stood in the text before,
or is public anyway, is not asked about. Nothing is forbidden: the writer knows whose it is, and has said so.
"""

from collections.abc import Callable, Collection
from html import unescape
from typing import Any, ClassVar, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forums.text.personal_data import PersonalData, PersonalFind, found_in, hinted, key_of, keys_in
from forums.text.render import MAX_SOURCE

MINE = "mine"  # the second button's name
_SHOWN = 8  # finds named; all are asked about
LABELS: dict[PersonalData, Promise] = {
    "phone": _("a telephone number"),
    "id_card": _("an identity card number"),
    "account": _("a bank account"),
    "address": _("an address"),
    "plate": _("a car's number plate"),
    "email": _("an e-mail address"),
    "line": _("a name on LINE"),
}

type Known = Callable[[Collection[str]], Collection[str]]
_KNOWN: list[Known] = []


def publicly_known(known: Known) -> Known:
    """Register which of these finds (by their `key_of`) are public anyway: an office's own telephone."""
    _KNOWN.append(known)
    return known


class AskedAbout(NamedTuple):
    """One find, so that its writer knows which: a label, and so much of it as a stranger may see."""

    label: Promise
    hint: str


def not_public(text: str) -> dict[str, PersonalFind]:
    """What is found in a text, by its key, without what is public anyway."""
    found: dict[str, PersonalFind] = {}
    for each in each_not_public(text):
        found.setdefault(key_of(text[each.start : each.end]), each)
    return found


def each_not_public(text: str) -> list[PersonalFind]:
    """The same, in its order, with each spelling of what is said more than once."""
    finds = found_in(text[:MAX_SOURCE])
    keys = [key_of(text[each.start : each.end]) for each in finds]
    asked = set(keys)
    for known in _KNOWN if finds else ():
        asked.difference_update(known(asked))
    return [each for each, key in zip(finds, keys, strict=True) if key in asked]


def asked_about(text: str) -> list[AskedAbout]:
    """What a writer is asked about in a text, as pages name it."""
    return [
        AskedAbout(LABELS[each.kind], hinted(text[each.start : each.end], each.kind))
        for each in not_public(text).values()
    ][:_SHOWN]


class AsksFirst(forms.Form):
    """What is typed into `everyone_reads` is looked through; see above."""

    everyone_reads: ClassVar[tuple[str, ...]] = ("body",)
    asked: list[AskedAbout]
    answer: str  # what the second button, or a hidden field, sends: what was said to be hers

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked, self.answer, self._stood = [], "", ""

    def stands(self, *texts: str) -> None:
        """These are there already, and not asked about again."""
        self._stood = "\n".join(texts)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        typed = [str(self.data.get(self.add_prefix(name), "")) for name in self.everyone_reads]
        text = unescape("\n".join(typed))  # a sign may be written by its number
        found = not_public(text)
        if not found:
            return cleaned
        before = [str(self.initial.get(name) or "") for name in self.everyone_reads]
        stood = keys_in(unescape("\n".join([*before, self._stood])))
        names = {_name_of(key): key for key in found if key not in stood}
        said = {name for value in self._said() for name in value.split(".")}
        if names.keys() <= said:
            self.answer = ".".join(names)
            return cleaned
        self.answer = ".".join(names)
        for key in list(names.values())[:_SHOWN]:
            each = found[key]
            self.asked.append(
                AskedAbout(LABELS[each.kind], hinted(text[each.start : each.end], each.kind))
            )
        raise ValidationError(
            _(
                "There is something in it that may be somebody's personal data, and everyone who opens the page will "
                "see it. Is it yours to publish, or has the one it belongs to agreed?"
            ),
            code=MINE,
        )

    def _said(self) -> list[str]:
        sent = self.data
        return sent.getlist(MINE) if hasattr(sent, "getlist") else [str(sent.get(MINE, ""))]


def _name_of(key: str) -> str:
    """A find's name in the form: short, and made by this site alone, so that nobody answers who was not asked."""
    return salted_hmac(__name__, key_of(key), algorithm="sha256").hexdigest()[:12]
