"""From what was typed about a network to what is stored: cleaned, measured, or refused with words."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import BadText
from forums.base.limits import fitting, fitting_line, fitting_name
from forums.groups.networks.models import AIM_LENGTH, NAME_LENGTH, QUESTION_LENGTH, STORY_LENGTH
from forums.pictures.bodies import written
from forums.text.reading_dates import BUDDHIST, BUDDHIST_YEARS
from forums.text.render import RENDERER_VERSION
from forums.text.thai import clean_line, clean_text

OLDEST = 1782  # nothing here is older than the city of its capital


def clean_name(name: str) -> str:
    """The name as it is stored. Raises BadText when nothing visible is left, or too much is."""
    return fitting_name(name, NAME_LENGTH, nothing=_("Please give the network a name."))


def clean_aim(aim: str) -> str:
    """The aim as it is stored. Raises BadText when nothing visible is left, or too much is."""
    nothing = _("Please say in one sentence what the network is for.")
    return fitting_line(aim, AIM_LENGTH, nothing=nothing)


def clean_story(story: str) -> str:
    """The story as it is stored; it may be empty. Raises BadText for one too long."""
    return fitting(clean_text(story).strip(), STORY_LENGTH)


def clean_questions(questions: Sequence[str]) -> list[str]:
    """Up to two questions, without the empty ones. Raises BadText for one too long."""
    cleaned = [fitting_line(question, QUESTION_LENGTH) for question in questions]
    return [question for question in cleaned if question][:2]


def read_year(typed: str, *, today: date | None = None) -> int | None:
    """The year of the common era that was typed, in either era, in any digits; None for nothing.

    From 2400 on it is of the Buddhist Era. Raises BadText for what is no year, or is still to come.
    """
    today = today or timezone.localdate()
    typed = clean_line(typed)
    for era in ("พ.ศ.", "ค.ศ.", "พศ", "คศ"):
        typed = typed.removeprefix(era)
    typed = typed.strip()
    if not typed:
        return None
    this = {"year": today.year + BUDDHIST}
    if not (typed.isdigit() and len(typed) == 4):  # Thai digits are digits
        raise BadText(_("Please write the year in full, like %(year)d.") % this)
    year = int(typed)
    if year in BUDDHIST_YEARS:
        year -= BUDDHIST
    if year > today.year:
        raise BadText(_("This year is still to come. This one is %(year)d.") % this)
    if year < OLDEST:
        raise BadText(_("This year cannot be right. This one is %(year)d.") % this)
    return year


def story_html(story: str, *, before: str = "") -> dict[str, object]:
    """What is stored of a story in the place of `before`: as typed, as HTML, and which renderer made that.

    It shows pictures that everyone may see, whoever writes it. Raises PictureGone.
    """
    html = written(story, writer=None, before=before).html if story else ""
    return {"story": story, "story_html": html, "renderer_version": RENDERER_VERSION}
