"""What you mean is …: said by another, answered by whoever is meant."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.silence import Silenced
from forums.base.errors import BadText, NotAllowed, PostGone, Stale, TooFast, TopicHidden
from forums.base.personal import Farewell, Parting
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.knowledge.restatements.actions import (
    Enough,
    Waits,
    answer,
    empty_answers,
    empty_restatements,
    restate,
)
from forums.knowledge.restatements.models import MOST, Restatement
from forums.knowledge.statements.actions import EMPTIED
from forums.notifications.models import Telling
from forums.reading.following.actions import block
from tests.make import make_member, make_post, make_topic
from tests.threads import in_threads

SAID = "อยากให้มีคนไปเยี่ยมทุกบ้าน ไม่ใช่แค่บ้านที่โทรมา"


@pytest.fixture
def post(malee):
    return make_post(make_topic(), malee, body="เราไปแค่บ้านที่โทรมา แล้วบ้านที่ไม่มีโทรศัพท์ล่ะ")


def test_what_is_said_waits_for_whoever_is_meant_and_she_is_told(post, malee, somchai):
    made = restate(member=somchai, post=post, body=f"  {SAID} ")
    assert (made.number, made.body, made.waits) == (1, SAID, True)
    told = Telling.objects.get(kind="restated")
    assert (told.members, told.actor, told.data) == ([malee.pk], somchai, {"restatement": made.pk})


def test_her_answer_is_told_to_who_said_it_and_brings_no_points(post, malee, somchai):
    made = restate(member=somchai, post=post, body=SAID)
    before = (somchai.trust_level, Post.objects.get(pk=post.pk).useful_count)
    assert answer(member=malee, restatement=made, fits=True, missing="ไม่เก็บ").missing == ""
    somchai.refresh_from_db()
    assert (somchai.trust_level, Post.objects.get(pk=post.pk).useful_count) == before
    assert Telling.objects.get(kind="restatement-answered").members == [somchai.pk]


def test_after_not_yet_she_tries_again_three_times_at_most(post, malee, somchai):
    for number in (1, 2, 3):
        made = restate(member=somchai, post=post, body=f"{SAID} {number}")
        assert made.number == number
        answer(member=malee, restatement=made, fits=False, missing="ไม่ใช่เรื่องโทรศัพท์")
    with pytest.raises(Enough):
        restate(member=somchai, post=post, body="อีกครั้ง")
    assert restate(member=make_member(), post=post, body=SAID).number == 1


def test_who_was_told_she_understood_need_not_say_it_again(post, malee, somchai):
    answer(member=malee, restatement=restate(member=somchai, post=post, body=SAID), fits=True)
    with pytest.raises(Enough):
        restate(member=somchai, post=post, body="อีกแบบ")


def test_one_waits_at_a_time_and_sent_twice_it_is_one(post, somchai):
    made = restate(member=somchai, post=post, body=SAID)
    assert restate(member=somchai, post=post, body=SAID) == made
    with pytest.raises(Waits):
        restate(member=somchai, post=post, body="อีกแบบ")


def test_sent_at_once_it_is_one(transactional_db):
    post, member = make_post(make_topic()), make_member()
    made = in_threads(lambda each: restate(member=each, post=post, body=SAID), [member] * 6)
    assert len({each.pk for each in made}) == 1
    assert Restatement.objects.count() == 1


def test_answered_both_ways_at_once_one_answer_holds(transactional_db):
    author = make_member()
    made = restate(member=make_member(), post=make_post(make_topic(), author), body=SAID)
    answers = [True, False] * 3
    got = in_threads(lambda fits: answer(member=author, restatement=made, fits=fits), answers)
    kept = Restatement.objects.get().fits
    assert all(isinstance(each, Stale) or each.fits == kept for each in got)
    assert sum(isinstance(each, Stale) for each in got) == 3
    assert Telling.objects.filter(kind="restatement-answered").count() == 1


@pytest.mark.parametrize("body", ["", "   ", "…", "\u200b\u200b", "?!", "ก" * 201])
def test_nothing_and_too_much_are_refused_in_words(post, somchai, body):
    with pytest.raises(BadText):
        restate(member=somchai, post=post, body=body)


def test_two_hundred_letters_are_counted_as_a_reader_does(post, somchai):
    assert restate(member=somchai, post=post, body="ที่" * 200).body == "ที่" * 200


def test_of_ones_own_post_others_say_what_it_means(post, malee):
    with pytest.raises(NotAllowed, match="เป็นของท่านเอง"):
        restate(member=malee, post=post, body=SAID)


def test_what_is_gone_is_not_restated(post, somchai):
    Post.objects.filter(pk=post.pk).update(hidden_at=timezone.now())
    with pytest.raises(PostGone):
        restate(member=somchai, post=post, body=SAID)
    Topic.objects.filter(pk=post.topic_id).update(hidden_at=timezone.now())
    with pytest.raises(TopicHidden):
        restate(member=somchai, post=post, body=SAID)


def test_who_is_not_here_to_answer_is_not_restated(post, malee, somchai):
    malee.is_active = False
    malee.save(update_fields=["is_active"])
    with pytest.raises(NotAllowed, match="ไม่อยู่"):
        restate(member=somchai, post=post, body=SAID)


def test_who_is_silenced_says_nothing(post, malee, somchai):
    made = restate(member=somchai, post=post, body=SAID)
    for member in (malee, somchai):
        member.silenced_until = timezone.now() + timezone.timedelta(days=1)
        member.save(update_fields=["silenced_until"])
    with pytest.raises(Silenced):
        restate(member=somchai, post=post, body=SAID)
    with pytest.raises(Silenced):
        answer(member=malee, restatement=made, fits=True)


def test_whom_one_blocked_one_does_not_speak_for(post, malee, somchai):
    block(member=somchai, person=malee)
    with pytest.raises(NotAllowed, match="บล็อก"):
        restate(member=somchai, post=post, body=SAID)


def test_only_whoever_is_meant_answers(post, somchai, moderator):
    made = restate(member=somchai, post=post, body=SAID)
    for member in (somchai, moderator, make_member()):
        with pytest.raises(NotAllowed):
            answer(member=member, restatement=made, fits=True)


def test_the_same_answer_twice_is_once_another_is_refused(post, malee, somchai):
    made = restate(member=somchai, post=post, body=SAID)
    answer(member=malee, restatement=made, fits=False, missing="ยังไม่พูดถึงเวร")
    answer(member=malee, restatement=made, fits=False, missing="ยังไม่พูดถึงเวร")
    with pytest.raises(Stale):
        answer(member=malee, restatement=made, fits=True)


def test_a_post_holds_no_more_than_its_page_shows(post):
    for _each in range(MOST):
        Restatement.objects.create(
            topic=post.topic, post=post, author=make_member(), number=1, body=SAID
        )
    with pytest.raises(Enough):
        restate(member=make_member(), post=post, body=SAID)


def test_so_many_in_an_hour_and_no_more(somchai):
    topic = make_topic()
    for _each in range(10):
        restate(member=somchai, post=make_post(topic), body=SAID)
    with pytest.raises(TooFast):
        restate(member=somchai, post=make_post(topic), body=SAID)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 4},
        {"number": 0},
        {"body": ""},
        {"fits": True},
        {"answered_at": timezone.now()},
        {"fits": True, "answered_at": timezone.now(), "missing": "ขาด"},
        {"missing": "ขาด"},
    ],
)
def test_the_database_holds_it(post, somchai, wrong):
    values = {"topic": post.topic, "post": post, "author": somchai, "number": 1, "body": SAID}
    with pytest.raises(IntegrityError), transaction.atomic():
        Restatement.objects.create(**values | wrong)


def test_who_leaves_and_wants_it_empties_what_she_said(post, malee, somchai):
    answered = restate(member=somchai, post=post, body=SAID)
    answer(member=malee, restatement=answered, fits=False, missing="ไม่ใช่เรื่องโทรศัพท์")
    restate(member=somchai, post=post, body="ลองใหม่")
    assert empty_restatements(Parting(somchai, Farewell.NAMED)) is None
    assert empty_restatements(Parting(somchai, Farewell.EMPTIED)) is not None
    answered.refresh_from_db()
    assert (answered.body, Restatement.objects.count()) == (EMPTIED, 1)
    empty_answers(Parting(malee, Farewell.EMPTIED))
    answered.refresh_from_db()
    assert (answered.missing, answered.fits) == ("", False)
