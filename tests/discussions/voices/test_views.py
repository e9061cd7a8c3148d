"""A topic seen by network."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums.discussions.boards.models import Access
from forums.discussions.topics.models import Topic, TopicNetwork
from forums.discussions.voices.actions import answer_invitation, invite_network, set_view
from forums.moderation import actions as moderation
from tests.answers import page
from tests.make import join, make_board, make_member, make_network, make_post, make_topic


@pytest.fixture
def topic(malee, somchai, canal, forest):
    """Malee asks from the canal, Somchai answers from the forest; both networks take part."""
    topic = make_topic(malee, title="น้ำหลากปีนี้", speak_from=canal.pk)
    invite_network(member=malee, topic=topic, network=canal)
    invite_network(member=malee, topic=topic, network=forest)
    answer_invitation(member=somchai, topic=topic, network=forest, accept=True)
    make_post(topic, somchai, body="ป่าซับน้ำไว้ได้สามวัน", speak_from=forest.pk)
    make_post(topic, make_member(), body="ข้าพเจ้าพูดเอง")
    return topic


def test_the_mark_of_the_network_stands_on_the_post(as_, topic, forest):
    text = page(as_(None), topic.get_absolute_url())
    assert f'<a class="from c-{forest.colour}" href="{forest.get_absolute_url()}">' in text
    assert "ในนามตัวเอง" in text  # who spoke as herself, where networks meet


def test_who_started_a_topic_speaks_from_a_network_too(as_, topic, canal):
    """The head of the topic names it, as each post does."""
    head = page(as_(None), topic.get_absolute_url()).partition('<div class="author">')[2]
    assert canal.name in head.partition("</div>")[0]


def test_the_tabs_stand_only_where_networks_speak(as_, topic):
    alone = make_topic()
    assert f"/t/{topic.pk}/by/network/" in page(as_(None), topic.get_absolute_url())
    assert f"/t/{alone.pk}/by/network/" not in page(as_(None), alone.get_absolute_url())


def test_common_ground_has_its_tab_once_something_is_put_to_the_vote(as_, topic):
    tab = f'<a href="/t/{topic.pk}/common/"'
    assert tab not in page(as_(None), topic.get_absolute_url())
    Topic.objects.filter(pk=topic.pk).update(statement_count=12)
    assert tab in page(as_(None), topic.get_absolute_url())
    assert tab in page(as_(None), f"/t/{topic.pk}/by/network/")


def test_each_page_behind_the_tab_leads_to_the_others(as_, topic, malee):
    pages = [f"/t/{topic.pk}/by/{way}/" for way in ("network", "others", "networks")]
    for address in pages:
        text = page(as_(malee), address)
        assert all(f'href="{each}"' in text for each in pages)


def test_one_networks_posts_stand_by_themselves(as_, topic, forest):
    text = page(as_(None), f"/t/{topic.pk}/by/network/?of={forest.slug}")
    assert "ป่าซับน้ำ" in text
    assert "ข้าพเจ้าพูดเอง" not in text


def test_a_network_that_says_nothing_here_is_404(as_, topic):
    assert as_(None).get(f"/t/{topic.pk}/by/network/?of=ไม่มี").status_code == 404
    for mangled in (
        "x",
        "1",
        "1-x",
        "9" * 30 + "-1",
        "-",
        "1_x",
        "9" * 30 + "_1",
        "_",
        "๑_๑",
        "1_2_3",
    ):
        assert as_(None).get(f"/t/{topic.pk}/by/network/?after={mangled}").status_code == 404


def test_a_member_meets_her_own_network_first(as_, topic, somchai):
    own = page(as_(somchai), f"/t/{topic.pk}/by/network/")
    assert "ป่าซับน้ำ" in own


def test_side_by_side_her_own_network_comes_last(as_, topic, malee, somchai, canal, forest):
    set_view(member=malee, topic=topic, network=canal, body="คลองต้องโล่งก่อน")
    set_view(member=somchai, topic=topic, network=forest, body="ต้นน้ำต้องมาก่อน")

    def told_to(member):
        text = page(as_(member), f"/t/{topic.pk}/by/others/")
        return sorted([canal, forest], key=lambda each: text.index(f'id="view-{each.pk}"'))

    assert told_to(None) == told_to(somchai) == [canal, forest]
    assert told_to(malee) == [forest, canal]


def test_a_visitor_sees_how_each_network_sees_it(as_, topic, somchai, forest, canal, malee):
    set_view(member=somchai, topic=topic, network=forest, body="ต้นน้ำต้อง <b>มาก่อน</b>")
    text = page(as_(None), f"/t/{topic.pk}/by/others/")
    assert "ต้นน้ำต้อง &lt;b&gt;มาก่อน" in text
    assert "สมชาย ตั้งใจดี" in text
    assert text.index("ป่าซับน้ำ") > text.index("ต้นน้ำต้อง")


def test_hidden_posts_stand_in_no_other_view(as_, topic, moderator, forest):
    post = topic.posts.get(network=forest)
    moderation.hide_post(moderator=moderator, post=post, reason="โฆษณา")
    for address in (f"/t/{topic.pk}/by/others/", topic.get_absolute_url()):
        assert "ป่าซับน้ำ" not in page(as_(None), address)
    assert as_(None).get(f"/t/{topic.pk}/by/network/?of={forest.slug}").status_code == 404


def test_a_hidden_network_leaves_no_mark(as_, topic, forest):
    type(forest).objects.filter(pk=forest.pk).update(hidden_at=forest.created_at)
    for address in (topic.get_absolute_url(), f"/t/{topic.pk}/by/others/", "/"):
        assert forest.name not in page(as_(None), address)


def test_every_way_to_see_a_private_topic_is_404_for_outsiders(as_, canal, malee, somchai):
    board = make_board(
        "ในบ้าน", network=canal, open_to="network", read=Access.NETWORK, write=Access.NETWORK
    )
    topic = make_topic(malee, board, speak_from=canal.pk)
    for rest in ("", "by/network/", "by/others/", "by/networks/", f"by/view/{canal.slug}/"):
        assert as_(somchai).get(f"/t/{topic.pk}/{rest}").status_code == 404, rest
        assert as_(malee).get(f"/t/{topic.pk}/{rest}", follow=True).status_code == 200, rest


def test_inviting_and_accepting_by_plain_forms(as_, malee, somchai, canal, forest):
    topic = make_topic(malee)
    host, guest = as_(malee), as_(somchai)
    assert forest.name in page(host, f"/t/{topic.pk}/by/networks/?q=ป่า")
    host.post(f"/t/{topic.pk}/by/networks/invite/", {"network": forest.pk})
    assert topic.title in page(guest, f"{forest.get_absolute_url()}topics/waiting/")
    answer = guest.post(
        f"/t/{topic.pk}/by/networks/answer/",
        {"network": forest.pk, "accept": "1", "waiting": "1"},
    )
    assert answer.status_code == 302
    assert TopicNetwork.objects.get(topic=topic).state == "joined"
    assert topic.title not in page(guest, f"{forest.get_absolute_url()}topics/waiting/")


def test_a_view_too_long_comes_back_with_what_was_typed(as_, topic, somchai, forest):
    answer = as_(somchai).post(
        f"/t/{topic.pk}/by/view/{forest.slug}/", {"body": "ก" * 5000, "seen": "0"}
    )
    assert answer.status_code == 400
    text = answer.content.decode()
    assert "ก" * 5000 in text
    assert "5000" in text


def chosen(text: str) -> str:
    """Which answer a form has selected, "" where its reader is to choose."""
    answers = re.search(r'<select name="speak_from".*?</select>', text, re.DOTALL)
    assert answers
    return (re.findall(r'<option value="([^"]*)" selected>', answers[0]) or [""])[0]


def test_a_reply_takes_the_place_it_is_spoken_from(as_, topic, malee, canal):
    other = make_topic()
    client = as_(malee)
    text = page(client, other.get_absolute_url())
    assert canal.name in text
    assert chosen(text) == ""
    client.post(f"/t/{other.pk}/reply/", {"body": "จากคลอง", "speak_from": canal.pk})
    assert other.posts.get(number=1).network == canal
    text = page(client, other.get_absolute_url())
    assert "ครั้งก่อนในกระทู้นี้เลือกไว้อย่างนี้" in text
    assert chosen(text) == str(canal.pk)


def test_from_where_one_speaks_may_change_and_earlier_posts_stay(as_, malee, canal):
    topic, client = make_topic(), as_(malee)
    for body, said in (("ก", f"{canal.pk}-name"), ("ข", canal.pk), ("ค", "0")):
        client.post(f"/t/{topic.pk}/reply/", {"body": body, "speak_from": said})
    spoken = topic.posts.filter(number__gt=0).order_by("number").values_list("network", "in_name")
    assert list(spoken) == [(canal.pk, True), (canal.pk, False), (None, False)]
    text = page(client, topic.get_absolute_url())
    first, second, third = re.findall(r'<article class="post.*?</header>', text, re.DOTALL)
    assert "พูดในนามเครือข่าย" in first
    assert canal.name in second
    assert "พูดในนามเครือข่าย" not in second
    assert canal.name not in third


@pytest.mark.parametrize(
    "said", [{}, {"speak_from": ""}, {"speak_from": "x"}, {"speak_from": "1-2"}]
)
def test_where_networks_apply_an_answer_is_needed_and_the_words_come_back(as_, malee, canal, said):
    topic, board = make_topic(), make_board()
    start = {"kind": "conversation", "board": board.slug, "title": "เรื่องใหม่"}
    for address, more in ((f"/t/{topic.pk}/reply/", {}), ("/start/", start)):
        answer = as_(malee).post(address, {"body": "พิมพ์มาตั้งนาน", **more, **said})
        text = answer.content.decode()
        assert answer.status_code == 400
        assert "พิมพ์มาตั้งนาน" in text
        assert "id_speak_from_error" in text
        assert chosen(text) == ""
    assert topic.last_number == 0
    assert not Topic.objects.filter(board=board).exists()


def test_nobody_in_no_network_is_asked(as_, somchai):
    topic, client = make_topic(), as_(somchai)
    assert "speak_from" not in page(client, topic.get_absolute_url())
    assert client.post(f"/t/{topic.pk}/reply/", {"body": "สวัสดี"}).status_code == 302


def test_a_place_that_is_not_hers_is_refused_with_her_words(as_, topic, malee, forest):
    answer = as_(malee).post(
        f"/t/{make_topic().pk}/reply/", {"body": "จากป่า", "speak_from": forest.pk}
    )
    assert answer.status_code == 400
    assert "จากป่า" in answer.content.decode()


def test_pages_cost_the_same_with_two_networks_and_with_twelve(as_, topic, somchai):
    def queries(address: str) -> int:
        client = as_(somchai)
        page(client, address)
        with CaptureQueriesContext(
            connection,
        ) as found:
            page(client, address)
        return len(found)

    addresses = [
        topic.get_absolute_url(), f"/t/{topic.pk}/by/network/", f"/t/{topic.pk}/by/others/",
        f"/t/{topic.pk}/by/networks/", "/",
    ]  # fmt: skip
    before = [queries(address) for address in addresses]
    for n in range(10):
        member = make_member()
        network = make_network(f"เครือข่ายที่ {n}", member)
        join(network, somchai)
        make_post(topic, member, speak_from=network.pk)
        invite_network(member=topic.author, topic=topic, network=network)
    assert [queries(address) for address in addresses] == before
    assert max(before) <= 12


def test_speaking_for_many_networks_costs_no_query_each(as_, topic, somchai):
    client = as_(somchai)
    page(client, f"/t/{topic.pk}/by/others/")
    with CaptureQueriesContext(connection) as few:
        page(client, f"/t/{topic.pk}/by/others/")
    for n in range(10):
        make_network(f"เครือข่ายของสมชาย {n}", somchai)
    with CaptureQueriesContext(connection) as many:
        page(client, f"/t/{topic.pk}/by/others/")
    assert len(many) == len(few)


def test_who_takes_part_is_told_with_who_only_speaks(as_, malee, somchai):
    host, guest = make_network("คนรักคลอง", malee), make_network("คนเฝ้าป่า", somchai)
    topic = make_topic(malee, make_board())
    words = "เครือข่ายมีคนพูดในกระทู้นี้ แต่ยังไม่ได้ร่วมกระทู้"
    assert words not in page(as_(malee), f"/t/{topic.pk}/by/networks/")
    make_post(topic, somchai, speak_from=guest.pk)
    make_post(topic, malee, speak_from=host.pk)
    assert f"อีก 2 {words}" in page(as_(malee), f"/t/{topic.pk}/by/networks/")
