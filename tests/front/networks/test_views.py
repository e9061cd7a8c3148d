"""Pages of networks: who gets what, and how many questions a page asks the database."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.activities.models import Activity, ActivityHost
from forums.discussions.boards.models import Access, Board, OpenTo
from forums.discussions.topics.models import State, TopicNetwork
from forums.groups.contacts.actions import save_contact, save_office
from forums.groups.contacts.models import Contact, Office
from forums.groups.links.actions import ask_link
from forums.groups.links.models import NetworkLink
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import Audience, EventKind, Network
from forums.groups.networks.recording import record_event
from forums.groups.organisations.models import NetworkOrganisation, Organisation
from forums.groups.profiles import actions
from forums.groups.staff_requests.models import StaffRequest
from tests.make import join, make_board, make_member, make_network, make_topic
from tests.security.world import png

LEVELS = {
    OpenTo.EVERYONE: (Access.EVERYONE, Access.MEMBERS),
    OpenTo.READERS: (Access.EVERYONE, Access.NETWORK),
    OpenTo.NETWORK: (Access.NETWORK, Access.NETWORK),
}


def room(network, name="ห้องหนึ่ง", open_to=OpenTo.READERS):
    read, write = LEVELS[open_to]
    slug = f"n{network.pk}-{Board.objects.count()}"
    return make_board(name, slug=slug, network=network, open_to=open_to, read=read, write=write)


def hold(network, title, *, days=7, open_to="everyone", **fields):
    """An activity of this network, so many days from now."""
    starts = timezone.now() + timedelta(days=days)
    activity = Activity.objects.create(
        title=title,
        slug="x",
        starts_at=starts,
        ends_at=starts + timedelta(hours=2),
        open_to=open_to,
        created_by=network.registered_by,
        **fields,
    )
    ActivityHost.objects.create(activity=activity, network=network, confirmed_at=timezone.now())
    return activity


def page(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def form(**fields):
    return {
        "name": "อสม. ลุ่มน้ำว้า",
        "aim": "ดูแลกันทุกบ้าน",
        "kind": "physical",
        "sectors": ["community", "state"],
        "provinces": ["55"],
        "joining": "request",
        "question1": "บ้านไหน",
        "colour": "toei",
        "emblem": "heart",
        "since_year": "๒๕๕๕",
        "since_month": "2",
        "tags": "เยี่ยมบ้าน",
        **fields,
    }


# -- registering --------------------------------------------------------------------------------


def test_a_member_registers_a_network_and_lands_where_she_looks_after_it(as_, malee):
    answer = as_(malee).post("/networks/new/", form() | {"picture": png()})
    network = Network.objects.get()
    assert unquote(answer.url) == "/n/อสม-ลุ่มน้ำว้า/manage/"
    assert (network.since_year, network.since_month, network.provinces) == (2012, 2, ["55"])
    assert "ชวนคนอื่นเข้ามา" in page(as_(malee), answer.url) or network.picture
    picture = as_(None).get(network.picture_url)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert as_(None).get(network.picture_url.replace("192", "193")).status_code == 404


def test_only_five_things_are_needed(as_, malee):
    few = {
        "name": "คนรักป่า",
        "aim": "ปลูกป่า",
        "kind": "online",
        "sectors": "civil",
        "nationwide": "on",
    }
    few |= {"joining": "open", "colour": "khram", "emblem": "hands"}
    assert as_(malee).post("/networks/new/", few).status_code == 302
    assert Network.objects.get().nationwide


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": " \u200b "}, "กรุณาตั้งชื่อเครือข่าย"),
        ({"name": "ก" * 5000}, "ข้อความนี้มี 5000 ตัวอักษร ใส่ได้ไม่เกิน 80"),
        ({"aim": "ก" * 5000}, "ข้อความนี้มี 5000 ตัวอักษร ใส่ได้ไม่เกิน 200"),
        ({"question2": "ก" * 5000}, "ข้อความนี้มี 5000 ตัวอักษร ใส่ได้ไม่เกิน 200"),
        ({"kind": ""}, "กรุณาเลือกว่าเป็นเครือข่ายแบบไหน"),
        ({"sectors": []}, "กรุณาเลือกอย่างน้อยหนึ่งภาคส่วน"),
        ({"provinces": []}, "กรุณาเลือกอย่างน้อยหนึ่งจังหวัด"),
        ({"provinces": ["00"]}, "00"),
        ({"emblem": "dragon"}, "ไม่มีตรานี้"),
        ({"since_year": "55"}, "กรุณาเขียนปีให้ครบสี่หลัก"),
        ({"since_year": "2699"}, "ปีนั้นยังมาไม่ถึง"),
        ({"since_year": "สองพันห้าร้อย"}, "กรุณาเขียนปีให้ครบสี่หลัก"),
        ({"since_year": ""}, "กรุณาใส่ปีด้วย"),
        ({"tags": "ก ข ค ง จ ฉ"}, "ใส่ได้ไม่เกิน 5 แท็ก"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_still_there(as_, malee, wrong, said):
    answer = as_(malee).post("/networks/new/", form(aim="ดูแลกันทุกบ้านจริง ๆ") | wrong)
    html = answer.content.decode()
    assert answer.status_code == 400
    assert said in html
    if "aim" not in wrong:
        assert "ดูแลกันทุกบ้านจริง ๆ" in html
    assert not Network.objects.exists()


def test_an_emblem_that_is_no_picture_is_refused_and_nothing_is_written(as_, malee):
    fake = png()
    fake.file.seek(0)
    fake.file.write(b"<svg onload=alert(1)>")
    answer = as_(malee).post("/networks/new/", form() | {"picture": fake})
    assert answer.status_code == 400
    assert "ไฟล์นี้ไม่ใช่รูป" in answer.content.decode()
    assert not Network.objects.exists()


def test_a_taken_name_leads_to_the_network_that_has_it(as_, malee, somchai):
    taken = make_network("อสม ลุ่มน้ำว้า", somchai)
    answer = as_(malee).post("/networks/new/", form())
    assert answer.status_code == 400
    assert f'href="{taken.get_absolute_url()}"' in answer.content.decode()
    Network.objects.filter(pk=taken.pk).update(hidden_at=timezone.now())
    answer = as_(malee).post("/networks/new/", form())
    assert taken.get_absolute_url() not in answer.content.decode()


def test_the_fourth_network_of_a_day_is_for_tomorrow(as_, malee):
    client = as_(malee)
    for n in range(3):
        assert client.post("/networks/new/", form(name=f"เครือข่าย {n}")).status_code == 302
    answer = client.post("/networks/new/", form(name="เครือข่ายที่สี่"))
    assert answer.status_code == 429
    assert "วันละ 3 เครือข่าย" in answer.content.decode()
    assert "เครือข่ายที่สี่" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "year"), [("2555", 2012), ("2012", 2012), ("๒๐๑๒", 2012), ("พ.ศ. 2400", 1857)]
)
def test_a_year_is_understood_in_either_era(as_, malee, typed, year):
    as_(malee).post("/networks/new/", form(since_year=typed))
    assert Network.objects.get().since_year == year


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
        "ทำความสะอาดคลอง", "41 คนบอกว่าจะมา", "ประชุมใหญ่", "อ่านบันทึก", "ออมทรัพย์", "ขอเข้าร่วม",
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
    assert "ยังไม่มีห้องของเครือข่ายนี้" in page(as_(None), f"{url}topics/")
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
        assert "เครือข่ายนี้ปิดเก็บเมื่อ" in html
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
    assert "ถูกซ่อน" in page(as_(moderator), url)


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


# -- looking after it ---------------------------------------------------------------------------


def edit_form(client, network):
    """The fields of the edit form as a browser would send them back."""
    shown = client.get(f"{network.get_absolute_url()}edit/").context["form"]
    fields = {name: shown[name].value() for name in shown.fields if name != "picture"}
    return {name: value for name, value in fields.items() if value not in (None, "", False)}


def test_a_coordinator_changes_the_page(as_, malee):
    network = make_network("คนรักคลอง", malee, sectors=["civil"], provinces=["55"], since_year=2015)
    client = as_(malee)
    answer = client.post(
        f"{network.get_absolute_url()}edit/",
        edit_form(client, network) | {"name": "คนรักแม่น้ำ", "story": "**ใหม่**"},
    )
    network.refresh_from_db()
    assert unquote(answer.url) == "/n/คนรักแม่น้ำ/"
    assert (network.since_year, network.story_html.strip()) == (2015, "<p><strong>ใหม่</strong></p>")
    assert as_(None).get("/n/คนรักคลอง/").status_code == 301


def test_an_edit_from_an_old_window_is_409_and_gives_the_text_back(as_, malee):
    network = make_network("คนรักคลอง", malee, sectors=["civil"], provinces=["55"])
    client = as_(malee)
    old = edit_form(client, network)
    url = f"{network.get_absolute_url()}edit/"
    assert client.post(url, old | {"aim": "จากเครื่องแรก"}).status_code == 302
    answer = client.post(url, old | {"aim": "จากเครื่องที่สอง"})
    assert answer.status_code == 409
    assert "จากเครื่องที่สอง" in answer.content.decode()
    network.refresh_from_db()
    assert network.aim == "จากเครื่องแรก"


def test_a_preview_of_the_story_writes_nothing(as_, malee):
    network = make_network("คนรักคลอง", malee)
    answer = as_(malee).post(
        f"{network.get_absolute_url()}edit/", {"story": "**หนา**", "preview": "1"}
    )
    assert "<strong>หนา</strong>" in answer.content.decode()
    network.refresh_from_db()
    assert network.story == ""


@pytest.mark.parametrize(
    ("tab", "fields"),
    [
        ("edit/", {"aim": "พิมพ์มาตั้งนาน"}),
        ("contacts/", {"label": "โทร", "value": "พิมพ์มาตั้งนาน"}),
        ("structure/", {"title": "ประธาน", "holder": "พิมพ์มาตั้งนาน"}),
    ],
)
def test_who_lost_her_role_while_she_wrote_gets_her_text_back(as_, malee, somchai, tab, fields):
    network = make_network("คนรักคลอง", malee)
    join(network, somchai, role=Role.COORDINATOR)
    save_contact(
        editor=malee, network=network, label="ลับ", value="0812345678", audience="coordinators"
    )
    Membership.objects.filter(member=malee).update(role=Role.MEMBER)
    answer = as_(malee).post(network.get_absolute_url() + tab, fields)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "เฉพาะผู้ประสานงานของเครือข่ายนี้" in html
    assert "พิมพ์มาตั้งนาน" in html
    assert "0812345678" not in html


def test_contacts_are_added_changed_and_taken_away(as_, malee):
    network = make_network("คนรักคลอง", malee)
    client, url = as_(malee), f"{network.get_absolute_url()}contacts/"
    sent = {"label": "โทร", "value": "081 234 5678", "audience": "everyone"}
    assert client.post(url, sent).status_code == 302
    contact = Contact.objects.get()
    seen = client.get(f"{url}{contact.pk}/").context["form"]["seen"].value()
    changed = sent | {"value": "082 000 0000", "seen": seen}
    assert client.post(f"{url}{contact.pk}/", changed).status_code == 302
    stale = client.post(f"{url}{contact.pk}/", changed | {"value": "ของเก่า"})
    assert stale.status_code == 409
    assert "ของเก่า" in stale.content.decode()
    too_long = client.post(url, sent | {"value": "ก" * 5000})
    assert too_long.status_code == 400
    assert "5000" in too_long.content.decode()
    for _ in range(2):
        assert client.post(f"{url}{contact.pk}/remove/").status_code == 302
    gone = client.post(f"{url}{contact.pk}/", changed)
    assert gone.status_code == 409
    assert "082 000 0000" in gone.content.decode()
    assert not Contact.objects.exists()


@pytest.mark.parametrize("typed", ["1/5/2569", "1 พ.ค. 2569", "๑/๕/๒๕๖๙", "2026-05-01"])
def test_the_days_of_a_duty_are_read_in_either_era(as_, malee, typed):
    network = make_network("คนรักคลอง", malee)
    url = f"{network.get_absolute_url()}structure/"
    sent = {"title": "เหรัญญิก", "holder": "ละเมียด", "since": typed}
    assert as_(malee).post(url, sent).status_code == 302
    assert str(Office.objects.get().since) == "2026-05-01"
    wrong = as_(malee).post(url, sent | {"until": "31/2/2569"})
    assert wrong.status_code == 400
    assert "31/2/2569" in wrong.content.decode()


def test_another_network_is_found_by_some_words_of_its_name(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    make_network("อาสาสมัครลุ่มน้ำว้า", somchai)
    url = f"{network.get_absolute_url()}links/"
    answer = as_(malee).post(url, {"kind": "linked", "other": "น้ำว้า"})
    assert answer.status_code == 400
    assert 'value="อาสาสมัครลุ่มน้ำว้า"' in answer.content.decode()
    sent = {"kind": "linked", "other": "น้ำว้า", "choice": "อาสาสมัครลุ่มน้ำว้า"}
    assert as_(malee).post(url, sent).status_code == 302
    link = NetworkLink.objects.get()
    theirs = "/n/อาสาสมัครลุ่มน้ำว้า/links/"
    assert "คนรักคลอง" in page(as_(somchai), theirs)
    assert as_(malee).post(f"{url}{link.pk}/confirm/").status_code == 403
    assert as_(somchai).post(f"{theirs}{link.pk}/confirm/").status_code == 302
    assert "อาสาสมัครลุ่มน้ำว้า" in page(as_(None), network.get_absolute_url())
    assert as_(malee).post(f"{url}{link.pk}/end/").status_code == 302
    assert not NetworkLink.objects.exists()
    nobody = as_(malee).post(url, {"kind": "linked", "other": "ไม่มีแน่นอน"})
    assert "ไม่พบเครือข่ายชื่อนี้" in nobody.content.decode()


def test_a_link_of_other_networks_is_not_found(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    link = ask_link(
        member=somchai,
        network=make_network("หนึ่ง", somchai),
        other=make_network("สอง"),
        kind="linked",
    )
    for what in ("confirm", "end"):
        url = f"{network.get_absolute_url()}links/{link.pk}/{what}/"
        assert as_(malee).post(url).status_code == 404


def test_asking_the_moderators(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    url = f"{network.get_absolute_url()}ask/"
    assert "ไม่มีเรื่องที่ต้องขอผู้ดูแล" in page(as_(somchai), url)
    empty = as_(malee).post(url, {"kind": "verify", "why": " "})
    assert (empty.status_code, StaffRequest.objects.count()) == (400, 0)
    assert as_(malee).post(url, {"kind": "verify", "why": "มีตัวตนจริง"}).status_code == 302
    assert "รอคำตอบ" in page(as_(malee), url)
    again = as_(malee).post(url, {"kind": "verify", "why": "อีกครั้ง"})
    assert again.status_code == 403
    assert "อีกครั้ง" in again.content.decode()
    assert as_(malee).post(url, {"kind": "take_over", "why": "ก"}).status_code == 400


def test_what_waits_is_counted_where_one_looks_after_it(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    ask_link(member=somchai, network=make_network("ป่า", somchai), other=network, kind="linked")
    html = page(as_(malee), f"{network.get_absolute_url()}manage/")
    assert "รออยู่ 1" in html


# -- what a page costs --------------------------------------------------------------------------


def fill(network, rows):
    """So many of everything a network's page shows."""
    founder, now = network.registered_by, timezone.now()
    board = room(network)
    author = make_member(is_staff=True)
    for n in range(rows):
        make_topic(author, board, title=f"กระทู้ {n}", kind="article", tags=["หนึ่ง"])
        joined = make_topic(author, make_board(), title=f"ร่วม {n}")
        TopicNetwork.objects.create(topic=joined, network=network, state=State.JOINED)
        record_event(network.pk, EventKind.TOPIC_JOINED, actor=founder, topic=joined)
        record_event(network.pk, EventKind.JOINED, actor=author, member=author)
        activity = hold(network, f"กิจกรรม {n}", days=n - rows // 2)
        record_event(network.pk, EventKind.ACTIVITY_REPORTED, actor=founder, activity=activity)
        other = make_network(f"{network.name} เพื่อน {n}", founder)
        ask_link(member=founder, network=network, other=other, kind="linked")
        Contact.objects.create(network=network, label=f"ล {n}", value=f"{n}", audience="everyone")
        Office.objects.create(network=network, title=f"หน้าที่ {n}", holder="ก", member=author)
        organisation = Organisation.objects.create(
            slug=f"{network.pk}-{n}", name=f"องค์กร {n}", name_key=f"{network.pk}-{n}", sort_key="ก",
            sector="civil", created_by=founder,
        )  # fmt: skip
        NetworkOrganisation.objects.create(
            network=network, organisation=organisation, by_network_at=now, by_organisation_at=now
        )
        record_event(
            network.pk, EventKind.ORGANISATION_JOINED, actor=founder, organisation=organisation
        )


@pytest.mark.parametrize("who", ["visitor", "member", "coordinator"])
def test_a_page_asks_as_many_questions_for_forty_rows_as_for_two(as_, malee, somchai, who):
    few, many = make_network("น้อย", malee), make_network("มาก", malee)
    fill(few, 2)
    fill(many, 40)
    for network in (few, many):
        join(network, somchai)
    client = as_({"visitor": None, "member": somchai, "coordinator": malee}[who])
    tabs = ["", "topics/", "timeline/"]
    if who == "coordinator":
        tabs += ["history/", "manage/", "edit/", "contacts/", "structure/", "links/", "ask/"]
    client.get("/")  # the footer's pages are kept for a minute
    told = {}
    for tab in tabs:
        counts = []
        for network in (few, many):
            with CaptureQueriesContext(
                connection,
            ) as asked:
                page(client, network.get_absolute_url() + tab)
            counts.append(len(asked))
        told[tab] = counts
    assert all(few == many and many <= 12 for few, many in told.values()), told


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
