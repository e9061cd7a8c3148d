"""What the script's verbs do: who hides what was reported ends its case, and its reporters hear of it."""

from django.utils import timezone

from forums.demo.scene import Scene
from forums.demo.script import Step
from forums.demo.topic_play import TopicPlay
from forums.moderation.queue.models import Case, CaseState
from forums.moderation.reports.models import ProblemReport
from tests.make import make_post, make_topic


def test_what_is_reported_and_then_hidden_is_decided(malee, somchai, moderator):
    topic = make_topic(malee)
    post = make_post(topic, malee)
    members = {"malee": malee, "somchai": somchai, "nhong": moderator}
    scene = Scene(members=members, pictures={}, boards={}, posts={("t", "bad"): post})
    play, now = TopicPlay(scene), timezone.now()
    play.do_report(
        Step(at=now, verb="report", by="somchai", topic="t", post="bad", more={"as": "rude"})
    )
    assert Case.objects.get().state == CaseState.OPEN
    play.do_hide(Step(at=now, verb="hide", by="nhong", topic="t", post="bad", text="ว่าร้ายกัน"))
    assert Case.objects.get().state == CaseState.DECIDED
    assert ProblemReport.objects.get().state == "upheld"
