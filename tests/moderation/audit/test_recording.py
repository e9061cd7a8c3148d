"""Every form of the admin leaves a line: who, when, which page, about what, from where; never what was written."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.moderation.audit.actions import forget_addresses, record
from forums.moderation.audit.models import AdminAct
from tests.make import make_member
from tests.passkeys import give_passkey

pytestmark = pytest.mark.django_db
AT = "/admin/forums/adminact/"


@pytest.fixture
def head(db):
    return make_member("head", is_staff=True, is_superuser=True)


def test_an_act_on_a_desk_is_written_down(as_, head, malee):
    at = f"/admin/accounts/member/act/appoint/?ids={malee.pk}"
    as_(head).post(at, {"reason": "ความลับของคำตัดสิน"}, REMOTE_ADDR="203.0.113.7")
    act = AdminAct.objects.get()
    assert (act.member, act.page) == (head, "admin:accounts_member_act")
    assert act.about == f"act=appoint ids={malee.pk}"
    assert act.fields == ["reason"]
    assert (act.status, act.address) == (302, "203.0.113.7")


def test_what_an_administrator_writes_by_hand_is_written_down_too(as_, head):
    page = {"title": "กติกา", "slug": "rules", "body": "ใหม่", "position": 10}
    as_(head).post("/admin/forums/page/add/", page)
    as_(head).post("/admin/forums/page/add/", page | {"title": ""})
    assert list(AdminAct.objects.order_by("id").values_list("page", "status")) == [
        ("admin:forums_page_add", 302),
        ("admin:forums_page_add", 200),
    ]


def test_what_is_refused_leaves_a_line_as_well(as_, moderator, head, malee, settings):
    as_(moderator).post(f"/admin/accounts/member/act/appoint/?ids={malee.pk}", {"reason": "ดี"})
    as_(moderator).post(f"/admin/sweep/{head.pk}/", {"reason": "โฆษณา"})
    settings.STAFF_SECOND_FACTOR = True
    give_passkey(moderator)
    as_(moderator).post(f"/admin/sweep/{malee.pk}/", {"reason": "โฆษณา"})  # without a fresh proof
    assert list(AdminAct.objects.order_by("id").values_list("page", "status")) == [
        ("admin:accounts_member_act", 403),
        ("sweep", 403),
        ("sweep", 403),
    ]


def test_looking_leaves_no_line_and_strangers_neither(as_, moderator, malee):
    as_(moderator).get("/admin/")
    as_(malee).post("/admin/forums/page/add/", {})
    as_(None).post("/admin/forums/page/add/", {})
    assert not AdminAct.objects.exists()


def test_a_line_is_never_unsaid_but_its_address_is_forgotten(moderator):
    act = record(
        member=moderator, page="admin:x", about="", fields=["a"], status=302, address="203.0.113.7"
    )
    for unsaying in (
        lambda: AdminAct.objects.update(page="admin:y"),
        lambda: AdminAct.objects.update(page="admin:y", address=None),
        lambda: AdminAct.objects.filter(pk=act.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            unsaying()
    forget_addresses(timezone.now())
    assert AdminAct.objects.get().address == "203.0.113.7"
    forget_addresses(timezone.now() + timedelta(days=91))
    assert AdminAct.objects.get().address is None


def test_administrators_read_it_and_moderators_do_not(as_, head, moderator, malee):
    as_(moderator).post(f"/admin/accounts/member/act/suspend/?ids={malee.pk}", {"reason": "ทดลอง"})
    act = AdminAct.objects.get()
    assert as_(moderator).get(AT).status_code == 403
    assert "admin:accounts_member_act" in as_(head).get(AT).content.decode()
    assert as_(head).get(f"{AT}?q=@moderator").status_code == 200
    assert "suspend" in as_(head).get(f"{AT}{act.pk}/change/").content.decode()
    assert as_(head).post(f"{AT}{act.pk}/delete/", {"post": "yes"}).status_code == 403


def test_odd_forms_leave_a_line_and_no_error(as_, head):
    sent = {f"f{n}": "x" for n in range(60)} | {"n" * 200: "x"}
    assert as_(head).post("/admin/forums/page/add/?ids=" + "9" * 900, sent).status_code == 200
    act = AdminAct.objects.get()
    assert len(act.fields) == 40
    assert len(act.about) <= 200
