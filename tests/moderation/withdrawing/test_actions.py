"""A picture, a line or a message is out of sight everywhere, told to whose it is, and back when that is undone."""

import pytest

from forums.activities.models import Activity
from forums.base.errors import NotAllowed
from forums.moderation.appeals.actions import appeal, overturn
from forums.moderation.appeals.models import Appeal, AppealOutcome
from forums.moderation.cases.kinds import OFFERS
from forums.moderation.models import Act, Decision
from forums.moderation.queue.actions import answer_case
from forums.moderation.queue.models import Case
from forums.moderation.registry import removal_of, undoing_of
from forums.moderation.reports.actions import report
from forums.moderation.reports.things import REPORTED
from forums.moderation.subjects import subject_at
from forums.moderation.withdrawing.actions import (
    put_back,
    withdraw_line,
    withdraw_message,
    withdraw_picture,
)
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Email
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from tests.make import (
    join,
    make_activity,
    make_board,
    make_board_of,
    make_member,
    make_network,
    make_topic,
)
from tests.moderation.withdrawing.conftest import WHY
from tests.security.world import png
from tests.threads import in_threads


def test_whatever_can_be_reported_can_be_acted_upon_taken_down_and_shown_again():
    assert set(OFFERS) == REPORTED
    for kind in REPORTED - {"post"}:  # a comment is deleted, by its own noun
        assert removal_of(kind) is not None, kind
    for about in ("topic", "post", "activity", "network", "member"):
        assert undoing_of(Decision(act=Act.WITHDRAW, **{f"{about}_id": 1})) is not None


# -- pictures -----------------------------------------------------------------------------------------


def image(picture) -> str:
    return f"{picture.address}/{picture.sizes[0]}.webp"


def test_a_picture_is_gone_from_its_address_and_its_text_and_comes_back(
    as_, picture, post, malee, somchai, moderator
):
    decision = withdraw_picture(moderator=moderator, picture=picture, reason=WHY)
    assert (decision.post, decision.act) == (post, Act.WITHDRAW)
    for reader in (None, somchai, malee):
        assert as_(reader).get(image(picture)).status_code == 404
    assert as_(moderator).get(image(picture)).status_code == 200
    post.refresh_from_db()
    assert "<img" not in post.body_html
    assert withdraw_picture(moderator=moderator, picture=picture, reason=WHY) is None

    back = put_back(moderator=moderator, decision=decision, reason="ดูใหม่แล้ว")
    assert (back.post, back.act) == (post, Act.PUT_BACK)
    assert as_(None).get(image(picture)).status_code == 200
    post.refresh_from_db()
    assert str(picture.pk) in post.body_html
    assert put_back(moderator=moderator, decision=decision, reason="อีกครั้ง") is None


def test_an_edit_does_not_bring_a_picture_back(as_, picture, post, malee, moderator):
    withdraw_picture(moderator=moderator, picture=picture, reason=WHY)
    body = f"แก้คำ\n\n{markdown(picture)}"
    as_(malee).post(f"/p/{post.pk}/edit/", {"body": body, "reason": "แก้คำ"})
    post.refresh_from_db()
    assert "แก้คำ" in post.body_html
    assert "<img" not in post.body_html


def test_a_moderators_own_picture_is_taken_out_of_her_text_too(moderator, somchai):
    picture = save_picture(uploader=somchai, file=png(), alt="รูป")
    topic = make_topic(somchai, body=f"ดูรูป\n\n{markdown(picture)}")
    type(somchai).objects.filter(pk=somchai.pk).update(is_staff=True)
    decision = withdraw_picture(moderator=moderator, picture=picture, reason=WHY)
    assert decision.topic == topic
    assert "<img" not in topic.posts.get(number=0).body_html


def test_of_a_topic_the_cover_goes_along_and_comes_back(picture, malee, moderator):
    topic = make_topic(malee, body="บทความ", kind="article", cover=picture)
    decision = withdraw_picture(moderator=moderator, picture=picture, reason=WHY)
    topic.refresh_from_db()
    assert topic.cover is None
    put_back(moderator=moderator, decision=decision, reason="ดูใหม่แล้ว")
    topic.refresh_from_db()
    assert topic.cover == picture


def test_a_picture_of_an_activity_and_a_document_of_a_ledger(
    as_, picture, network, line, malee, moderator
):
    activity = make_activity(network, malee, body=f"แผนที่\n\n{markdown(picture)}")
    decision = withdraw_picture(moderator=moderator, picture=picture, reason=WHY)
    assert decision.activity == activity
    assert "<img" not in Activity.objects.get(pk=activity.pk).body_html

    document = save_picture(uploader=malee, file=png(), alt="ใบเสร็จ")
    type(line).objects.filter(pk=line.pk).update(document=document)
    decision = withdraw_picture(moderator=moderator, picture=document, reason=WHY)
    assert decision.network == network
    money = f"{network.get_absolute_url()}money/"
    for page in (money, f"{money}csv/"):
        assert str(document.pk) not in as_(None).get(page).content.decode()
    assert "ค่าน้ำมัน" in as_(None).get(money).content.decode()


def test_the_networks_moderators_take_pictures_out_of_their_boards_alone(network, malee, somchai):
    join(network, somchai, role="moderator")
    here, there = (
        make_topic(make_member(), board=board)
        for board in (make_board_of(network, "everyone"), make_board())
    )
    for topic, may in ((here, True), (there, False)):
        picture = save_picture(uploader=topic.author, file=png(), alt="รูป")
        type(picture).objects.filter(pk=picture.pk).update(post=topic.posts.get(number=0))
        if may:
            made = withdraw_picture(moderator=somchai, picture=picture, reason=WHY)
            assert made.details["network"] == network.pk
        else:
            with pytest.raises(NotAllowed):
                withdraw_picture(moderator=somchai, picture=picture, reason=WHY)


def test_two_who_take_a_picture_out_at_once_decide_once(transactional_db):
    owner, first, second = make_member(), make_member(is_staff=True), make_member(is_staff=True)
    picture = save_picture(uploader=owner, file=png(), alt="รูป")
    make_topic(owner, body=f"ดูรูป\n\n{markdown(picture)}")
    in_threads(
        lambda who: withdraw_picture(moderator=who, picture=picture, reason=WHY), [first, second]
    )
    assert Decision.objects.filter(act=Act.WITHDRAW).count() == 1


# -- lines ----------------------------------------------------------------------------------------------


def test_a_line_is_gone_from_pages_sums_file_and_history(as_, network, line, malee, moderator):
    money = f"{network.get_absolute_url()}money/"
    pages = [money, f"{money}history/", f"{money}history/?line={line.pk}", f"{money}csv/"]
    decision = withdraw_line(moderator=moderator, line=line, reason=WHY)
    assert decision.network == network
    for reader in (None, malee):
        for page in pages:
            text = as_(reader).get(page).content.decode()
            assert "ทองดี" not in text, page
            assert "ค่าน้ำมัน" not in text, page
        assert "2,469.00" not in as_(reader).get(money).content.decode()
    assert as_(malee).get(f"{money}{line.pk}/edit/").status_code == 404
    assert "ผู้ดูแลเอารายการนี้ออก" in as_(None).get(f"{money}history/").content.decode()

    put_back(moderator=moderator, decision=decision, reason="ดูใหม่แล้ว")
    assert "ค่าน้ำมัน" in as_(None).get(money).content.decode()
    assert "2,469.00" in as_(None).get(money).content.decode()


def test_the_networks_coordinators_are_told_of_a_line(as_, network, line, malee, moderator):
    decision = withdraw_line(moderator=moderator, line=line, reason=WHY)
    spread()
    assert WHY in as_(malee).get("/notifications/").content.decode()
    page = as_(malee).get(f"/decisions/{decision.pk}/").content.decode()
    assert WHY in page
    assert "รายการเงิน" in page


# -- messages -----------------------------------------------------------------------------------------


def test_a_message_is_read_by_who_wrote_it_alone(as_, message, malee, somchai, moderator):
    decision = withdraw_message(moderator=moderator, message=message, reason=WHY)
    there = f"/messages/{message.conversation_id}/"
    hers, his = (as_(each).get(there).content.decode() for each in (malee, somchai))
    assert "คำร้าย" in hers
    assert "คำร้าย" not in his
    assert "ผู้ดูแลเอาข้อความนี้ออก" in his
    assert "คำร้าย" not in as_(somchai).get("/messages/").content.decode()
    assert as_(somchai).get(f"/report/message/{message.pk}/").status_code == 404
    put_back(moderator=moderator, decision=decision, reason="ดูใหม่แล้ว")
    assert "คำร้าย" in as_(somchai).get(there).content.decode()


def test_the_log_tells_of_a_message_neither_whose_it_was_nor_to_whom(
    as_, message, malee, somchai, moderator
):
    withdraw_message(moderator=moderator, message=message, reason=WHY)
    page = as_(None).get("/moderation/log/").content.decode()
    assert "ข้อความส่วนตัว" in page
    for hidden in (malee.handle, somchai.handle, str(malee), str(somchai), "คำร้าย"):
        assert hidden not in page


def test_its_writer_is_told_with_reasons_and_who_got_it_is_not(
    as_, message, malee, somchai, moderator
):
    decision = withdraw_message(moderator=moderator, message=message, reason=WHY)
    assert Email.objects.filter(kind="statement", member=malee).exists()
    spread()
    assert WHY in as_(malee).get("/notifications/").content.decode()
    assert WHY not in as_(somchai).get("/notifications/").content.decode()
    page = as_(malee).get(f"/decisions/{decision.pk}/").content.decode()
    assert "ข้อความส่วนตัวของท่าน" in page


# -- in the queue, and asked again ---------------------------------------------------------------------


def test_a_case_of_each_ends_with_taking_it_out(post, picture, line, message, somchai, moderator):
    for kind, thing in (("picture", picture), ("line", line), ("message", message)):
        subject = subject_at(kind, str(thing.pk), somchai)
        report(member=somchai, subject=subject, problem="personal")
        case = Case.objects.get(subject=kind)
        decision = answer_case(moderator=moderator, case=case, answer="withdraw", grounds=WHY)
        assert decision.details[kind] == (str(thing.pk) if kind == "picture" else thing.pk)
        thing.refresh_from_db()
        assert thing.hidden_at is not None


def test_of_two_pictures_the_one_that_is_shown_again_answers_its_own_appeal(
    malee, somchai, moderator
):
    first, second = (save_picture(uploader=malee, file=png(), alt=alt) for alt in ("ก", "ข"))
    make_topic(malee, body=f"{markdown(first)}\n\n{markdown(second)}")
    decisions = [
        withdraw_picture(moderator=moderator, picture=each, reason=WHY) for each in (first, second)
    ]
    asked = [appeal(member=malee, decision=each, words="เป็นรูปของฉัน") for each in decisions]
    overturn(moderator=make_member(is_staff=True), appeal=asked[0], reason="เป็นรูปของเธอจริง")
    first.refresh_from_db()
    second.refresh_from_db()
    assert first.hidden_at is None
    assert second.hidden_at is not None
    assert Appeal.objects.get(pk=asked[0].pk).outcome == AppealOutcome.OVERTURNED
    assert Appeal.objects.get(pk=asked[1].pk).outcome == ""


def test_the_desk_of_decisions_shows_it_again(as_, picture, post, moderator):
    decision = withdraw_picture(moderator=moderator, picture=picture, reason=WHY)
    desk = "/admin/forums/decision/"
    act = f"{desk}act/put_back/?ids={decision.pk}"
    assert (
        act.replace("&", "&amp;")
        in as_(moderator).get(f"{desk}{decision.pk}/change/").content.decode()
    )
    assert picture.address in as_(moderator).get(f"{desk}{decision.pk}/change/").content.decode()
    as_(moderator).post(act, {"reason": "ดูใหม่แล้ว"})
    picture.refresh_from_db()
    assert picture.hidden_at is None
    assert "put_back" not in as_(moderator).get(f"{desk}{decision.pk}/change/").content.decode()


def test_whose_it_is_does_not_show_it_again_herself(
    picture, post, message, malee, somchai, moderator
):
    decisions = [
        withdraw_picture(moderator=moderator, picture=picture, reason=WHY),
        withdraw_message(moderator=moderator, message=message, reason=WHY),
    ]
    type(malee).objects.filter(pk__in=[malee.pk, somchai.pk]).update(is_staff=True)
    malee.refresh_from_db()
    somchai.refresh_from_db()
    for decision in decisions:
        with pytest.raises(NotAllowed):
            put_back(moderator=malee, decision=decision, reason="ของฉันเอง")
    with pytest.raises(NotAllowed):  # it was said to him
        put_back(moderator=somchai, decision=decisions[1], reason="ของฉันเอง")


def test_a_hidden_networks_line_can_be_found_by_moderators_alone(line, malee, somchai, moderator):
    withdraw_line(moderator=moderator, line=line, reason=WHY)
    assert subject_at("line", str(line.pk), moderator) is not None
    for other in (malee, somchai, None):
        assert subject_at("line", str(line.pk), other) is None


def test_another_network_is_not_told(as_, line, moderator):
    other = make_member()
    make_network("คนรักดอย", other)
    decision = withdraw_line(moderator=moderator, line=line, reason=WHY)
    assert as_(other).get(f"/decisions/{decision.pk}/").status_code == 404
