"""forums.groups.memberships.cards: a member printed by her shape is, letter for letter, the template's own output."""

from datetime import UTC, datetime
from itertools import product

from django.template.loader import render_to_string
from django.utils.translation import override

from forums.groups.memberships.cards import printed
from forums.groups.memberships.lists import MemberRow

ODD = "มาลี {name} <b>&\"' %s {0}"


def row(picture: str, duty: str, place: str, *, is_staff: bool) -> MemberRow:
    joined = datetime(2026, 11, 30, 18, tzinfo=UTC)  # 1 December in Bangkok
    return MemberRow(
        ODD,
        "/u/malee/",
        picture,
        "malee",
        is_staff,
        place,
        pk=1,
        role="",
        duty=duty,
        joined_at=joined,
    )


def test_a_shape_prints_what_the_template_prints():
    choices = product(("", "/p/{name}.webp?<"), ("", "ผู้ประสาน<"), ("", "ตรัง"), (False, True))
    for picture, duty, place, is_staff in choices:
        each = row(picture, duty, place, is_staff=is_staff)
        for leads, language in product(("", "/n/คลอง/members/"), ("th", "en")):
            said = {
                **{
                    name: getattr(each, name)
                    for name in ("name", "url", "duty", "place", "is_staff")
                },
                "picture_url": picture,
                "since": "1 ธ.ค. 2569" if language == "th" else "1 Dec 2026",
                "change": f"{leads}malee/",
            }
            with override(language):
                shown = render_to_string("memberships/_person.html", {"row": said, "led": leads})
                assert printed([each, each], leads=leads) == shown * 2


def test_nobody_is_nothing():
    assert printed([]) == ""
