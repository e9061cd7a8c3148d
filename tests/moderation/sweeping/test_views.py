"""The page that takes everything of a spammer."""

from forums.moderation.sweeping.models import Sweep
from forums.moderation.watched.models import WatchedEntry
from tests.make import make_member, make_post, make_topic


def test_it_is_shown_taken_and_undone(as_, moderator):
    spammer = make_member("spammer")
    topic = make_topic(author=spammer, body="ซื้อวันนี้ลดครึ่งหนึ่ง")
    here, client = f"/admin/sweep/{spammer.pk}/", as_(moderator)
    assert "ซื้อวันนี้ลดครึ่งหนึ่ง" in client.get(here).content.decode()
    assert client.post(here, {"out": "ban", "reason": "โฆษณา"}).url == here
    topic.refresh_from_db()
    assert topic.hidden_at
    sweep = Sweep.objects.get()
    assert (
        f"{here[: -len(str(spammer.pk)) - 1]}{sweep.pk}/undo/" in client.get(here).content.decode()
    )
    assert client.post(f"/admin/sweep/{sweep.pk}/undo/").url == here
    topic.refresh_from_db()
    assert topic.hidden_at is None
    assert client.post(f"/admin/sweep/{sweep.pk}/undo/").url == here


def test_without_a_reason_nothing_is_taken_and_what_was_chosen_stays(as_, moderator):
    spammer = make_member("spammer")
    answer = as_(moderator).post(f"/admin/sweep/{spammer.pk}/", {"out": "suspend", "reason": " "})
    assert answer.status_code == 400
    assert not Sweep.objects.exists()


def test_nobody_but_moderators_comes_here_and_not_for_one_another(as_, moderator, malee):
    assert as_(malee).get(f"/admin/sweep/{malee.pk}/").status_code == 403
    assert as_(moderator).get(f"/admin/sweep/{moderator.pk}/").status_code == 403
    assert as_(moderator).get("/admin/sweep/999999/").status_code == 404


def test_a_phrase_is_asked_again_with_what_it_would_have_met(as_, moderator, malee):
    spammer = make_member("spammer")
    topic = make_topic(author=spammer, body="ซื้อวันนี้ลดครึ่งหนึ่ง")
    make_post(topic, malee, body="เขาว่า ซื้อวันนี้ลดครึ่งหนึ่ง จริงหรือ")
    here, client = f"/admin/sweep/{spammer.pk}/", as_(moderator)
    sent = {"out": "ban", "reason": "โฆษณา", "phrase": "ลดครึ่งหนึ่ง"}
    page = client.post(here, sent).content.decode()
    assert "เขาว่า ซื้อวันนี้ลดครึ่งหนึ่ง จริงหรือ" in page
    assert 'name="seen" value="ลดครึ่งหนึ่ง"' in page
    assert not Sweep.objects.exists()
    assert client.post(here, {**sent, "seen": "ลดครึ่งหนึ่ง"}).url == here
    assert WatchedEntry.objects.get().text == "ลดครึ่งหนึ่ง"
