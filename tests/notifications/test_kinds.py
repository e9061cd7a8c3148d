"""Every kind of notification: nothing of what is gone, and who hears what of networks, activities and decisions."""

from accounts.models import Member
from forums.activities.attendance.actions import answer
from forums.activities.hosting.actions import cancel, decide_host
from forums.activities.models import Answer, Open
from forums.discussions.voices.actions import answer_invitation, invite_network
from forums.groups.affiliations.actions import Side, agree, part
from forums.groups.links.actions import ask_link, confirm_link, end_link
from forums.groups.links.models import LinkKind
from forums.groups.memberships.actions import answer_request, ask_to_join, remove
from forums.groups.networks.models import Joining, Network
from forums.groups.organisations.actions import register_organisation
from forums.moderation.actions import hide_post, hide_topic
from forums.moderation.networks.actions import verify
from forums.moderation.sanctions.actions import restore, suspend
from forums.moderation.trust.actions import set_trust
from forums.notifications import registry
from forums.notifications.inbox.actions import spread
from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Notification
from forums.notifications.seen import Seen
from tests.make import join, make_activity, make_member, make_network, make_post, make_topic


def told(member: Member) -> list[str]:
    """What stands on her page, newest first; asked as her next request would."""
    spread()
    member = Member.objects.get(pk=member.pk)
    notes = list(Notification.objects.filter(member=member).order_by("-newest_at", "-pk"))
    return [line.text for line in lines_of(member, notes).values()]


EVERYTHING = {
    "reason": "x", "role": "member", "yes": True, "side": "network",
    "post": 10**9, "topic": 10**9, "network": 10**9, "other": 10**9, "activity": 10**9, "decision": 10**9,
    "organisation": 10**9, "representative": 10**9, "join_request": 10**9, "plea": 10**9, "merge": 10**9,
}  # fmt: skip


def test_no_kind_says_anything_of_what_is_gone(malee):
    for name, kind in registry._KINDS.items():
        note = Notification(kind=name, data=EVERYTHING, things=[10**9], people=[10**9])
        for reader in (None, malee):
            assert kind.line(note, Seen(reader, [note])) is None, name


def test_a_coordinator_hears_who_asks_and_the_asker_what_was_answered(malee, somchai):
    network = make_network(coordinator=somchai, name="คนรักคลอง")
    Network.objects.filter(pk=network.pk).update(joining=Joining.REQUEST)
    other = make_member(display_name="ดวงใจ")
    request = ask_to_join(member=other, network=network)
    ask_to_join(member=malee, network=network)
    assert told(somchai) == [f"{malee} และ ดวงใจ ขอเข้าร่วม “คนรักคลอง”"]
    for each in (request, malee.join_requests.get()):
        answer_request(coordinator=somchai, request=each, accept=each == request, word="ขอบคุณ")
    assert told(somchai) == []  # nothing waits
    assert told(other) == ["“คนรักคลอง” รับท่านเป็นสมาชิกแล้ว ยินดีต้อนรับ"]
    assert told(malee) == ["“คนรักคลอง” ยังรับท่านเข้าไม่ได้ตอนนี้"]
    remove(coordinator=somchai, network=network, member=other, reason="ย้ายไป")
    assert told(other)[0].startswith("ท่านไม่ได้เป็นสมาชิก")


def test_both_sides_of_a_link_hear_of_it(malee, somchai):
    ours, theirs = make_network("ป่า", malee), make_network("น้ำ", somchai)
    link = ask_link(member=malee, network=ours, other=theirs, kind=LinkKind.LINKED)
    assert told(somchai) == ["“ป่า” ขอเชื่อมกับ “น้ำ”"]
    confirm_link(member=somchai, link=link)
    assert told(malee) == ["“น้ำ” ตอบรับ เชื่อมกับ “ป่า” แล้ว"]
    assert told(somchai) == []


def test_a_link_that_is_declined_or_taken_back(malee, somchai):
    ours, theirs = make_network("ป่า", malee), make_network("น้ำ", somchai)
    link = ask_link(member=malee, network=ours, other=theirs, kind=LinkKind.LINKED)
    end_link(member=malee, link=link, network=ours)
    assert told(malee) == told(somchai) == []
    link = ask_link(member=malee, network=ours, other=theirs, kind=LinkKind.LINKED)
    end_link(member=somchai, link=link, network=theirs)
    assert told(malee) == ["“น้ำ” ยังไม่รับเชื่อมกับ “ป่า”"]


def test_a_network_that_is_invited_into_a_topic_and_who_invited_it(malee, somchai):
    topic = make_topic(malee, title="ฝายเก่า")
    network = make_network("น้ำ", somchai)
    invite_network(member=malee, topic=topic, network=network)
    assert told(somchai) == ["มีคนชวน “น้ำ” ร่วมคุยใน “ฝายเก่า”"]
    answer_invitation(member=somchai, topic=topic, network=network, accept=True)
    assert told(malee) == ["“น้ำ” ร่วมคุยใน “ฝายเก่า” แล้ว"]


def test_members_hear_of_an_activity_once_and_those_who_answered_of_its_end(malee, somchai):
    network = make_network("น้ำ", somchai)
    other = make_network("ป่า", make_member())
    join(network, malee)
    join(other, malee)
    activity = make_activity(network, title="ล้างฝาย", hosts=[other], open_to=Open.MEMBERS)
    assert told(malee) == ["“น้ำ” ชวนไป “ล้างฝาย”"]
    assert told(other.registered_by) == ["ชวน “ป่า” ร่วมจัด “ล้างฝาย”"]
    outsider = make_member()
    decide_host(member=other.registered_by, activity=activity, network=other, accept=True)
    assert told(somchai) == ["“ป่า” ตอบรับ ร่วมจัด “ล้างฝาย” แล้ว"]
    assert Notification.objects.filter(member=malee).count() == 1
    answer(member=malee, activity=activity, answer=Answer.GOING)
    cancel(member=somchai, activity=activity, reason="น้ำขึ้น")
    assert told(malee) == ["ยกเลิกแล้ว: ล้างฝาย"]
    assert told(outsider) == []


def test_what_moderators_decide_is_told_with_its_reason(malee, moderator):
    topic = make_topic(malee, title="ฝายเก่า")
    post = make_post(make_topic(title="ฝายใหม่"), malee)
    set_trust(moderator=moderator, member=malee, level=2, reason="ช่วยเหลือดี")
    hide_topic(moderator=moderator, topic=topic, reason="มีเบอร์โทร")
    hide_post(moderator=moderator, post=post, reason="ว่าร้าย")
    assert told(malee) == [
        "ผู้ดูแลตัดสินเรื่องข้อความของท่านใน “ฝายใหม่”: ซ่อน",
        "ผู้ดูแลตัดสินเรื่องกระทู้ “ฝายเก่า” ของท่าน: ซ่อน",
        "ระดับความไว้วางใจของท่านเป็น “ขาประจำ” แล้ว",
    ]
    (_hidden, _topic, trust) = Notification.objects.filter(member=malee).order_by("-pk")
    assert lines_of(malee, [trust])[trust.pk].note == "เพราะ: ช่วยเหลือดี"


def test_an_account_that_was_suspended_finds_it_when_it_is_back(malee, moderator):
    suspend(moderator=moderator, member=malee, reason="โฆษณา")
    restore(moderator=moderator, member=malee, reason="เข้าใจกันแล้ว")
    assert told(malee) == ["ผู้ดูแลเว็บคืนบัญชีให้ท่านแล้ว", "ผู้ดูแลเว็บพักบัญชีของท่าน"]


def test_moderators_are_not_told_of_what_they_decide_about_their_own(moderator):
    topic = make_topic(moderator)
    hide_topic(moderator=moderator, topic=topic, reason="ลองดู")
    assert told(moderator) == []


def test_coordinators_hear_what_was_decided_about_their_network(somchai, moderator):
    network = make_network("น้ำ", somchai)
    verify(moderator=moderator, network=network, reason="โทรคุยแล้ว")
    assert len(told(somchai)) == 1


def test_an_organisation_and_a_network_hear_of_each_other(malee, somchai, moderator):
    network = make_network("น้ำ", somchai)
    organisation = register_organisation(member=malee, name="มูลนิธิฝาย", sector="civil")
    agree(member=somchai, network=network, organisation=organisation, side=Side.NETWORK)
    assert told(malee) == ["“น้ำ” ชวน “มูลนิธิฝาย”"]
    part(member=malee, network=network, organisation=organisation, side=Side.ORGANISATION)
    assert told(somchai) == ["“มูลนิธิฝาย” ยังไม่เข้าร่วม “น้ำ”"]
    Notification.objects.all().delete()
    agree(member=malee, network=network, organisation=organisation, side=Side.ORGANISATION)
    assert told(somchai)[0] == "“มูลนิธิฝาย” ขอเข้าร่วม “น้ำ”"
    agree(member=somchai, network=network, organisation=organisation, side=Side.NETWORK)
    assert "“มูลนิธิฝาย” เป็นสมาชิก “น้ำ” แล้ว" in told(malee)
