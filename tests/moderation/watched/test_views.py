"""The page of the lists."""

from forums.moderation.watched.models import WatchedEntry


def test_members_do_not_see_the_lists(as_, malee):
    assert as_(malee).get("/admin/watched/").status_code in (302, 403)
    assert as_(None).get("/admin/watched/").status_code == 302


def test_a_moderator_adds_tries_and_takes_off(as_, moderator):
    browser = as_(moderator)
    sent = {"kind": "word", "text": "สล็อต", "follows": "hold", "note": "พนัน"}
    assert browser.post("/admin/watched/", sent).status_code == 302
    entry = WatchedEntry.objects.get()
    page = browser.get("/admin/watched/", {"try": "มา ส ล็ อ ต กัน"}).text
    assert "<q>ส ล็ อ ต</q>" in page
    assert browser.post(f"/admin/watched/{entry.pk}/off/").status_code == 302
    entry.refresh_from_db()
    assert entry.retired_at is not None


def test_what_is_no_entry_comes_back_with_what_was_typed(as_, moderator):
    sent = {"kind": "net", "text": "บ้านเรา", "follows": "hold"}
    page = as_(moderator).post("/admin/watched/", sent)
    assert page.status_code == 400
    assert "บ้านเรา" in page.text
