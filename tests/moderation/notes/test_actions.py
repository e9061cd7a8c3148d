"""Notes of moderators: who makes and reads them, and that they end."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed
from forums.moderation.notes.actions import MOST, forget_notes, take_note_away, write_note
from forums.moderation.notes.models import StaffNote
from tests.make import make_member


def noted(moderator, member, text="เตือนเรื่องลิงก์ไปแล้ว", days=90) -> StaffNote:
    return write_note(author=moderator, member=member, text=text, days=days)


def test_moderators_note_for_one_another_and_nobody_else_reads_it(moderator, malee, somchai):
    note = noted(moderator, malee)
    other = make_member("ผู้ดูแลอีกคน", is_staff=True)
    assert list(StaffNote.objects.visible_to(other)) == [note]
    for member in (malee, somchai, None):
        assert not StaffNote.objects.visible_to(member).exists()


def test_a_moderator_reads_no_note_about_herself(moderator):
    other = make_member("ผู้ดูแลอีกคน", is_staff=True)
    noted(other, moderator)
    assert not StaffNote.objects.visible_to(moderator).exists()


def test_members_note_nothing_and_nobody_notes_of_herself(moderator, malee, somchai):
    for author, member in ((malee, somchai), (moderator, moderator)):
        with pytest.raises(NotAllowed):
            noted(author, member)


@pytest.mark.parametrize(("text", "days"), [(" ", 90), ("ก" * 1001, 90), ("ดี", 4000)])
def test_a_note_says_something_and_ends(moderator, malee, text, days):
    with pytest.raises(BadText):
        noted(moderator, malee, text, days)


def test_there_are_never_very_many(moderator, malee):
    for _each in range(MOST):
        noted(moderator, malee)
    with pytest.raises(BadText):
        noted(moderator, malee)


def test_a_note_whose_day_has_come_is_forgotten(moderator, malee):
    short, long = noted(moderator, malee, days=30), noted(moderator, malee, days=365)
    later = timezone.now() + timedelta(days=31)
    forget_notes(later)
    assert list(StaffNote.objects.all()) == [long]
    assert short.expires_at < later


def test_one_that_is_over_is_in_force_no_more(moderator, malee):
    note = noted(moderator, malee)
    now = timezone.now()
    StaffNote.objects.update(created_at=now - timedelta(days=9), expires_at=now)
    assert note not in StaffNote.objects.in_force()


def test_any_moderator_takes_one_away_and_no_member(moderator, malee, somchai):
    note = noted(moderator, malee)
    with pytest.raises(NotAllowed):
        take_note_away(moderator=somchai, note=note)
    take_note_away(moderator=make_member(is_staff=True), note=note)
    assert not StaffNote.objects.exists()


def test_the_database_keeps_no_note_that_has_no_end(moderator, malee):
    note = noted(moderator, malee)
    with pytest.raises(IntegrityError), transaction.atomic():
        StaffNote.objects.filter(pk=note.pk).update(expires_at=note.created_at)
