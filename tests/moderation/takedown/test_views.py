"""The desk for outsiders: no account, a receipt nobody guesses, what was typed comes back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from forums.base.errors import NotAllowed
from forums.moderation.actions import hide_post
from forums.moderation.queue.actions import answer_case
from forums.moderation.queue.models import Case
from forums.moderation.takedown.actions import CASE, ask_for_more
from forums.moderation.takedown.models import Notice, SealedCopy, SealedLook
from forums.notifications.models import Email
from forums.pages.actions import save_page
from tests.make import make_member, make_post, make_topic

FORM = {
    "harm": "personal",
    "words": "ย่อหน้าแรกบอกที่อยู่ของข้าพเจ้า",
    "notifier": "person",
    "name": "ทองดี",
    "email": "thongdi@example.org",
    "truth": "on",
}


@pytest.fixture
def form(post):
    return FORM | {"address": f"http://testserver/p/{post.pk}/"}


@pytest.fixture(autouse=True)
def _this_site(settings):
    settings.FORUMS_SITE_HOST = "testserver"


def test_a_visitor_gives_a_notice_and_looks_its_state_up(as_, form):
    visitor = as_(None)
    answer = visitor.post("/takedown/", form, follow=True)
    notice = Notice.objects.get()
    text = answer.content.decode()
    assert answer.redirect_chain == [(f"/takedown/{notice.receipt}/", 302)]
    for said in (notice.receipt, "กำลังดูอยู่", "รับเรื่องแล้ว", "จะตอบภายใน"):
        assert said in text
    assert "thongdi@example.org" not in text
    assert "noindex" in text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        *(("address", "https://example.com/t/1/"), ("address", "/t/999999/"), ("words", "\u200b")),
        *(("email", "no mail"), ("harm", "x"), ("truth", ""), ("name", "")),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(as_, form, field, value):
    answer = as_(None).post("/takedown/", form | {field: value})
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "ทองดี" in text or field == "name"
    assert "ย่อหน้าแรก" in text or field == "words"
    assert not Notice.objects.exists()


def test_a_lawyer_corrects_the_forms_words_in_the_admin(as_):
    visitor = as_(None)
    assert "เป็นความจริงเท่าที่ฉันรู้" in visitor.get("/takedown/").content.decode()
    for name, words in (("intro", "ก่อนแจ้ง"), ("truth", "ข้าพเจ้ารับรอง"), ("after", "หลังแจ้ง")):
        save_page(slug=f"takedown-{name}", title="ถ้อยคำ", body=f"{words} **ดังนี้**", in_footer=False)
    page = visitor.get("/takedown/").content.decode()
    for said in ("ก่อนแจ้ง <strong>ดังนี้</strong>", "ข้าพเจ้ารับรอง ดังนี้", "หลังแจ้ง"):
        assert said in page
    assert "เป็นความจริงเท่าที่ฉันรู้" not in page


def test_who_has_only_the_receipt_finds_the_notice_by_it(as_, form):
    visitor = as_(None)
    visitor.post("/takedown/", form)
    notice = Notice.objects.get()
    typed = f" {notice.receipt[:8].upper()} {notice.receipt[8:]} "
    found = visitor.get("/takedown/", {"receipt": typed})
    assert (found.status_code, found.url) == (302, f"/takedown/{notice.receipt}/")
    for wrong in ("nothing", ""):
        answer = visitor.get("/takedown/", {"receipt": wrong})
        assert answer.status_code == 404
        assert "wrong" in answer.content.decode()


def test_what_was_sent_wrongly_counts_for_its_pace(as_, form):
    visitor = as_(None)
    wrong = form | {"address": "/t/999999/"}
    assert [visitor.post("/takedown/", wrong).status_code for _ in range(6)] == [400] * 5 + [429]


def test_a_hidden_comment_is_not_told_from_one_that_never_was(as_, form, moderator):
    topic = make_topic()
    post = make_post(topic)
    hide_post(moderator=moderator, post=post, reason="ไม่เหมาะ")
    for pk in (post.pk, 999_999_999):
        named = form | {"address": f"{topic.get_absolute_url()}#p{pk}"}
        assert as_(None).post("/takedown/", named).status_code == 400


def test_a_silenced_member_gives_one_as_who_is_signed_out(as_, form, malee):
    Member.objects.filter(pk=malee.pk).update(silenced_until=timezone.now() + timedelta(days=1))
    malee.refresh_from_db()
    assert as_(malee).post("/takedown/", form).status_code == 302


def test_who_wrote_it_hears_nothing_of_a_notice_though_she_moderates(
    as_, given, somchai, moderator, malee
):
    Member.objects.filter(pk=somchai.pk).update(is_staff=True)
    somchai.refresh_from_db()
    notice = given()
    told = Email.objects.filter(kind="takedown_waits").values_list("member", flat=True)
    assert set(told) == {moderator.pk}
    case = Case.objects.get(kind=CASE)
    page = f"/admin/queue/{case.pk}/"
    assert notice.email in as_(moderator).get(page).content.decode()
    assert as_(somchai).get(page).status_code == 404
    assert as_(somchai).post(page, {"answer": "refuse", "reason": "ไม่จริง"}).status_code == 404
    with pytest.raises(NotAllowed):
        answer_case(moderator=somchai, case=case, answer="refuse", grounds="ไม่จริง")
    answer_case(moderator=moderator, case=case, answer="remove", grounds="บอกที่อยู่ของคนอื่น")
    Member.objects.filter(pk=somchai.pk).update(is_superuser=True)
    copy = SealedCopy.objects.get()
    somchai.refresh_from_db()
    assert as_(somchai).get(f"/admin/forums/sealedcopy/{copy.pk}/change/").status_code == 404


def test_where_only_its_writer_moderates_the_house_is_written_to(given, somchai, settings):
    Member.objects.exclude(pk=somchai.pk).update(is_staff=False)
    Member.objects.filter(pk=somchai.pk).update(is_staff=True)
    given()
    told = Email.objects.get(kind="takedown_waits")
    assert (told.member, told.address) == (None, settings.CONTACT_EMAIL)


def test_a_machine_is_slowed(as_, form):
    visitor = as_(None)
    answers = [visitor.post("/takedown/", form | {"words": f"ที่ {n}"}).status_code for n in range(6)]
    assert answers == [302] * 5 + [429]


def test_a_receipt_that_is_none_is_not_found(as_, db):
    assert as_(None).get("/takedown/abcdefghjkmnpqrstuvwxyz2/").status_code == 404


def test_what_was_asked_is_answered_on_the_receipts_page(as_, case, moderator):
    ask_for_more(moderator=moderator, case=case, reason="ย่อหน้าไหน")
    notice, visitor = Notice.objects.get(), as_(None)
    path = notice.get_absolute_url()
    assert "ย่อหน้าไหน" in visitor.get(path).content.decode()
    assert visitor.post(path, {"more": ""}).status_code == 400
    assert visitor.post(path, {"more": "ย่อหน้าแรก"}).status_code == 302
    assert Notice.objects.get().more == "ย่อหน้าแรก"
    assert visitor.post(path, {"more": "อีก"}).status_code == 409


def test_a_sealed_copy_is_read_in_the_admin_and_the_look_is_kept(as_, case, moderator, post):
    from forums.moderation.queue.actions import answer_case

    answer_case(moderator=moderator, case=case, answer="remove", grounds="บอกที่อยู่คนอื่น")
    copy = SealedCopy.objects.get()
    page = f"/admin/forums/sealedcopy/{copy.pk}/change/"
    assert as_(moderator).get(page).status_code == 403
    assert not SealedLook.objects.exists()
    head = make_member("head", is_staff=True, is_superuser=True)
    text = as_(head).get(page).content.decode()
    assert post.body in text
    assert SealedLook.objects.get().member == head
