"""What one said for another goes out of sight, with its reason to who wrote it, and comes back."""

import pytest

from forums.base.errors import NotAllowed
from forums.knowledge.portrayals.standing import stands_for
from forums.knowledge.restatements.actions import answer, restate
from forums.moderation.models import Act
from forums.moderation.subjects import subject_at
from forums.moderation.withdrawing.actions import (
    put_back,
    withdraw_portrayal,
    withdraw_restatement,
)
from tests.knowledge.portrayals.making import judged, portrayed, two_networks
from tests.make import make_member, make_post, make_topic

WHY = "ว่าร้ายเขาในคำพูดแทน"
SAID = "อยากให้มีคนไปเยี่ยมทุกบ้าน"


def test_a_restatement_is_hidden_and_shown_again(as_, malee, somchai, moderator):
    post = make_post(make_topic(), malee)
    made = restate(member=somchai, post=post, body=SAID)
    answer(member=malee, restatement=made, fits=True)
    decision = withdraw_restatement(moderator=moderator, restatement=made, reason=WHY)
    assert (decision.act, decision.member) == (Act.WITHDRAW, somchai)
    url = f"/p/{post.pk}/restatements/"
    assert SAID not in as_(None).get(url).text
    assert withdraw_restatement(moderator=moderator, restatement=made, reason=WHY) is None
    assert "คำที่ท่านพูดแทนคนอื่น" in as_(somchai).get(f"/decisions/{decision.pk}/").text
    log = as_(None).get("/moderation/log/").text
    assert WHY in log
    assert str(somchai) not in log
    put_back(moderator=make_member(is_staff=True), decision=decision, reason="ไม่ได้ว่าร้ายใคร")
    assert SAID in as_(None).get(url).text


def test_a_portrayal_that_is_hidden_stands_for_nobody(moderator):
    met = two_networks()
    made = judged(met, portrayed(met), *[(4, 4)] * 5)
    withdraw_portrayal(moderator=moderator, portrayal=made, reason=WHY)
    assert len(stands_for(met.topic, [met.theirs.pk])[met.theirs.pk]) == 1


def test_what_is_shown_again_waits_beside_what_she_wrote_since(malee, somchai, moderator):
    """Both are answered; that another waits keeps no moderator from mending what was wrong."""
    met = two_networks()
    first = portrayed(met)
    hidden = withdraw_portrayal(moderator=moderator, portrayal=first, reason=WHY)
    second = portrayed(met, "เขาอยากให้ฟังคนแก่ก่อน")
    assert put_back(moderator=moderator, decision=hidden, reason="ไม่ได้ว่าร้ายใคร")
    for made in (first, second):
        assert judged(met, made, *[(4, 4)] * 5).passed
    post = make_post(make_topic(), malee)
    first = restate(member=somchai, post=post, body=SAID)
    hidden = withdraw_restatement(moderator=moderator, restatement=first, reason=WHY)
    second = restate(member=somchai, post=post, body="อยากให้รถเมล์มาทุกชั่วโมง")
    assert put_back(moderator=moderator, decision=hidden, reason="ไม่ได้ว่าร้ายใคร")
    for made in (first, second):
        assert answer(member=malee, restatement=made, fits=False).answered_at


def test_nobody_decides_about_her_own(malee, moderator):
    made = restate(member=moderator, post=make_post(make_topic(), malee), body=SAID)
    with pytest.raises(NotAllowed):
        withdraw_restatement(moderator=moderator, restatement=made, reason=WHY)


def test_what_she_may_not_read_she_cannot_report(malee, somchai):
    made = restate(member=somchai, post=make_post(make_topic(), malee), body=SAID)
    assert subject_at("restatement", str(made.pk), make_member()) is None
    found = subject_at("restatement", str(made.pk), malee)
    assert (found.owner_id, found.words) == (somchai.pk, SAID)
