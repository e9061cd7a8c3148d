"""The public log with networks in it: who reads which decision, and what it costs where there are thousands."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Member
from forums.activities.models import Activity, ActivityHost
from forums.discussions.boards.models import Board
from forums.groups.memberships.models import Membership
from forums.moderation import actions
from forums.moderation.log import rows as log
from forums.moderation.merging.actions import merge
from forums.moderation.models import Act, Decision
from forums.moderation.networks import actions as acts
from tests.make import join, make_board_of, make_member, make_network, make_topic

LOG = "/moderation/log/"
WHY = "ตรวจสอบแล้ว"


def read(browser, query: str = "") -> str:
    answer = browser.get(LOG + query)
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def fresh(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


def test_everyone_reads_what_was_decided_about_a_network_and_nobody_who(
    as_, network, malee, moderator
):
    acts.verify(moderator=moderator, network=network, reason=WHY)
    for reader in (None, malee, moderator):
        page = read(as_(reader))
        assert f'href="{network.get_absolute_url()}">{network.name}</a>' in page
        assert WHY in page
        assert str(moderator) not in page


def test_one_network_can_be_asked_about(as_, network, malee, moderator):
    other = make_network("อื่น")
    acts.verify(moderator=moderator, network=network, reason="เรื่องแรก")
    acts.verify(moderator=moderator, network=other, reason="เรื่องสอง")
    page = read(as_(None), f"?network={network.pk}")
    assert "เรื่องแรก" in page
    assert "เรื่องสอง" not in page
    assert "ไม่พบเครือข่าย “x”" in as_(None).get(f"{LOG}?network=x").content.decode()


def test_a_hidden_network_leaves_no_trace(as_, network, malee, somchai, moderator):
    acts.verify(moderator=moderator, network=network, reason="เหตุผลภายใน")
    acts.hide(moderator=moderator, network=network, reason="เหตุผลภายใน")
    for reader in (None, somchai, malee):
        for query in ("", f"?network={network.pk}"):
            page = read(as_(reader), query)
            assert "เหตุผลภายใน" not in page
            assert network.name not in page
    assert read(as_(moderator)).count("เหตุผลภายใน") == 2


def test_a_merge_names_the_other_network_only_while_it_can_be_seen(as_, network, moderator):
    into = make_network("ปลายทาง")
    merge(moderator=moderator, network=network, into=into, reason=WHY)
    assert f'href="{into.get_absolute_url()}">ปลายทาง</a>' in read(as_(None))
    acts.hide(moderator=moderator, network=into, reason="ซ่อน")
    page = read(as_(None))
    assert WHY in page
    assert "ปลายทาง" not in page


def test_members_read_of_their_own_board_and_outsiders_do_not(
    as_, network, malee, somchai, moderator
):
    board = make_board_of(network, "network")
    topic = make_topic(malee, board, title="เรื่องในเครือข่าย")
    join(make_network(), somchai)
    actions.pin(moderator=moderator, topic=topic, reason="ประกาศภายใน")
    for reader, sees in ((None, False), (somchai, False), (malee, True), (moderator, True)):
        assert ("ประกาศภายใน" in read(as_(reader))) is sees
        assert ("เรื่องในเครือข่าย" in read(as_(reader))) is sees
    Membership.objects.filter(member=malee).update(member=make_member())
    assert "ประกาศภายใน" not in read(as_(fresh(malee)))


def test_a_topic_that_left_a_networks_board_does_not_bring_its_past_along(
    as_, network, malee, somchai, moderator, board
):
    topic = make_topic(malee, make_board_of(network, "network"), title="เคยเป็นเรื่องภายใน")
    actions.pin(moderator=moderator, topic=topic, reason="ตอนอยู่ข้างใน")
    actions.move(moderator=moderator, topic=topic, board=board, reason="ย้ายออก")
    actions.lock(moderator=moderator, topic=topic, reason="ตอนอยู่ข้างนอก")
    for reader in (None, somchai):
        page = read(as_(reader))
        assert "ตอนอยู่ข้างนอก" in page
        assert "ตอนอยู่ข้างใน" not in page
        assert "ย้ายออก" not in page
    assert "ตอนอยู่ข้างใน" in read(as_(malee))


def test_of_an_activity_only_who_may_know_of_it(as_, network, malee, somchai, moderator):
    starts = timezone.now()
    for title, open_to in (("งานเปิด", "everyone"), ("งานภายใน", "members")):
        activity = Activity.objects.create(
            title=title, slug="-", open_to=open_to, created_by=malee,
            starts_at=starts, ends_at=starts + timedelta(hours=1),
        )  # fmt: skip
        ActivityHost.objects.create(activity=activity, network=network, confirmed_at=starts)
        Decision.objects.create(
            moderator=moderator,
            act=Act.HIDE,
            reason=f"เพราะ{title}",
            activity=activity,
            details={"open_to": open_to},
        )
    for reader, sees in ((None, False), (somchai, False), (malee, True), (moderator, True)):
        page = read(as_(reader))
        assert "เพราะงานเปิด" in page
        assert ("เพราะงานภายใน" in page) is sees
        assert ("งานภายใน</a>" in page) is sees


def test_thousands_of_boards_cost_no_more_than_two(as_, network, malee, moderator, board):
    """No list of boards travels to the database, and the log is read from the newest on."""

    def decide() -> None:
        actions.pin(moderator=moderator, topic=make_topic(board=board), reason=WHY)
        made = make_network()
        acts.verify(moderator=moderator, network=made, reason=WHY)

    def cost() -> tuple[int, int]:
        browser = as_(malee)
        read(browser)
        with CaptureQueriesContext(connection) as captured:
            read(browser)
        return len(captured), max(len(query["sql"]) for query in captured)

    for _ in range(log.SIZE):
        decide()
    queries, longest = cost()
    Board.objects.bulk_create(
        Board(
            network=network, sort_key="ก", name=f"ห้อง {n}", slug=f"many-{n}", open_to="everyone",
            read_level=-1, write_level=0,
        )
        for n in range(3000)
    )  # fmt: skip
    assert cost()[0] == queries <= 9
    assert cost()[1] <= longest + 20


@pytest.mark.parametrize("who", ["visitor", "malee"])
def test_the_plan_reads_the_newest_by_the_primary_key(who, request, network, malee, moderator):
    reader = request.getfixturevalue(who)
    topic = make_topic(malee, make_board_of(network, "everyone"))
    about = [
        {"topic": topic, "details": {"board": topic.board_id}},
        {"network": network},
        {"member": malee},
    ]
    Decision.objects.bulk_create(
        Decision(moderator=moderator, act=Act.PIN, reason=WHY, **about[n % 3]) for n in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    plan = Decision.objects.visible_to(reader).order_by("-pk")[: log.SIZE + 1].explain()
    assert "Index Scan Backward using forums_decision_pkey" in plan
    assert "Sort" not in plan
    assert "Seq Scan on forums_decision" not in plan
