"""What stands beside a topic: how networks see it, and from whom nothing was heard."""

from urllib.parse import unquote

import pytest

from forums.discussions.topics.beside import around, views_beside
from forums.discussions.topics.loading import topic_at
from forums.discussions.voices.actions import set_view
from forums.discussions.voices.models import View
from forums.groups.memberships.models import Role
from tests.answers import page, questions
from tests.knowledge.making import network_in
from tests.make import join, make_member, make_post, make_topic


@pytest.fixture
def topic(malee):
    return make_topic(malee, title="ชิงเผาหรือห้ามเผา")


def told(topic, body: str, name: str = ""):
    """A network in `topic` whose coordinator has set this view beside it."""
    network = network_in(topic, name)
    coordinator = make_member()
    join(network, coordinator, role=Role.COORDINATOR)
    set_view(member=coordinator, topic=topic, network=network, body=body)
    return network, coordinator


def seen(topic, member=None):
    found = topic_at(topic.pk, member)
    _tags, _people, networks = around(found)
    return views_beside(networks, found)


def test_where_no_network_has_told_there_is_nothing_but_who_takes_part(as_, topic):
    network = network_in(topic)
    assert seen(topic) is None
    text = page(as_(None), topic.get_absolute_url())
    assert network.name in text
    assert "เครือข่ายเห็นอย่างไร" not in text


def test_a_view_stands_beside_the_text_with_who_signed_it(as_, topic):
    network, signer = told(topic, "ปีที่ได้ชิงเผาครบแปลง ไฟใหญ่ไม่ขึ้นถึงน้ำซับ")
    silent = network_in(topic)
    views = seen(topic)
    (row,) = views.heard
    assert (row.id, row.line, row.signed) == (
        network.pk,
        "ปีที่ได้ชิงเผาครบแปลง ไฟใหญ่ไม่ขึ้นถึงน้ำซับ",
        signer.display_name,
    )
    assert [each.id for each in views.unheard] == [silent.pk]
    text = page(as_(None), topic.get_absolute_url())
    assert f'href="/t/{topic.pk}/by/others/#view-{network.pk}"' in text
    assert "1 เครือข่ายเล่าแล้ว" in text
    assert "ยังไม่ได้ยินอีก 1" in text


def test_only_the_first_line_stands_there_and_a_long_one_is_cut(topic):
    told(topic, "บรรทัดแรก\nบรรทัดที่สอง")
    told(topic, "ก" * 400)
    first, second = seen(topic).heard
    assert first.line == "บรรทัดแรก …"
    assert second.line.endswith("…")
    assert len(second.line) <= 121


def test_what_is_typed_is_text_and_no_markup(as_, topic):
    told(topic, "<b>ตัวหนา</b> {line} {topic}")
    text = page(as_(None), topic.get_absolute_url())
    assert "&lt;b&gt;ตัวหนา&lt;/b&gt; {line} {topic}" in text


def test_the_newest_version_is_shown_and_one_taken_back_is_not(topic):
    network, signer = told(topic, "ฉบับแรก")
    set_view(member=signer, topic=topic, network=network, body="ฉบับที่สอง")
    assert [row.line for row in seen(topic).heard] == ["ฉบับที่สอง"]
    set_view(member=signer, topic=topic, network=network, body="")
    assert seen(topic) is None


def test_a_closed_version_is_shown_to_nobody(topic):
    network, _signer = told(topic, "ฉบับที่ปิดไป")
    View.objects.filter(network=network).update(closed_at=topic.created_at)
    assert seen(topic) is None


def test_a_hidden_network_is_neither_heard_nor_missed(topic):
    network, _signer = told(topic, "ไม่ควรเห็น")
    type(network).objects.filter(pk=network.pk).update(hidden_at=network.created_at)
    assert seen(topic) is None


def test_more_than_three_stand_behind_a_link(as_, topic):
    for number in range(5):
        told(topic, f"มุมมองที่ {number}")
    views = seen(topic)
    assert (len(views.heard), views.margin.count("<li>")) == (5, 3)
    assert "อีก 2 เครือข่าย" in page(as_(None), topic.get_absolute_url())


def test_who_spoke_and_has_no_view_is_not_heard_yet_and_her_words_are_linked(
    as_, topic, somchai, forest
):
    told(topic, "มุมมองเดียว")
    make_post(topic, somchai, body="ป่าซับน้ำไว้ได้", speak_from=forest.pk)
    text = page(as_(None), topic.get_absolute_url())
    assert "ยังไม่ได้ยินจาก" in text
    assert f"/t/{topic.pk}/by/network/?of=" in text


def test_a_topic_with_views_asks_no_more_than_one_without(as_, topic):
    network_in(topic)
    page(as_(None), topic.get_absolute_url())  # what is kept is asked for once
    without = questions(as_(None), topic.get_absolute_url())
    for number in range(4):
        told(topic, f"มุมมองที่ {number}")
    assert questions(as_(None), topic.get_absolute_url()) == without


def test_how_anybody_voted_stands_in_no_margin(as_, topic, malee):
    """Before five answers of one's own results are told by no door, and in no margin after them."""
    told(topic, "มุมมองเดียว")
    type(topic).objects.filter(pk=topic.pk).update(statement_count=9)
    text = page(as_(malee), topic.get_absolute_url())
    margin = text.partition('class="aside"')[2].partition("</aside>")[0]
    assert not any(word in unquote(margin) for word in ("%", "เห็นด้วย", "คนตอบ"))
