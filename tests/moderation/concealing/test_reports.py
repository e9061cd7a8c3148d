"""A report of personal data hides the passage at once; what is decided says whether it stays hidden."""

import pytest
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.moderation.concealing.actions import reveal_passages
from forums.moderation.concealing.models import ConcealedPassage
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act, Decision
from forums.moderation.queue.actions import answer_case
from forums.moderation.queue.models import Case
from forums.moderation.reports.actions import report, take_back
from forums.moderation.subjects import of_post, of_topic
from tests.make import make_member, make_post, make_topic

PHONE = "081-000-2345"
TEXT = f"คนในคลิปคือคนนี้ โทร {PHONE}"


@pytest.fixture
def post(malee):
    return make_post(make_topic(), malee, body=TEXT)


def body(post):
    return Post.objects.get(pk=post.pk).body


def reported(member, post, problem="personal"):
    subject = of_post(Post.objects.select_related("topic__board").get(pk=post.pk))
    return report(member=member, subject=subject, problem=problem, words="เบอร์ของคนอื่น")


def test_reported_as_personal_it_is_hidden_at_once_as_rude_not(post, somchai):
    reported(somchai, post, "rude")
    assert PHONE in body(post)
    reported(make_member(), post)
    assert PHONE not in body(post)
    assert Case.objects.get().at_once


def test_left_as_it_is_it_stands_as_it_stood(post, somchai, moderator):
    reported(somchai, post)
    answer_case(
        moderator=moderator, case=Case.objects.get(), answer="keep", grounds=Grounds("เบอร์สำนักงาน")
    )
    assert body(post) == TEXT
    assert list(Decision.objects.order_by("pk").values_list("act", flat=True)[:1]) == [Act.CONCEAL]
    assert Decision.objects.filter(act=Act.REVEAL, moderator=None).exists()


def test_decided_that_it_stays_hidden_it_stays_hidden(post, somchai, moderator):
    reported(somchai, post)
    decision = answer_case(
        moderator=moderator, case=Case.objects.get(), answer="conceal", grounds=Grounds("เบอร์คน")
    )
    assert (decision.act, decision.moderator) == (Act.CONCEAL, moderator)
    assert PHONE not in body(post)
    assert ConcealedPassage.objects.exists()


def test_taken_back_before_anybody_looked_it_stands_as_it_stood(post, somchai):
    made = reported(somchai, post)
    take_back(member=somchai, report=made)
    assert body(post) == TEXT


def test_of_a_topic_its_own_text_is_hidden(malee, somchai):
    topic = make_topic(malee, body=TEXT)
    subject = of_topic(topic)
    report(member=somchai, subject=subject, problem="personal", words="")
    assert PHONE not in Post.objects.get(topic=topic, number=0).body


def test_where_nothing_is_found_the_case_waits_at_the_head(malee, somchai):
    post = make_post(make_topic(), malee, body="คนในคลิปคือนายสมมุติ")
    reported(somchai, post)
    assert "สมมุติ" in body(post)
    assert Case.objects.get().at_once


# -- once somebody has looked ------------------------------------------------------------------


def test_shown_again_by_a_moderator_no_further_report_hides_it(post, somchai, moderator):
    reported(somchai, post)
    reveal_passages(post=post, moderator=moderator, reason="เบอร์สำนักงาน")
    reported(make_member(), post)
    assert body(post) == TEXT


def test_left_as_it_is_a_new_report_of_the_same_text_hides_nothing(post, somchai, moderator):
    reported(somchai, post)
    (case,) = Case.objects.all()
    answer_case(moderator=moderator, case=case, answer="keep", grounds=Grounds("เบอร์สำนักงาน"))
    reported(make_member(), post)
    assert body(post) == TEXT
    Post.objects.filter(pk=post.pk).update(edited_at=timezone.now())  # it says something else now
    reported(make_member(), post)
    assert PHONE not in body(post)


def test_a_topics_own_text_once_looked_at_stays_as_well(malee, somchai, moderator):
    topic = make_topic(malee, body=TEXT)
    report(member=somchai, subject=of_topic(topic), problem="personal", words="")
    own = Post.objects.get(topic=topic, number=0)
    reveal_passages(post=own, moderator=moderator, reason="เบอร์สำนักงาน")
    report(member=make_member(), subject=of_topic(topic), problem="personal", words="")
    assert body(own) == TEXT
