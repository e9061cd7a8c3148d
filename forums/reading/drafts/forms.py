"""What comes with a text that is to be kept, whatever form it stands in."""

from itertools import chain
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.devices import describe
from forums.base.drafts import Token
from forums.base.errors import BadText
from forums.base.limits import fitting
from forums.reading.drafts.models import BEGINNING
from forums.reading.drafts.places import place_of
from roypalang.given_back import MAX_FIELDS, MAX_GIVEN_BACK, is_secret, labels_of

# What a form says beside what was written: which filling-in it is, which button, the panel of pictures.
_NOT_KEPT = {
    "csrfmiddlewaretoken", "submission", "send", "preview", "attach", "keep", "picture", "alt", "caption",
    "draft", "draft_place", "draft_writer", "draft_nth", "reader",
}  # fmt: skip


class SentToKeep(NamedTuple):
    """What `actions.keep` is given."""

    place: str
    fields: dict[str, list[str]]
    beginning: str
    device: str
    token: Token | None
    writer: str
    nth: int

    @classmethod
    def read(cls, request: HttpRequest) -> "SentToKeep":
        """From the whole form. Raises BadText where nothing is written, too much, or no form keeps drafts there."""
        sent = request.POST
        fields = {
            name: [str(value).replace("\0", "") for value in values]
            for name, values in sent.lists()
            if name not in _NOT_KEPT and not is_secret(name)
        }
        place = place_of(sent.get("draft_place", ""), sent)
        if not place:
            raise BadText(_("This form keeps no drafts."))
        beginning = _beginning(fields)
        length = sum(map(len, chain(fields, *fields.values())))  # names are kept, too
        fitting("" if not beginning else "x" * length, MAX_GIVEN_BACK, nothing=BadText.message)
        if len(fields) > MAX_FIELDS:
            raise BadText(_("This form keeps no drafts."))
        nth = sent.get("draft_nth", "")
        return cls(
            place=place,
            fields=fields,
            beginning=beginning,
            device=describe(request.headers.get("User-Agent", "")),
            token=Token.read(sent.get("draft", "")),
            writer=sent.get("draft_writer", "")[:32].replace("\0", ""),
            nth=int(nth) if nth.isascii() and nth.isdigit() and len(nth) < 9 else 0,
        )


def _beginning(fields: dict[str, Any]) -> str:
    """What lists show of it: its title, else the beginning of the longest text; '' where nothing is written."""
    labels = labels_of(fields)
    texts = [value for name in labels for value in fields[name]]
    title = next(iter(fields.get("title", ())), "").strip()
    longest = max(texts, key=len, default="").strip()
    if not longest:
        return ""
    return " ".join((title or longest)[: 4 * BEGINNING].split())[:BEGINNING]
