"""Pages of networks: who gets what, and how many questions a page asks the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.discussions.boards.models import Access, OpenTo
from forums.discussions.topics.models import State, TopicNetwork
from forums.groups.contacts.actions import save_contact, save_office
from forums.groups.links.actions import ask_link
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Audience, EventKind, Network
from forums.groups.networks.recording import record_event
from forums.groups.profiles import actions
from tests.answers import page
from tests.front.networks.make import hold, room
from tests.make import join, make_board, make_member, make_network, make_topic

# -- the page -----------------------------------------------------------------------------------


def test_the_page_says_all_there_is(as_, malee, somchai):
    network = make_network(
        "บ้านมั่นคง",
        malee,
        aim="มีบ้านที่ไม่ต้องกลัวถูกไล่",
        sectors=["civil"],
        provinces=["74"],
        since_year=2015,
        since_month=2,
        story="ออม **วันละบาท**",
        tags=["ออมทรัพย์"],
    )
    save_office(editor=malee, network=network, title="เหรัญญิก", holder="ละเมียด ศรีคลอง")
    save_contact(editor=malee, network=network, label="โทร", value="034123456", audience="everyone")
    ask_link(member=malee, network=network, other=make_network("เครือข่ายแม่", malee), kind="parent")
    make_topic(malee, room(network), title="ต่อเติมบ้านหนีน้ำ")
    hold(network, "ทำความสะอาดคลอง", going_count=41)
    hold(network, "ประชุมใหญ่", days=-9, reported_at=timezone.now(), came=32)
    html = page(as_(None), network.get_absolute_url())
    for words in (
        "มีบ้านที่ไม่ต้องกลัวถูกไล่", "ภาคประชาสังคม", "สมุทรสาคร", "ก.พ. 2558", "<strong>วันละบาท</strong>",
        "เหรัญญิก", "ละเมียด ศรีคลอง", 'href="tel:034123456"', "เครือข่ายแม่", "ต่อเติมบ้านหนีน้ำ",
        "ทำความสะอาดคลอง", "จะไป 41 คน", "ประชุมใหญ่", "อ่านบันทึกกิจกรรม", "ออมทรัพย์", "ขอเข้าร่วม",
        "ยืนยันข้อมูลล่าสุดเมื่อ",
    ):  # fmt: skip
        assert words in html, words


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        (Audience.EVERYONE, "visitor outsider member coordinator moderator"),
        (Audience.MEMBERS, "outsider member coordinator moderator"),
        (Audience.NETWORK, "member coordinator moderator"),
        (Audience.COORDINATORS, "coordinator moderator"),
    ],
)
def test_a_contact_is_shown_to_whom_the_coordinator_says(
    as_, malee, somchai, moderator, audience, seen
):
    network = make_network("คนรักคลอง", malee)
    save_contact(editor=malee, network=network, label="ไลน์", value="klong-2569", audience=audience)
    member = make_member()
    join(network, member)
    people = {
        "visitor": None, "outsider": somchai, "member": member, "coordinator": malee,
        "moderator": moderator,
    }  # fmt: skip
    found = [
        name
        for name, who in people.items()
        if "klong-2569" in page(as_(who), network.get_absolute_url())
    ]
    assert found == seen.split()


def test_what_is_private_leaves_no_trace_on_its_pages(as_, malee, somchai, moderator):
    network = make_network("คนรักคลอง", malee)
    secret = room(network, "ห้องลับเฉพาะ", OpenTo.NETWORK)
    topic = make_topic(malee, secret, title="เรื่องลับ", kind="article")
    record_event(network.pk, EventKind.TOPIC_JOINED, actor=malee, topic=topic)
    theirs = make_topic(moderator, make_board(read=Access.STAFF), title="เรื่องของผู้ดูแล")
    TopicNetwork.objects.create(topic=theirs, network=network, state=State.JOINED)
    meeting = hold(network, "ประชุมลับ", days=-3, open_to="members")
    record_event(network.pk, EventKind.ACTIVITY_REPORTED, actor=malee, activity=meeting)
    gone = make_network("เครือข่ายที่ซ่อน", malee)
    ask_link(member=malee, network=network, other=gone, kind="linked")
    Network.objects.filter(pk=gone.pk).update(hidden_at=timezone.now())
    url = network.get_absolute_url()
    hers = "".join(page(as_(malee), url + tab) for tab in ("", "topics/", "timeline/"))
    for words in ("ห้องลับเฉพาะ", "เรื่องลับ", "ประชุมลับ"):
        assert words in hers
    assert "เรื่องของผู้ดูแล" not in hers
    assert "เครือข่ายที่ซ่อน" not in hers
    assert "เครือข่ายที่ซ่อน" not in page(as_(malee), f"{url}history/")
    for who in (None, somchai):
        for tab in ("", "topics/", "timeline/"):
            html = page(as_(who), url + tab)
            for words in ("ลับ", "เรื่องของผู้ดูแล", "เครือข่ายที่ซ่อน"):
                assert words not in html, (who, tab, words)


def test_topics_of_its_boards_and_those_it_joined_stand_together(as_, malee):
    network, board = make_network("คนรักคลอง", malee), make_board()
    make_topic(malee, room(network), title="ของเรา")
    for state in State.values:
        topic = make_topic(make_member(is_staff=True), board, title=f"กระทู้ที่ {state}")
        TopicNetwork.objects.create(topic=topic, network=network, state=state)
    html = page(as_(None), f"{network.get_absolute_url()}topics/")
    assert "ของเรา" in html
    assert [state for state in State.values if f"กระทู้ที่ {state}" in html] == [State.JOINED]


def test_a_network_with_nothing_says_so(as_, malee, somchai):
    url = make_network("คนรักคลอง", malee).get_absolute_url()
    assert "ยังไม่มีกระทู้ที่ท่านอ่านได้" in page(as_(None), url)
    assert "ห้องของเครือข่ายนี้เปิดให้สมาชิกอ่าน" in page(as_(None), f"{url}topics/")
    assert "ลงทะเบียนเครือข่ายที่นี่" in page(as_(None), f"{url}timeline/")


@pytest.mark.parametrize(
    ("joining", "label"),
    [("open", ">เข้าร่วม<"), ("request", ">ขอเข้าร่วม<"), ("invitation", "เข้าร่วมได้เมื่อมีคนเชิญ")],
)
def test_the_button_says_how_one_joins(as_, malee, somchai, joining, label):
    network = make_network("คนรักคลอง", malee, joining=joining)
    url = network.get_absolute_url()
    for who in (None, somchai):
        assert label in page(as_(who), url)
        assert (f'href="{url}join/"' in page(as_(who), url)) == (joining != "invitation")
    join(network, somchai)
    assert f'href="{url}leave/"' in page(as_(somchai), url)
    assert f'href="{url}join/"' not in page(as_(somchai), url)


def test_an_archived_network_is_read_and_nothing_is_done_to_it(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    Network.objects.filter(pk=network.pk).update(archived_at=timezone.now())
    url = network.get_absolute_url()
    for who in (None, somchai, malee):
        html = page(as_(who), url)
        assert "เครือข่ายนี้เก็บเข้าคลังเมื่อ" in html
        assert "join/" not in html
        assert "leave/" not in html
    assert as_(malee).get(f"{url}history/").status_code == 200
    for tab in ("edit/", "contacts/", "structure/", "links/"):
        assert as_(malee).get(url + tab).status_code == 403
    assert as_(malee).post(f"{url}confirm/").status_code == 403
    assert as_(somchai).post(f"{url}ask/", {"kind": "take_over", "why": "ก"}).status_code == 403


def test_a_hidden_network_is_for_moderators_only(as_, malee, moderator):
    network = make_network("คนรักคลอง", malee)
    Network.objects.filter(pk=network.pk).update(hidden_at=timezone.now())
    url = network.get_absolute_url()
    for tab in ("", "topics/", "timeline/", "history/", "manage/", "edit/", "ask/"):
        assert as_(malee).get(url + tab).status_code == 404, tab
    assert "ซ่อนเครือข่ายนี้ไว้" in page(as_(moderator), url)


def test_after_twelve_months_the_page_says_that_nobody_confirmed_it(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    url = network.get_absolute_url()
    assert "ไม่มีใครยืนยัน" not in page(as_(None), url)
    Network.objects.filter(pk=network.pk).update(confirmed_at=timezone.now() - timedelta(days=366))
    assert "ไม่มีใครยืนยัน" in page(as_(None), url)
    assert f"{url}ask/" in page(as_(somchai), url)
    assert f"{url}confirm/" not in page(as_(somchai), url)
    assert f"{url}confirm/" in page(as_(malee), url)
    assert as_(malee).post(f"{url}confirm/").status_code == 302
    assert "ไม่มีใครยืนยัน" not in page(as_(None), url)


# -- timeline and history -----------------------------------------------------------------------


def test_the_timeline_tells_what_happened_and_names_nobody(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee, since_year=2015)
    for _ in range(3):
        record_event(network.pk, EventKind.JOINED, actor=somchai, member=somchai)
    record_event(network.pk, EventKind.REMOVED, actor=malee, member=somchai)
    make_topic(malee, room(network), title="เล่าเรื่องคลอง", kind="article")
    html = page(as_(None), f"{network.get_absolute_url()}timeline/")
    for words in ("มีคนเข้าร่วม 3 คน", "เล่าเรื่องคลอง", "ลงทะเบียนเครือข่ายที่นี่", "เริ่มก่อตั้งเครือข่าย", "2558"):
        assert words in html
    assert "สมชาย" not in html


def test_every_line_stands_once_on_the_pages_of_the_timeline(as_, malee):
    network = make_network("คนรักคลอง", malee)
    others = [make_network(f"เพื่อน {n:02}", malee) for n in range(50)]
    for other in others:
        record_event(network.pk, EventKind.LINKED, actor=malee, other=other)
    seen, address = [], f"{network.get_absolute_url()}timeline/"
    while True:
        html = page(as_(None), address)
        seen += [n for n in range(50) if f"เพื่อน {n:02}" in html]
        if 'rel="next"' not in html:
            break
        query = html.split('rel="next"')[0].rpartition('href="')[2].split('"')[0]
        address = f"{network.get_absolute_url()}timeline/{query}"
    assert sorted(seen) == list(range(50))


@pytest.mark.parametrize("cursor", ["x", "1_", "-5", "9" * 40, "1_2_3", "๑๒"])
def test_a_mangled_page_of_a_timeline_is_not_found(as_, malee, cursor):
    url = make_network("คนรักคลอง", malee).get_absolute_url()
    assert as_(malee).get(f"{url}timeline/", {"before": cursor}).status_code == 404
    assert as_(malee).get(f"{url}history/", {"before": cursor}).status_code == 404


def test_the_whole_history_is_for_coordinators_and_moderators(as_, malee, somchai, moderator):
    network = make_network("คนรักคลอง", malee)
    join(network, somchai, role=Role.MODERATOR)
    for what in EventKind:
        record_event(
            network.pk, what, actor=malee, member=somchai, details={"role": "member", "x": 1}
        )
    url = f"{network.get_absolute_url()}history/"
    for who in (malee, moderator):
        assert "มาลี คำหล้า นำ สมชาย ตั้งใจดี ออกจากเครือข่าย" in page(as_(who), url)
    assert as_(somchai).get(url).status_code == 403
    for _ in range(30):
        record_event(network.pk, EventKind.CONFIRMED, actor=malee)
    first = page(as_(malee), url)
    query = first.split('rel="next"')[0].rpartition('href="')[2].split('"')[0]
    second = page(as_(malee), url + query)
    lines = [html.count('<li class="past">') for html in (first, second)]
    assert lines == [40, 1 + len(EventKind) + 30 - 40]


def test_what_waits_is_counted_where_one_looks_after_it(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    ask_link(member=somchai, network=make_network("ป่า", somchai), other=network, kind="linked")
    html = page(as_(malee), f"{network.get_absolute_url()}manage/")
    assert html.count("รออยู่ 1 เรื่อง") == 1, "beside what waits, and beside nothing else"


def test_a_name_from_a_stranger_is_escaped_wherever_it_stands(as_, malee, somchai):
    evil = "<script>alert(1)</script>"
    network = make_network(evil, malee, aim=evil, story=evil, questions=[evil])
    save_office(editor=malee, network=network, title=evil, holder=evil)
    save_contact(
        editor=malee, network=network, label="x", value="javascript:alert(1)", audience="everyone"
    )
    actions.edit_network(editor=malee, network=network, name="<i>ใหม่</i>")
    network.refresh_from_db()
    for tab in (
        "",
        "timeline/",
        "history/",
        "manage/",
        "edit/",
        "contacts/",
        "structure/",
        "links/",
    ):
        html = page(as_(malee), network.get_absolute_url() + tab)
        assert "<script>alert" not in html
        assert "<i>ใหม่" not in html
        assert 'href="javascript:' not in html
