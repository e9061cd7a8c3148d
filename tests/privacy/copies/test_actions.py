"""A copy of all that is hers: whole, once a day, hers alone, and gone on with after a worker was killed."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import timezone

from accounts.models import Member
from forums.base.personal import Holding, holdings
from forums.discussions.polls.actions import answer
from forums.discussions.polls.models import Poll
from forums.discussions.topics.models import Topic
from forums.knowledge.statements.actions import set_hidden
from forums.knowledge.voting.actions import vote
from forums.knowledge.voting.models import Answered
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Email, Notification
from forums.pictures.actions import save_picture
from forums.privacy.copies import actions, files, writing
from forums.privacy.copies.models import PersonalCopy
from forums.reading.bookmarks.models import Bookmark
from tests.discussions.polls.making import make_ballots, make_poll
from tests.knowledge.making import make_round, make_statement, network_in, say
from tests.make import make_member, make_post, make_topic
from tests.pictures.files import picture_file as a_picture
from tests.threads import in_threads


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.COPIES_ROOT = tmp_path / "copies"
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path


@pytest.fixture
def nong(db: None) -> Member:
    """Somebody with a bit of everything."""
    nong = make_member("nong", display_name="นงค์ รักคลอง", email="nong@example.org")
    topic = make_topic(nong, title="น้ำขึ้น")
    for number in range(7):
        make_post(topic, nong, body=f"น้ำขึ้นวันที่ {number}")
    make_post(topic, make_member("somchai"), body="ของสมชาย ไม่ใช่ของนงค์")
    post = topic.posts.get(number=3)
    Bookmark.objects.create(member=nong, post=post, note="อ่านอีกที", created_at=timezone.now())
    return nong


def opened(copy: PersonalCopy) -> dict[str, Any]:
    copy.refresh_from_db()
    with ZipFile(files.packed(copy.key)) as file:
        return {
            name: json.loads(file.read(name)) if name.endswith(".json") else file.read(name)
            for name in file.namelist()
        }


def test_a_copy_says_what_the_database_says(nong):
    copy = actions.ask(member=nong)
    assert actions.carry_on() == 1
    found = opened(copy)
    Email.objects.filter(kind=actions.READY).delete()  # written since
    for each in holdings():
        if each.copied and each.table is not PersonalCopy:
            rows = found.pop(f"{each.name}.json")
            assert len(rows) == each.rows(nong).count(), each.name
            for row, kept in zip(rows, each.rows(nong).values(*each.columns()), strict=True):
                assert set(row) == set(kept)
    assert {"about.json", "personalcopy-member.json"} == set(found)


def test_the_words_of_a_copy_are_hers_and_nobody_elses(nong):
    copy = actions.ask(member=nong)
    actions.carry_on()
    found = opened(copy)
    posts = found["post-author.json"]
    assert [row["body"] for row in posts][1:] == [f"น้ำขึ้นวันที่ {n}" for n in range(7)]
    assert posts[0]["topic__title"] == "น้ำขึ้น"
    assert found["member-pk.json"][0]["email"] == "nong@example.org"
    assert found["bookmark-member.json"][0]["note"] == "อ่านอีกที"
    everything = json.dumps(found, ensure_ascii=False, default=str)
    assert "ของสมชาย" not in everything
    assert nong.password not in everything


def test_her_pictures_are_in_it(nong):
    picture = save_picture(uploader=nong, file=a_picture())
    copy = actions.ask(member=nong)
    actions.carry_on()
    assert opened(copy)[f"pictures/{picture.pk}.webp"][:4] == b"RIFF"


def test_one_copy_a_day(nong):
    copy = actions.ask(member=nong)
    assert actions.ask(member=nong) == copy, "it is being made"
    actions.carry_on()
    with pytest.raises(actions.CopiedToday):
        actions.ask(member=nong)
    PersonalCopy.objects.update(asked_at=timezone.now() - timedelta(days=1, minutes=1))
    assert actions.ask(member=nong) != copy


def test_she_is_told_and_written_to_when_it_is_ready(nong):
    copy = actions.ask(member=nong)
    assert not Email.objects.filter(kind=actions.READY).exists()
    actions.carry_on()
    spread()
    assert Notification.objects.get(member=nong, kind=actions.READY).data == {"copy": copy.pk}
    assert Email.objects.get(kind=actions.READY).member == nong


def test_a_worker_that_was_killed_is_gone_on_with_where_it_was(nong, monkeypatch):
    monkeypatch.setattr(writing, "LOT", 3)
    copy = actions.ask(member=nong)
    write_lot, lots = writing.write_lot, []

    def killed(copy: PersonalCopy, holding: Any) -> bool:
        if holding.name == "post-author" and copy.after is not None:
            files.add_rows(
                files.folder(copy.key) / "post-author.json", [{"half": 1}], size=copy.size
            )
            raise KeyboardInterrupt  # in the middle of its file, behind what was noted
        return write_lot(copy, holding)

    monkeypatch.setattr(writing, "write_lot", killed)
    with pytest.raises(KeyboardInterrupt):
        actions.carry_on()
    copy.refresh_from_db()
    assert copy.step == "post-author"
    assert 0 < copy.percent < 100
    assert actions.carry_on() == 0, "it may still be at work"
    PersonalCopy.objects.update(busy_until=timezone.now() - timedelta(seconds=1))

    def counted(copy: PersonalCopy, holding: Any) -> bool:
        lots.append(holding.name)
        return write_lot(copy, holding)

    monkeypatch.setattr(writing, "write_lot", counted)
    assert actions.carry_on() == 1
    assert lots[0] == "post-author", "what was written is not written again"
    assert [row["number"] for row in opened(copy)["post-author.json"]] == list(range(8))


def test_it_stops_when_it_is_told_to_and_leaves_the_rest_to_the_next(nong):
    copy, asked = actions.ask(member=nong), iter([False, False, False, True])
    assert actions.carry_on(stop=lambda: next(asked)) == 0
    copy.refresh_from_db()
    assert copy.busy_until is None
    assert actions.carry_on() == 1


def test_what_cannot_be_written_is_tried_again_later_and_keeps_nobody_waiting(nong, monkeypatch):
    actions.ask(member=nong)
    other = actions.ask(member=make_member("other"))
    pack = files.pack

    def full(key: Any, *rest: Any) -> int:
        if key != other.key:
            raise OSError(28, "No space left on device")
        return pack(key, *rest)

    monkeypatch.setattr(files, "pack", full)
    assert actions.carry_on() == 1
    assert PersonalCopy.objects.get(member=nong).ready_at is None


def test_after_seven_days_it_is_gone_with_its_file(nong, django_capture_on_commit_callbacks):
    copy = actions.ask(member=nong)
    actions.carry_on()
    copy.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(timezone.now())
    assert files.packed(copy.key).exists()
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(timezone.now() + timedelta(days=7, minutes=1))
    assert not files.packed(copy.key).exists()
    assert not PersonalCopy.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_asked_for_ten_times_at_once_it_is_one():
    member = make_member()

    in_threads(lambda _nth: actions.ask(member=member), range(10))
    assert PersonalCopy.objects.count() == 1


def test_what_she_said_in_votes_and_polls_is_in_it_and_how_others_answered_is_not(nong):
    topic = Topic.objects.get(author=nong)
    statement = make_statement(topic, nong, "ควรมีเวรเฝ้าน้ำ")
    round_ = make_round(topic)
    vote(member=nong, round_=round_, statement=statement, choice=Answered.AGREE)
    say(round_, network_in(topic), statement, 4, 2)
    poll = make_poll(topic, nong, question="เฝ้าวันไหน")
    answer(member=nong, poll=poll, marks=[0, 1, 0])
    make_ballots(poll, [1, 0, 0])
    copy = actions.ask(member=nong)
    actions.carry_on()
    found = opened(copy)
    (said,) = found["statement-author.json"]
    assert said["body"] == "ควรมีเวรเฝ้าน้ำ"
    assert not {"agreed", "passed", "pull"} & set(said)
    (voted,) = found["statementvote-ballot-member.json"]
    assert (voted["statement__body"], voted["vote"]) == ("ควรมีเวรเฝ้าน้ำ", 1)
    (asked,) = found["poll-author.json"]
    assert asked["question"] == "เฝ้าวันไหน"
    assert not {"tally", "told_tally"} & set(asked)
    (answered,) = found["pollballot-member.json"]
    assert (answered["poll__question"], answered["marks"]) == ("เฝ้าวันไหน", [0, 1, 0])


def test_words_of_others_that_are_hidden_by_now_are_left_out_and_her_own_are_not(nong):
    topic = Topic.objects.get(author=nong)
    theirs = make_statement(topic, make_member("wit"), "บ้านเลขที่เจ็ดทิ้งขยะลงคลอง")
    round_ = make_round(topic)
    vote(member=nong, round_=round_, statement=theirs, choice=Answered.AGREE)
    poll = make_poll(topic, make_member("duang"), question="บ้านเลขที่เก้าใช่ไหม")
    answer(member=nong, poll=poll, marks=[0, 1, 0])
    set_hidden(statement=theirs, on=True)
    Poll.objects.filter(pk=poll.pk).update(hidden_at=timezone.now())
    copy = actions.ask(member=nong)
    actions.carry_on()
    found = opened(copy)
    answered = found["statementvote-ballot-member.json"][0]
    assert (answered["statement__body"], answered["vote"]) == (None, Answered.AGREE)
    chosen = found["pollballot-member.json"][0]
    assert (chosen["poll__question"], chosen["poll__options"]) == (None, None)
    assert set(answered) == set(_holding("statementvote-ballot-member").columns())
    Topic.objects.filter(pk=topic.pk).update(hidden_at=timezone.now())
    row = next(each for each in _lot("post-author", nong) if each["number"] == 3)
    assert (row["topic__title"], row["body"]) == (None, "น้ำขึ้นวันที่ 2")


def _holding(name: str) -> Holding:
    return next(each for each in holdings() if each.name == name)


def _lot(name: str, member: Member) -> list[dict[str, Any]]:
    holding = _holding(name)
    return list(writing._Lot(holding.rows(member), holding))
