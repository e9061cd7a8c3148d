"""Asked again when the terms change: reading goes on, writing needs it, nothing typed is lost."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from accounts import actions as accounts
from accounts.agreeing import has_agreed, wording
from accounts.models import Consent, Said
from forums.base.errors import NotAllowed
from forums.discussions.posts.models import Post
from forums.privacy.agreements import actions
from forums.privacy.agreements.models import Wording
from tests.clients import signed_in
from tests.make import make_member, make_topic

CHANGED = "เพิ่มเรื่องการใช้เอไอ"


@pytest.fixture
def topic(db):
    return make_topic()


def publish(**words: str) -> None:
    actions.publish(moderator=make_member(is_staff=True, is_superuser=True), said=CHANGED, **words)


def said(member) -> list[tuple[str, str]]:
    rows = Consent.objects.filter(member=member).order_by("pk")
    return list(rows.values_list("kind", "version"))


def test_the_first_wording_is_what_signing_up_asks_and_nobody_is_asked_again(db, settings):
    assert wording() == settings.CONSENT_VERSION
    assert has_agreed(make_member())


def test_after_a_new_wording_she_reads_on_and_her_text_comes_back(topic):
    member = make_member()
    browser = signed_in(member)
    publish()
    assert browser.get(topic.get_absolute_url()).status_code == 200
    answer = browser.post(f"/t/{topic.pk}/reply/", {"body": "ฝากไว้ก่อน"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "ฝากไว้ก่อน" in page
    assert "/agree/" in page
    assert not Post.objects.filter(author=member).exists()


def test_having_agreed_she_writes(topic):
    member = make_member()
    browser = signed_in(member)
    publish()
    assert CHANGED in browser.get("/agree/").content.decode()
    assert browser.post("/agree/", {}).status_code == 400
    assert browser.post("/agree/", {"consent": "on"}).status_code == 302
    assert browser.post("/agree/", {"consent": "on"}).status_code == 302
    assert said(member) == [("terms", wording()), ("notice", wording())]
    assert browser.post(f"/t/{topic.pk}/reply/", {"body": "เขียนได้แล้ว"}).status_code == 302


@pytest.mark.parametrize(
    ("version", "said"),
    [
        ("2026-11-28", "ฉบับ 28 พ.ย. 2569 เมื่อ"),
        ("2026-11-28 14:05:09", "ฉบับ 28 พ.ย. 2569 14.05 น. เมื่อ"),
        ("ฉบับทนาย", "ฉบับทนาย"),
    ],
)
def test_a_wordings_day_is_said_as_all_days_are(db, version, said):
    member = make_member()
    Consent.objects.create(member=member, version=version)
    page = signed_in(member).get("/settings/privacy/").content.decode()
    assert said in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "2026-11-28" not in page


def test_what_is_for_herself_needs_no_new_agreement(db):
    browser = signed_in(make_member())
    publish()
    assert browser.post("/settings/privacy/copy/").status_code == 302
    assert browser.post("/settings/privacy/take-back/").status_code == 302


def test_only_an_administrator_publishes(db, django_capture_on_commit_callbacks):
    with pytest.raises(NotAllowed):
        actions.publish(moderator=make_member(is_staff=True), said=CHANGED)
    boss = make_member(is_staff=True, is_superuser=True)
    browser = signed_in(boss)
    form = browser.get("/admin/forums/wording/add/").context["adminform"].form
    typed = {"said": CHANGED, "age": form["age"].value(), "terms": form["terms"].value()}
    assert "ผู้ปกครอง" in typed["age"]
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post("/admin/forums/wording/add/", typed).status_code == 302
    assert wording() != "2026-11-28"
    assert has_agreed(boss)
    assert (Wording.objects.get().age, Wording.objects.get().terms) == ("", ""), "as in the code"


def test_the_words_of_the_boxes_are_the_ones_published_last(topic):
    publish(age="ฉันอายุครบ 20 ปี", terms="ฉันตกลงตามกติกาฉบับทนาย")
    page = Client().get("/accounts/signup/").content.decode()
    assert "ฉันอายุครบ 20 ปี" in page
    assert "ฉันตกลงตามกติกาฉบับทนาย" in page
    assert "ฉบับทนาย" in signed_in(make_member()).get("/agree/").content.decode()


def test_what_she_says_of_herself_rests_on_a_consent_that_is_noted(db):
    member = make_member()
    fields = {"display_name": "", "bio": "", "province": "", "links": []}
    accounts.save_profile(member=member, **fields)
    assert said(member) == []
    accounts.save_profile(member=member, **fields | {"bio": "ชอบคลอง"})
    accounts.save_profile(member=member, **fields | {"bio": "ชอบคลองมาก"})
    consent = Consent.objects.get(member=member)
    assert (consent.kind, consent.version, consent.withdrawn_at) == (Said.PROFILE, wording(), None)
    accounts.save_profile(member=member, **fields)
    consent.refresh_from_db()
    assert consent.withdrawn_at
    accounts.set_province(member=member, province="10")
    assert len(said(member)) == 2, "given anew, noted anew"


def test_what_she_says_of_herself_is_taken_back_and_leaves_a_trace(db):
    member = make_member(bio="ชอบคลอง", province="10")
    accounts.set_province(member=member, province="11")
    browser = signed_in(member)
    page = browser.get("/settings/privacy/").content.decode()
    assert "สัญญา" in page
    assert "ถอนความยินยอม" in page
    browser.post("/settings/privacy/take-back/")
    browser.post("/settings/privacy/take-back/")
    member.refresh_from_db()
    assert (member.bio, member.province) == ("", "")
    assert Consent.objects.get(member=member).withdrawn_at
    assert "สิ้นสุดเมื่อ" in browser.get("/settings/privacy/").content.decode()


def test_a_consent_from_before_they_were_noted_leaves_a_trace_when_it_is_taken_back(db):
    member = make_member(bio="ชอบคลอง")
    actions.take_profile_back(member=member)
    trace = Consent.objects.get(member=member)
    assert (trace.kind, trace.version) == (Said.PROFILE, "")
    assert trace.withdrawn_at


def test_only_a_consent_can_be_taken_back_a_contract_cannot(db):
    member = make_member()
    actions.agree(member=member)
    with pytest.raises(IntegrityError):
        Consent.objects.update(withdrawn_at=timezone.now())


def test_without_the_age_box_nobody_signs_up(db):
    form = {
        "email": "a@example.org",
        "username": "เด็ก",
        "password1": "คลองบ้านเราใส 7",
        "consent": "on",
    }
    answer = Client().post("/accounts/signup/", form)
    assert answer.status_code == 200
    assert "ผู้ปกครอง" in answer.content.decode()
