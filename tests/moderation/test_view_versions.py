"""Closing one old version of a network's view: by its coordinators, by moderators; and opening it again."""

import pytest

from forums.base.errors import BadText
from forums.discussions.topics.models import Topic
from forums.discussions.voices.actions import set_view
from forums.discussions.voices.models import View
from forums.groups.memberships.models import Membership, Role
from forums.moderation.merging.actions import merge, unmerge
from forums.moderation.models import Act, Decision
from forums.moderation.versions.actions import close_view
from tests.clients import signed_in
from tests.make import join, make_member, make_network, make_network_board, make_topic

pytestmark = pytest.mark.django_db
NUMBER = "081-234-5678"


@pytest.fixture
def topic(malee, canal) -> Topic:
    """In the canal's own board, with three versions of its view; the second has a telephone number in it."""
    topic = make_topic(malee, make_network_board(canal))
    for body in ("ฉบับแรก", f"โทร {NUMBER}", "ฉบับที่สาม"):
        set_view(member=malee, topic=topic, network=canal, body=body)
    return topic


def url(topic, network) -> str:
    return f"/t/{topic.pk}/by/view/{network.slug}/history/"


def history(who, topic, network) -> str:
    return signed_in(who).get(url(topic, network)).content.decode()


def close(who, topic, network, number=2, what="close", reason="มีเบอร์โทรของคนอื่น"):
    return signed_in(who).post(f"{url(topic, network)}{number}/{what}/", {"reason": reason})


def test_a_coordinator_closes_it_with_a_reason_that_stands_in_the_log(
    topic, canal, malee, somchai, moderator
):
    assert NUMBER in history(None, topic, canal)
    page = signed_in(malee).get(f"{url(topic, canal)}2/close/").content.decode()
    assert "ปิดฉบับที่ 2" in page
    assert 'name="reason"' in page
    assert close(malee, topic, canal, reason=" ").status_code == 400
    assert close(malee, topic, canal).status_code == 302
    for reader in (None, somchai):
        page = history(reader, topic, canal)
        assert NUMBER not in page
        assert "ปิดฉบับนี้แล้ว" in page
        assert "ฉบับแรก" in page
        assert "/close/" not in page
        others = signed_in(reader).get(f"/t/{topic.pk}/by/others/").content.decode()
        assert NUMBER not in others
        assert signed_in(reader).get(f"{url(topic, canal)}2/close/").status_code in (302, 403)
    for reader in (malee, moderator):
        assert NUMBER in history(reader, topic, canal)
    log = signed_in(None).get(f"/moderation/log/?topic={topic.pk}").content.decode()
    assert "ปิดฉบับเก่า" in log
    assert "มุมมองของเครือข่าย" in log
    assert "มีเบอร์โทรของคนอื่น" in log
    assert Decision.objects.get().details["network"] == canal.pk
    close(malee, topic, canal)  # again: nothing happens
    assert Decision.objects.count() == 1
    assert close(malee, topic, canal, what="open", reason="ปิดผิดฉบับ").status_code == 302
    assert NUMBER in history(None, topic, canal)


def test_what_the_sites_moderators_closed_only_they_open(topic, canal, malee, moderator):
    assert close(moderator, topic, canal).status_code == 302
    assert NUMBER not in history(None, topic, canal)
    assert close(malee, topic, canal, what="open").status_code == 403
    assert close(moderator, topic, canal, what="open").status_code == 302
    acts = Decision.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == [Act.CLOSE, Act.OPEN]


@pytest.mark.parametrize("role", [None, Role.MEMBER, Role.SPOKESPERSON])
@pytest.mark.parametrize("what", ["close", "open"])
def test_nobody_else_does(topic, canal, malee, somchai, role, what):
    if what == "open":
        close(malee, topic, canal)
    if role:
        join(canal, somchai, role=role)
    assert close(somchai, topic, canal, what=what).status_code == 403
    assert close(None, topic, canal, what=what).status_code == 403
    assert View.objects.filter(closed_at__isnull=False).count() == (what == "open")


def test_who_coordinates_it_no_more_is_refused_though_her_page_is_open(topic, canal, malee):
    other = make_member("other")
    join(canal, other, role=Role.COORDINATOR)
    browser = signed_in(other)
    assert browser.get(f"{url(topic, canal)}2/close/").status_code == 200
    Membership.objects.filter(member=other).update(role=Role.MEMBER)
    sent = browser.post(f"{url(topic, canal)}2/close/", {"reason": "มีเบอร์โทร"})
    assert sent.status_code == 403


def test_a_coordinator_decides_in_her_own_networks_name_in_anothers_topic(canal, malee, somchai):
    forest = make_network("คนเฝ้าป่า", somchai)
    topic = make_topic(malee, make_network_board(canal))
    View.objects.bulk_create(
        View(topic=topic, network=forest, number=n, body=f"โทร {NUMBER}", author=somchai)
        for n in (1, 2)
    )
    assert close(somchai, topic, forest, number=1).status_code == 302
    assert Decision.objects.get().details["network"] == forest.pk
    assert (
        close(malee, topic, forest, number=1, what="open").status_code == 302
    )  # keeps order there


def test_what_it_says_now_is_changed_first(topic, canal, malee, moderator):
    for who in (malee, moderator):
        answer = close(who, topic, canal, number=3)
        assert answer.status_code == 400
        assert "แก้ไขก่อน" in answer.content.decode()
    for number in (4, 99_999_999):
        assert close(malee, topic, canal, number=number).status_code == 404
    assert "/2/close/" in history(malee, topic, canal)
    assert "/3/close/" not in history(malee, topic, canal)


def test_closed_among_anothers_versions_it_stays_closed_when_the_merge_is_undone(
    canal, malee, somchai, moderator
):
    source = make_network("คลองเก่า", somchai)
    topic = make_topic(malee, make_network_board(canal))
    for network, body in ((source, f"โทร {NUMBER}"), (canal, "ของคลอง")):
        View.objects.create(topic=topic, network=network, number=1, body=body, author=malee)
    merge(moderator=moderator, network=source, into=canal, reason="เรื่องเดียวกัน")
    old = View.objects.get(body__contains=NUMBER)
    close_view(moderator=malee, view=old, reason="มีเบอร์โทร")
    unmerge(moderator=moderator, network=source, reason="เลือกผิด")
    old.refresh_from_db()
    assert old.network == source
    for address in (url(topic, source), f"/t/{topic.pk}/by/others/"):
        assert NUMBER not in signed_in(None).get(address).content.decode()
    with pytest.raises(BadText):
        close_view(moderator=moderator, view=old, reason="อีกครั้ง")
