"""The two bodies of a letter, both made of the same words: plain text, and HTML in the one shell all letters wear.

The HTML holds no picture and loads nothing; an address of this site is a link in it, any other stays text.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.headerregistry import HeaderRegistry, UnstructuredHeader
from email.policy import default
from typing import Any, NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import get_language

SIGNATURE = "\n-- \n"  # between what a letter says and who sends it, as mail programs know it
_PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class MailItem:
    """A thing a letter tells of: its title leads to `url`, a whole address; `about` says who, where or how many."""

    title: str
    url: str
    about: str = ""
    quote: str = ""  # its first words


@dataclass(frozen=True, slots=True)
class MailSection:
    """Things under one heading; `more` says that there are others."""

    heading: str
    items: Sequence[MailItem]
    more: str = ""


class MailLine(NamedTuple):
    """A line of a letter: its words, and the address of this site that it ends with, or ''."""

    words: str
    url: str


class _WholeHeader(UnstructuredHeader):
    """A header whose one long word stays as it is: Python would write it in encoded pieces, which no program takes for a link."""

    name: str  # of the base the registry puts beside it

    def fold(self, *, policy: Any) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _WholeHeader)  # type: ignore[arg-type] # with a base, it is one


class _Letter(EmailMultiAlternatives):
    def message(self, *, policy: Any = default) -> Any:
        return super().message(policy=policy.clone(header_factory=_HEADERS))


def letter(
    *,
    subject: str,
    to: str,
    body: str,
    foot: Sequence[str],
    title: str = "",
    sections: Sequence[MailSection] = (),
    headers: Mapping[str, str] | None = None,
) -> EmailMessage:
    """A letter with both bodies: what stands in sections, then `body` by paragraphs, then lines that say why it came.

    `title` is the heading of the HTML, where it is not what the body begins with.
    """
    parts = [*map(_section_in_words, sections), body.strip()]
    plain = "\n\n".join(filter(None, parts)) + "\n" + SIGNATURE + "\n".join(foot) + "\n"
    message = _Letter(subject, plain, to=[to], headers=dict(headers or {}))
    _add_html(message, title=title, sections=sections, body=body, foot=foot)
    return message


def with_html(message: EmailMessage) -> EmailMessage:
    """A letter of plain text alone, as allauth makes it, with its HTML beside it."""
    assert isinstance(message, EmailMultiAlternatives)  # noqa: S101 - what allauth makes of a text
    body, signature, foot = str(message.body).rpartition(SIGNATURE)
    if not signature:
        body, foot = foot, ""
    _add_html(message, title="", sections=(), body=body, foot=foot.strip().splitlines())
    return message


def _add_html(
    message: EmailMultiAlternatives,
    *,
    title: str,
    sections: Sequence[MailSection],
    body: str,
    foot: Sequence[str],
) -> None:
    context = {
        "language": get_language(),
        "subject": message.subject,
        "title": title,
        "sections": sections,
        "paragraphs": _paragraphs(body),
        "foot": [_line(line) for line in foot],
    }
    message.attach_alternative(render_to_string("mail/shell.html", context), "text/html")


def _section_in_words(section: MailSection) -> str:
    items = [
        "\n".join(
            filter(None, [item.title, item.about, item.quote and f"> {item.quote}", item.url])
        )
        for item in section.items
    ]
    return "\n\n".join(filter(None, [section.heading, *items, section.more]))


def _paragraphs(body: str) -> list[list[MailLine]]:
    """The lines of each paragraph. Where the last one ends in an address, that stands alone: it is the button."""
    found = [
        [_line(line) for line in paragraph.splitlines()]
        for paragraph in _PARAGRAPHS.split(body.strip())
        if paragraph.strip()
    ]
    *words, address = found[-1] if found else [MailLine("", "")]
    if words and address.url and not address.words and not any(line.url for line in words):
        found[-1:] = [words, [address]]
    return found


def _line(text: str) -> MailLine:
    site = re.escape(settings.SITE_URL)
    found = re.search(rf"(?:^|\s)({site}(?:[/?#]\S*)?)\s*$", text)
    if found is None:
        return MailLine(text, "")
    return MailLine(text[: found.start()].strip().removesuffix(":"), found[1])
