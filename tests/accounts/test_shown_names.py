"""Nobody shows a moderator's name or the house's; and who moderates is said in words."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions import save_profile
from accounts.models import Member
from forums.moderation.actions import appoint, dismiss
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_signup import form
from tests.make import join as join_network
from tests.make import make_member, make_network, make_post, make_topic

pytestmark = pytest.mark.django_db
MARK = '<b class="staff">ผู้ดูแลเว็บ</b>'


@pytest.fixture
def wanna() -> Member:
    return make_member("wanna", display_name="วรรณา ใจดี", is_staff=True)


@pytest.fixture
def boss() -> Member:
    return make_member("boss", is_staff=True, is_superuser=True)


def show(member: Member, name: str, bio: str = "") -> Member:
    save_profile(member=member, display_name=name, bio=bio, province="", links=[])
    member.refresh_from_db()
    return member


@pytest.mark.parametrize(
    "name", ["วรรณา ใจดี", "วรรณา.ใจดี", "วรรณาใจดี 2", "Wanna", "wаnna", "ร้อยพลัง"]
)
def test_a_name_like_a_moderators_or_the_houses_is_refused(malee, wanna, name):
    with pytest.raises(ValidationError, match="คนดูแล"):
        show(malee, name)


def test_the_form_says_so_and_keeps_what_was_typed_and_no_picture_is_changed(malee, wanna, as_):
    from tests.accounts.test_views import picture

    fields = {"display_name": "วรรณา ใจดี", "bio": "คนปลูกป่า", "picture": picture((80, 80))}
    answer = as_(malee).post("/settings/profile/", fields)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "คนอ่านอาจเข้าใจว่าเป็นผู้ดูแลเว็บ" in page
    assert "วรรณา ใจดี" in page
    assert "คนปลูกป่า" in page
    malee.refresh_from_db()
    assert malee.picture is None
    badge = as_(malee).post("/settings/profile/", {"display_name": "มาลี ✔"})
    assert "เครื่องหมายถูก" in badge.content.decode()


def test_others_names_are_nobodys_and_moderators_keep_theirs(malee, somchai, wanna):
    assert show(malee, "สมชาย ตั้งใจดี").display_name == somchai.display_name  # two people of one name
    assert show(wanna, "วรรณา ทีมร้อยพลัง").display_name == "วรรณา ทีมร้อยพลัง"
    assert show(wanna, "วรรณา ทีมร้อยพลัง", "ใหม่").bio == "ใหม่"


def test_a_name_she_has_stays_hers_until_she_changes_it(join, boss):
    """Also when somebody of the same name is appointed."""
    malee = join("nok", "nok@example.org", display_name="ผู้ดูแลป่า")
    assert show(malee, "ผู้ดูแลป่า", "ใหม่").bio == "ใหม่"
    twin = make_member("twin", display_name="ผู้ดูแลป่า")
    appoint(moderator=boss, member=twin, reason="ช่วยกันดูแล")
    assert show(malee, "ผู้ดูแลป่า").display_name == "ผู้ดูแลป่า"
    assert show(malee, "").display_name == "nok"
    with pytest.raises(ValidationError):
        show(malee, "ผู้ดูแลป่า")


def test_nobody_signs_up_with_a_handle_like_the_name_a_moderator_shows(wanna):
    answer = Client().post("/accounts/signup/", form(username="วรรณา.ใจดี", password1=PASSWORD))
    assert answer.status_code == 200
    assert not Member.objects.filter(handle="วรรณา.ใจดี").exists()


def test_who_moderates_is_marked_on_every_page_and_no_more_when_she_resigned(
    board, wanna, boss, malee, as_
):
    topic = make_topic(wanna, board)
    comment = make_post(topic, wanna)
    make_post(topic, malee)
    network = make_network("คนรักคลอง", malee)
    join_network(network, wanna)
    pages = {
        topic.get_absolute_url(): 2,
        f"/p/{comment.pk}/": 1,
        wanna.get_absolute_url(): 1,
        f"{network.get_absolute_url()}members/": 1,
        malee.get_absolute_url(): 0,
    }

    def marks() -> dict[str, int]:
        client = as_(malee)  # a network shows its members to members
        return {page: client.get(page, follow=True).content.decode().count(MARK) for page in pages}

    told = marks()
    told[f"/p/{comment.pk}/"] = min(told[f"/p/{comment.pk}/"], 1)
    assert told == pages
    dismiss(moderator=boss, member=wanna, reason="พักงาน")
    assert set(marks().values()) == {0}


def test_the_mark_costs_no_question(board, wanna):
    topic = make_topic(wanna, board)

    def asked() -> int:
        Client().get(topic.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            Client().get(topic.get_absolute_url())
        return len(queries)

    with_mark = asked()
    Member.objects.filter(pk=wanna.pk).update(is_staff=False)
    assert asked() == with_mark
