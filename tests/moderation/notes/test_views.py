"""The page of notes about a member."""

from forums.moderation.notes.models import StaffNote
from tests.make import make_post, make_topic


def test_a_note_is_written_shown_and_taken_away(as_, moderator, malee):
    here = f"/admin/notes/{malee.pk}/"
    client = as_(moderator)
    assert client.post(here, {"text": "โทรคุยแล้ว จะลบเอง", "days": "30"}).url == here
    assert "โทรคุยแล้ว จะลบเอง" in client.get(here).content.decode()
    note = StaffNote.objects.get()
    assert client.post(f"/admin/notes/{note.pk}/gone/").url == here
    assert not StaffNote.objects.exists()


def test_what_is_wrong_is_said_and_what_was_typed_stays(as_, moderator, malee):
    answer = as_(moderator).post(f"/admin/notes/{malee.pk}/", {"text": "คำที่พิมพ์ไว้", "days": "7"})
    assert answer.status_code == 400
    assert "คำที่พิมพ์ไว้" in answer.content.decode()


def test_ones_own_page_of_notes_is_not_there(as_, moderator, malee):
    assert as_(moderator).get(f"/admin/notes/{moderator.pk}/").status_code == 404
    assert as_(malee).get(f"/admin/notes/{malee.pk}/").status_code == 403


def test_the_members_desk_leads_there(as_, moderator, malee):
    make_post(make_topic(malee), malee)
    page = as_(moderator).get(f"/admin/accounts/member/{malee.pk}/change/").content.decode()
    assert f"/admin/notes/{malee.pk}/" in page
