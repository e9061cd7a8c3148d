"""Decisions about networks: the state, the boards, the history, the log, the letters."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Member
from forums.base.errors import BadText, NotAllowed
from forums.discussions.boards.models import Access, Board
from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.networks.models import Event, EventKind, Network
from forums.groups.staff_requests.models import StaffRequest
from forums.moderation.models import Act, Decision
from forums.moderation.networks import actions as acts
from forums.notifications.models import Email
from forums.notifications.registry import text_of
from forums.tags.models import Tag
from tests.make import join, make_board_of, make_member, make_topic

WHY = "ตรวจสอบกับองค์กรแม่แล้ว"


@pytest.fixture
def board(network) -> Board:
    return make_board_of(network, "everyone")


def levels(board: Board) -> tuple[int, int]:
    board.refresh_from_db()
    return board.read_level, board.write_level


def letters(kind: str) -> dict[str, str]:
    """What the letters of a kind say, by the handle of who gets it."""
    found = Email.objects.filter(kind=kind, dropped_at=None).select_related("member")
    said = {letter.member.handle: text_of(letter) for letter in found}
    return {handle: f"{words.subject}\n{words.body}" for handle, words in said.items() if words}


STATES = [
    (acts.verify, acts.unverify, "verified_at"),
    (acts.feature, acts.unfeature, "featured_at"),
    (acts.hide, acts.unhide, "hidden_at"),
]


@pytest.mark.parametrize(("do", "undo", "column"), STATES)
def test_each_state_is_set_and_taken_back_once(do, undo, column, network, moderator):
    assert do(moderator=moderator, network=network, reason=WHY).reason == WHY
    assert do(moderator=moderator, network=network, reason=WHY) is None
    network.refresh_from_db()
    assert getattr(network, column) is not None
    assert undo(moderator=moderator, network=network, reason=WHY) is not None
    assert undo(moderator=moderator, network=network, reason=WHY) is None
    network.refresh_from_db()
    assert getattr(network, column) is None
    assert Decision.objects.filter(network=network).count() == 2


@pytest.mark.parametrize("act", [do for pair in STATES for do in pair[:2]] + [acts.archive])
def test_only_a_moderator_decides_and_only_with_a_reason(act, network, malee, moderator):
    with pytest.raises(NotAllowed):
        act(moderator=malee, network=network, reason=WHY)
    with pytest.raises(BadText):
        act(moderator=moderator, network=network, reason=" \u200b")
    assert not Decision.objects.exists()
    assert not Email.objects.exists()


def test_a_moderator_registers_a_network_for_somebody(malee, moderator):
    network = acts.register(
        moderator=moderator,
        member=malee,
        name="อสม. บ้านหนองบัว",
        aim="เยี่ยมบ้านกัน",
        kind="physical",
        reason="เธอไม่มีคอมพิวเตอร์",
    )
    assert Membership.objects.get(network=network).role == Role.COORDINATOR
    assert network.registered_by == malee
    assert Decision.objects.get().act == Act.REGISTER
    assert "อสม. บ้านหนองบัว" in letters("network_decided")["malee"]


def test_a_suspended_member_is_given_no_network(malee, moderator, network):
    Member.objects.filter(pk=malee.pk).update(is_active=False)
    with pytest.raises(BadText):
        acts.register(
            moderator=moderator, member=malee, name="ก", aim="ข", kind="online", reason=WHY
        )
    with pytest.raises(BadText):
        acts.hand_over(moderator=moderator, network=network, member=malee, reason=WHY)


def test_verifying_stands_in_the_history_and_the_coordinators_are_told(network, malee, moderator):
    helper, member = make_member("helper"), make_member("member")
    join(network, helper, role=Role.COORDINATOR)
    join(network, member)
    acts.verify(moderator=moderator, network=network, reason=WHY)
    assert Event.objects.filter(network=network, what=EventKind.VERIFIED).exists()
    told = letters("network_decided")
    assert set(told) == {"malee", "helper"}
    assert WHY in told["malee"]
    assert str(moderator) not in told["malee"]


def test_who_coordinates_no_more_when_the_letter_is_sent_is_not_told(network, malee, moderator):
    join(network, make_member("helper"), role=Role.COORDINATOR)
    acts.feature(moderator=moderator, network=network, reason=WHY)
    Membership.objects.filter(network=network, member=malee).update(role=Role.MEMBER)
    assert set(letters("network_decided")) == {"helper"}


def test_an_archived_networks_boards_are_read_only_until_it_is_reopened(network, moderator):
    boards = [make_board_of(network, how) for how in ("everyone", "readers", "network")]
    before = [levels(board) for board in boards]
    acts.archive(moderator=moderator, network=network, reason="ปิดโครงการ")
    assert [levels(board) for board in boards] == [(-1, 9), (-1, 9), (8, 9)]
    heir = make_member("heir")
    acts.reopen(moderator=moderator, network=network, member=heir, reason="มีคนรับช่วง")
    assert [levels(board) for board in boards] == before
    network.refresh_from_db()
    assert network.is_open
    assert Membership.objects.get(network=network, member=heir).role == Role.COORDINATOR
    whats = set(Event.objects.filter(network=network).values_list("what", flat=True))
    assert {EventKind.ARCHIVED, EventKind.REOPENED} <= whats


def test_a_hidden_network_and_its_boards_are_the_moderators_alone(
    network, board, malee, somchai, moderator, as_
):
    topic = make_topic(malee, board, tags=["คลอง"])
    private = make_board_of(network, "network")
    assert Tag.objects.get().topic_count == 1
    acts.hide(moderator=moderator, network=network, reason="หลอกลวง")
    assert levels(board) == levels(private) == (Access.STAFF, Access.STAFF)
    assert Tag.objects.get().topic_count == 0
    for reader in (None, somchai, malee):
        for path in (network.get_absolute_url(), board.get_absolute_url(), f"/t/{topic.pk}/x/"):
            assert as_(reader).get(path).status_code == 404, path
    assert as_(moderator).get(network.get_absolute_url()).status_code == 200
    assert "หลอกลวง" in letters("network_decided")["malee"]
    assert not Decision.objects.visible_to(AnonymousUser()).exists()

    acts.unhide(moderator=moderator, network=network, reason="เข้าใจผิด")
    assert (levels(board), levels(private)) == ((-1, 0), (8, 8))
    assert Tag.objects.get().topic_count == 1
    assert Decision.objects.visible_to(AnonymousUser()).count() == 2


def test_hiding_an_archived_network_and_back_leaves_it_archived(network, board, malee, moderator):
    acts.archive(moderator=moderator, network=network, reason=WHY)
    acts.hide(moderator=moderator, network=network, reason=WHY)
    with pytest.raises(BadText):
        acts.feature(moderator=moderator, network=network, reason=WHY)
    acts.unhide(moderator=moderator, network=network, reason=WHY)
    assert levels(board) == (-1, 9)


def test_handing_over_makes_a_member_or_an_outsider_a_coordinator(network, malee, moderator):
    inside, outside = make_member("inside"), make_member("outside")
    join(network, inside)
    JoinRequest.objects.create(network=network, member=outside)
    for heir in (inside, outside):
        acts.hand_over(moderator=moderator, network=network, member=heir, reason="เงียบไปนาน")
        assert Membership.objects.get(network=network, member=heir).role == Role.COORDINATOR
    network.refresh_from_db()
    assert network.member_count == 3
    assert JoinRequest.objects.get().accepted is True
    assert Event.objects.filter(what=EventKind.TAKEN_OVER).count() == 2
    again = acts.hand_over(moderator=moderator, network=network, member=inside, reason=WHY)
    assert again is None
    acts.archive(moderator=moderator, network=network, reason=WHY)
    with pytest.raises(BadText):
        acts.hand_over(moderator=moderator, network=network, member=make_member(), reason=WHY)


def test_the_letter_says_who_coordinates_now_and_to_her_that_it_is_she(network, malee, moderator):
    heir = make_member("heir", display_name="บุญมี")
    acts.hand_over(moderator=moderator, network=network, member=heir, reason="เงียบไปนาน")
    told = letters("network_decided")
    assert "ตั้ง บุญมี (@heir) เป็นผู้ประสานงาน" in told["malee"]
    assert "ตั้งท่านเป็นผู้ประสานงาน" in told["heir"]


@pytest.mark.parametrize("kind", ["verify", "take_over"])
def test_one_act_is_one_letter_to_whoever_asked_for_it(kind, network, malee, somchai, moderator):
    asks = malee if kind == "verify" else somchai
    asked = staff_request(network, asks, kind)
    grant = acts.grant_verification if kind == "verify" else acts.grant_take_over
    grant(moderator=moderator, staff_request=asked, reason=WHY)
    assert Email.objects.filter(member=asks).count() == 1


def staff_request(network: Network, member: Member, kind: str) -> StaffRequest:
    return StaffRequest.objects.create(network=network, member=member, kind=kind, reason="ขอด้วย")


def test_a_request_is_granted_by_doing_what_it_asks(network, malee, somchai, moderator):
    verify, take = (
        staff_request(network, malee, "verify"),
        staff_request(network, somchai, "take_over"),
    )
    with pytest.raises(BadText):
        acts.grant_verification(moderator=moderator, staff_request=take, reason=WHY)
    assert acts.grant_verification(moderator=moderator, staff_request=verify, reason=WHY)
    assert acts.grant_take_over(
        moderator=moderator, staff_request=take, reason="ผู้ประสานงานเดิมหายไป"
    )
    assert acts.grant_take_over(moderator=moderator, staff_request=take, reason=WHY) is None
    network.refresh_from_db()
    assert network.verified_at is not None
    assert Membership.objects.get(network=network, member=somchai).role == Role.COORDINATOR
    assert set(StaffRequest.objects.values_list("granted", "answer")) == {
        (True, WHY),
        (True, "ผู้ประสานงานเดิมหายไป"),
    }
    told = letters("plea_answered")
    assert set(told) == {"malee", "somchai"}
    assert "ผู้ประสานงานเดิมหายไป" in told["somchai"]


def test_verifying_answers_who_asked_for_it(network, malee, moderator):
    asked = staff_request(network, malee, "verify")
    acts.verify(moderator=moderator, network=network, reason=WHY)
    asked.refresh_from_db()
    assert (asked.granted, asked.decided_by) == (True, moderator)


def test_a_refusal_says_why_and_changes_nothing_else(network, malee, moderator):
    asked = staff_request(network, malee, "verify")
    decision = acts.refuse(moderator=moderator, staff_request=asked, reason="ยังไม่มีเอกสาร")
    assert (decision.act, decision.network) == (Act.REFUSE, network)
    assert acts.refuse(moderator=moderator, staff_request=asked, reason=WHY) is None
    assert acts.grant_verification(moderator=moderator, staff_request=asked, reason=WHY) is None
    network.refresh_from_db()
    assert network.verified_at is None
    assert "ยังไม่มีเอกสาร" in letters("plea_answered")["malee"]
    assert letters("network_decided") == {}
