"""The results page."""

import re

import pytest
from django.utils import timezone

from forums.discussions.boards.models import Access
from forums.groups.networks.models import Network
from tests.make import make_board, make_network, make_post, make_topic


def test_a_word_finds_the_topics_that_have_it_in_their_title(as_, malee, board):
    make_topic(malee, board, title="ย้ายศูนย์พักพิงหนีน้ำท่วม")
    make_topic(malee, board, title="ราคายางพารา")
    page = as_(None).get("/search/?q=น้ำท่วม").content.decode()
    assert "ย้ายศูนย์พักพิง" in page
    assert "ราคายางพารา" not in page


def test_of_a_question_the_words_that_found_it_are_marked_and_the_best_passage_is_shown(
    as_, malee, board
):
    topic = make_topic(malee, board, title="โรคในนา", body="เพลี้ยกระโดดทำอย่างไรดี ไม่รู้เลย")
    make_post(topic, malee, body="เพลี้ยกระโดดสีน้ำตาลอีกแล้ว")
    page = as_(None).get("/search/?q=เพลี้ยกระโดดสีน้ำตาลอันตรายต่อข้าวอย่างไร").content.decode()
    assert "<mark>เพลี้ย" in page
    assert "<mark>อย่างไร" not in page
    assert page.count('class="passage"') == 1  # the other is one more in this topic
    assert 'class="more-link" href="/t/' in page


def test_boards_tags_and_members_are_found_by_name(as_, malee, board):
    make_topic(malee, board, tags=["สุขภาพดี"])
    page = as_(None).get("/search/?q=สุขภาพ").content.decode()
    assert board.name in page
    assert "สุขภาพดี" in page
    assert "@malee" in as_(None).get("/search/?q=malee").content.decode()


def test_nothing_private_is_found(as_, malee):
    make_topic(malee, make_board("ห้องลับน้ำท่วม", read=Access.MEMBERS), title="น้ำท่วมในห้องปิด")
    page = as_(None).get("/search/?q=น้ำท่วม").content.decode()
    assert "ห้องปิด" not in page
    assert "ห้องลับ" not in page


def test_up_to_five_networks_are_found_by_what_they_say_of_themselves(as_, malee):
    for number in range(6):
        make_network(f"อาสากู้ภัย {number}", malee, aim="พาคนหนีน้ำท่วม")
    page = as_(None).get("/search/?q=น้ำท่วม").content.decode()
    assert len(re.findall(r"</span>\s*อาสากู้ภัย", page)) == 5
    assert 'href="/networks/?q=%E0%B8%99' in page


@pytest.mark.parametrize("who", ["visitor", "somchai", "malee", "moderator"])
def test_hidden_and_archived_networks_are_not_found(as_, malee, request, who):
    for number, state in enumerate(("hidden_at", "archived_at")):
        network = make_network(f"น้ำท่วมเก่า {number}", malee)
        Network.objects.filter(pk=network.pk).update(**{state: timezone.now()})
    member = None if who == "visitor" else request.getfixturevalue(who)
    page = as_(member).get("/search/?q=น้ำท่วม").content.decode()
    assert "น้ำท่วมเก่า" not in page


def test_nothing_found_says_what_to_try(as_, db):
    page = as_(None).get("/search/?q=กขคง").content.decode()
    assert "ลองตัดออกสักคำ" in page


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "​",
        "&|!()<->:*'\\",
        '"',
        "ก" * 10_000,
        "่" * 5_000,
        "😀",
        "-",
        "a b " * 500,
        "\u200f\u202eabc",
        "(a+)+$" * 30,
        "author:x " * 50,
        '"น้ำ -"ท่วม ก่อน: แท็ก:',
    ],
)
def test_odd_questions_get_a_page(as_, malee, board, query):
    make_topic(malee, board)
    assert as_(None).get("/search/", {"q": query}).status_code == 200


def test_a_nul_byte_is_400(as_, db):
    assert as_(None).get("/search/?q=%00").status_code == 400


def test_a_topic_found_by_its_tag_shows_the_tag(as_, malee, board):
    make_topic(malee, board, title="ปลูกผักหลังบ้าน", tags=["จิตอาสา", "ผัก"])
    page = as_(None).get("/search/?q=จิตอาสา").content.decode()
    assert "#<mark>จิตอาสา</mark>" in page
    assert "#ผัก" not in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "๑", "1000000000", "9" * 5_000])
def test_odd_pages_are_the_first_or_the_last(as_, malee, board, page):
    make_topic(malee, board, title="ย้ายศูนย์พักพิงหนีน้ำท่วม")
    answer = as_(None).get("/search/", {"q": "น้ำท่วม", "page": page})
    assert "ย้ายศูนย์พักพิง" in answer.content.decode()


def test_without_filters_it_is_still_the_same_question(as_, db):
    page = as_(None).get("/search/", {"q": "คลองหลอด", "tag": "น้ำ", "page": "2"}).content.decode()
    assert (
        'href="?q=%E0%B8%84%E0%B8%A5%E0%B8%AD%E0%B8%87%E0%B8%AB%E0%B8%A5%E0%B8%AD%E0%B8%94"' in page
    )
