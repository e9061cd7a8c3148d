"""A statement is out of the vote and of everyone's sight; whoever wrote it is told, nobody else who that is."""

import pytest

from forums.base.errors import NotAllowed
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Role
from forums.knowledge.statements.models import Fate, Statement
from forums.moderation.appeals.actions import appeal, overturn
from forums.moderation.appeals.models import Appeal
from forums.moderation.models import Act
from forums.moderation.queue.actions import answer_case
from forums.moderation.reports.actions import report
from forums.moderation.subjects import subject_at
from forums.moderation.takedown.pages import subject_of
from forums.moderation.telling import owners_of
from forums.moderation.withdrawing.actions import put_back, withdraw_statement
from tests.knowledge.making import make_statement
from tests.make import join, make_board_of, make_member, make_network, make_topic
from tests.moderation.withdrawing.conftest import WHY


@pytest.fixture
def statement(malee, somchai):
    return make_statement(make_topic(malee), somchai, "ควรมีเวรเยี่ยมบ้าน")


def count(statement) -> int:
    return Topic.objects.values_list("statement_count", flat=True).get(pk=statement.topic_id)


def test_it_leaves_the_vote_and_comes_back_and_the_topic_counts_along(statement, moderator):
    decision = withdraw_statement(moderator=moderator, statement=statement, reason=WHY)
    assert (decision.topic_id, decision.act) == (statement.topic_id, Act.WITHDRAW)
    statement.refresh_from_db()
    assert (statement.fate, count(statement)) == (Fate.HIDDEN, 0)
    assert withdraw_statement(moderator=moderator, statement=statement, reason=WHY) is None
    put_back(moderator=moderator, decision=decision, reason="ดูใหม่แล้ว")
    statement.refresh_from_db()
    assert (statement.fate, count(statement)) == (Fate.OPEN, 1)
    assert put_back(moderator=moderator, decision=decision, reason="อีกครั้ง") is None


def test_who_wrote_it_is_told_and_may_object_and_who_started_the_topic_is_not(
    statement, moderator, malee, somchai
):
    decision = withdraw_statement(moderator=moderator, statement=statement, reason=WHY)
    assert owners_of(decision) == {somchai.pk}
    with pytest.raises(NotAllowed):
        appeal(member=malee, decision=decision, words="ไม่ใช่ของฉัน")
    appeal(member=somchai, decision=decision, words="ไม่ได้ว่าใคร")
    other = make_member(is_staff=True)
    overturn(moderator=other, appeal=Appeal.objects.get(), reason="จริงด้วย")
    statement.refresh_from_db()
    assert statement.fate is Fate.OPEN


def test_nobody_decides_about_her_own_and_a_networks_moderators_decide_in_its_boards(moderator):
    network = make_network()
    keeper = make_member()
    join(network, keeper, role=Role.MODERATOR)
    board = make_board_of(network, "everyone")
    hers = make_statement(make_topic(make_member(), board=board), keeper)
    with pytest.raises(NotAllowed):
        withdraw_statement(moderator=keeper, statement=hers, reason=WHY)
    other = make_statement(hers.topic)
    assert withdraw_statement(moderator=keeper, statement=other, reason=WHY) is not None
    with pytest.raises(NotAllowed):
        withdraw_statement(moderator=make_member(), statement=hers, reason=WHY)


def test_what_was_reported_is_withdrawn_in_the_queue_and_the_log_says_what_but_not_whose(
    as_, statement, moderator, malee
):
    subject = subject_at("statement", str(statement.pk), malee)
    case = report(member=malee, subject=subject, problem="rude").case
    answer_case(moderator=moderator, case=case, answer="withdraw", grounds=WHY)
    statement.refresh_from_db()
    assert statement.fate is Fate.HIDDEN
    page = as_(None).get(f"/moderation/log/?topic={statement.topic_id}").content.decode()
    assert "คำกล่าว" in page
    assert statement.body not in page
    assert "สมชาย" not in page


def test_others_see_no_hidden_one_and_its_address_can_be_named_by_who_asks_to_take_it_down(
    statement, moderator, malee, somchai
):
    address = statement.get_absolute_url()
    assert subject_of(address).thing == statement
    withdraw_statement(moderator=moderator, statement=statement, reason=WHY)
    key = str(statement.pk)
    assert subject_at("statement", key, malee) is None
    assert subject_at("statement", key, None) is None
    assert subject_at("statement", key, somchai) is not None
    assert subject_at("statement", key, moderator) is not None
    assert not Statement.objects.visible_to(malee).exists()


def test_who_hid_it_still_sees_it_and_shows_it_again_from_there_from_its_case_and_from_the_log(
    as_, statement, moderator, malee, somchai
):
    subject = subject_at("statement", str(statement.pk), malee)
    case = report(member=malee, subject=subject, problem="rude").case
    answer_case(moderator=moderator, case=case, answer="withdraw", grounds=WHY)
    address, browser = statement.get_absolute_url(), as_(moderator)
    back = f"/moderation/act/put_back/?statement={statement.pk}"
    page = browser.get(address).content.decode()
    assert statement.body in page
    assert back in page
    assert back in browser.get(f"/admin/queue/{case.pk}/").content.decode()
    log = f"/moderation/log/?topic={statement.topic_id}"
    assert address in browser.get(log).content.decode()
    assert address not in as_(None).get(log).content.decode()
    assert as_(malee).get(address).status_code == 404
    assert as_(malee).post(back, {"reason": WHY}).status_code == 404
    assert browser.post(back, {"reason": "ดูใหม่แล้ว"})["Location"] == address
    assert as_(malee).get(address).status_code == 200
    assert browser.get(back).status_code == 302  # it is so already


def test_its_receipt_leads_who_wrote_it_to_the_reasons_where_she_may_object(
    as_, statement, moderator, malee, somchai
):
    decision = withdraw_statement(moderator=moderator, statement=statement, reason=WHY)
    way = f"/decisions/about/statement/{statement.pk}/"
    assert way in as_(somchai).get("/statements/").content.decode()
    assert as_(somchai).get(way)["Location"] == f"/decisions/{decision.pk}/"
    assert as_(somchai).get(f"/decisions/{decision.pk}/").status_code == 200
    assert as_(malee).get(way).status_code == 404
    assert as_(somchai).get("/decisions/about/topic/1/").status_code == 404


def test_a_networks_moderator_takes_her_own_decision_back_and_not_the_sites(as_, moderator):
    network, keeper = make_network(), make_member()
    join(network, keeper, role=Role.MODERATOR)
    topic = make_topic(make_member(), board=make_board_of(network, "everyone"))
    first, second = make_statement(topic), make_statement(topic)
    browser = as_(keeper)
    for each in (first, second):
        decider = as_(keeper if each == first else moderator)
        url = f"/moderation/act/withdraw/?statement={each.pk}"
        assert decider.post(url, {"reason": WHY}).status_code == 302
    back = "/moderation/act/put_back/?statement={}"
    assert browser.get(first.get_absolute_url()).status_code == 200
    assert browser.post(back.format(first.pk), {"reason": WHY}).status_code == 302
    assert browser.post(back.format(second.pk), {"reason": WHY}).status_code == 403
