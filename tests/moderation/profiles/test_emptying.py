"""Moderators take a profile off its page, files too; of a suspended member nothing she says of herself is shown."""

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client

from accounts.actions import save_profile, set_picture
from accounts.models import PICTURE_SIZES, Member
from forums.base.errors import BadText, NotAllowed
from forums.moderation.models import Act, Decision
from forums.moderation.profiles.actions import empty
from forums.moderation.sanctions.actions import restore, suspend
from forums.notifications.actions import deliver
from tests.accounts.test_views import picture
from tests.make import make_member, make_post, make_topic

WHY = "มีเบอร์โทรของคนอื่น"
PRIVATE = ("เบอร์ 089", "example.net/mine", "/pictures/members/")


@pytest.fixture
def owner(malee) -> Member:
    """With all there can be on a profile."""
    save_profile(
        member=malee,
        display_name="ชื่อไม่ดี",
        bio="เบอร์ 089",
        province="55",
        links=["https://example.net/mine"],
    )
    set_picture(member=malee, file=picture((80, 80)))
    malee.refresh_from_db()
    return malee


@pytest.fixture
def boss() -> Member:
    return make_member("boss", is_staff=True, is_superuser=True)


def page_of(member: Member, client: Client | None = None) -> str:
    return (client or Client()).get(member.get_absolute_url()).content.decode()


def pictures(member: Member) -> list[int]:
    paths = [f"/pictures/members/{member.picture}/{size}.webp" for size in PICTURE_SIZES]
    return [Client().get(path).status_code for path in paths]


def test_from_her_page_a_moderator_empties_it_and_the_files_are_gone(
    owner, moderator, as_, django_capture_on_commit_callbacks
):
    staff = as_(moderator)
    act = f"/admin/accounts/member/act/empty/?ids={owner.pk}"
    assert act in page_of(owner, staff)
    asked = staff.get(act).content.decode()
    assert "เก็บไว้ที่ไหนอีก" in asked  # that nothing brings it back
    with django_capture_on_commit_callbacks(execute=True):
        assert staff.post(act, {"reason": WHY}).status_code == 302
    assert pictures(owner) == [404] * 3
    page = page_of(owner)
    assert not [each for each in (*PRIVATE, "ชื่อไม่ดี", "ลำปาง") if each in page]
    emptied = Member.objects.get(pk=owner.pk)
    assert (emptied.display_name, emptied.province, emptied.links) == (owner.handle, "", [])
    decision = Decision.objects.get()
    assert (decision.act, decision.reason, decision.details) == (Act.EMPTY, WHY, {})
    assert WHY in Client().get("/moderation/log/").content.decode()
    assert staff.post(act, {"reason": WHY}).status_code == 302
    assert Decision.objects.count() == 1  # nothing was left to take off


def test_she_is_told_why_and_where_to_write_it_anew(owner, moderator):
    EmailAddress.objects.create(user=owner, email=owner.email, primary=True, verified=True)
    empty(moderator=moderator, member=owner, reason=WHY)
    deliver()
    [letter] = mail.outbox
    assert letter.to == [owner.email]
    assert letter.subject == "[ร้อยพลัง] โปรไฟล์ของท่านถูกล้าง"
    for words in (WHY, "/settings/profile/", "contact@"):
        assert words in letter.body


def test_nobody_else_does_it_and_nobody_to_herself(owner, moderator, somchai, boss):
    colleague = make_member("colleague", is_staff=True, bio="งานของฉัน")
    for who, whom in [(somchai, owner), (moderator, colleague), (colleague, colleague)]:
        with pytest.raises(NotAllowed):
            empty(moderator=who, member=whom, reason=WHY)
    with pytest.raises(BadText):
        empty(moderator=moderator, member=owner, reason=" ")
    assert empty(moderator=boss, member=colleague, reason=WHY)


def test_of_a_suspended_member_only_moderators_see_what_she_says_of_herself(
    owner, moderator, as_, somchai
):
    assert all(each in page_of(owner) for each in PRIVATE)
    suspend(moderator=moderator, member=owner, reason=WHY)
    for client in (Client(), as_(somchai)):
        page = page_of(owner, client)
        assert not [each for each in PRIVATE if each in page]
        assert "บัญชีนี้ถูกพัก" in page
    assert all(each in page_of(owner, as_(moderator)) for each in PRIVATE)


def test_nor_does_her_picture_stand_beside_what_she_wrote(owner, moderator, board, somchai):
    topic = make_topic(owner, board)
    make_post(topic, owner)
    make_post(topic, somchai)
    pages = [topic.get_absolute_url(), board.get_absolute_url(), "/"]
    assert all(str(owner.picture) in Client().get(page).content.decode() for page in pages)
    suspend(moderator=moderator, member=owner, reason=WHY)
    assert not any(str(owner.picture) in Client().get(page).content.decode() for page in pages)


def test_at_its_address_it_is_gone_and_comes_back_with_her(owner, moderator, as_, somchai):
    path = f"/pictures/members/{owner.picture}/72.webp"
    kept = {"if-none-match": Client().get(path)["ETag"]}
    suspend(moderator=moderator, member=owner, reason=WHY)
    assert pictures(owner) == [404] * 3
    for client in (Client(), as_(somchai)):
        refused = client.get(path, headers=kept)
        assert refused.status_code == 404
        assert "public" not in refused["Cache-Control"]
    decides = as_(moderator).get(path)  # it stands on the page where she decides
    assert decides.status_code == 200
    assert decides["Cache-Control"] == "private, no-store"
    restore(moderator=moderator, member=owner, reason=WHY)
    assert pictures(owner) == [200] * 3
    assert Client().get(path)["Cache-Control"] == "public, max-age=3600"


def test_a_picture_costs_one_statement_which_an_index_answers(owner, django_assert_num_queries):
    path = f"/pictures/members/{owner.picture}/72.webp"
    with django_assert_num_queries(1) as asked:
        Client().get(path)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {asked[0]['sql']}")
        assert "member_picture" in str(cursor.fetchall())


def test_a_picture_is_kept_for_an_hour_and_is_gone_when_it_was_taken_off(
    owner, moderator, django_capture_on_commit_callbacks
):
    path = f"/pictures/members/{owner.picture}/72.webp"
    served = Client().get(path)
    assert served["Cache-Control"] == "public, max-age=3600"
    again = {"if-none-match": served["ETag"]}
    assert Client().get(path, headers=again).status_code == 304
    with django_capture_on_commit_callbacks(execute=True):
        empty(moderator=moderator, member=owner, reason=WHY)
    assert Client().get(path, headers=again).status_code == 404
