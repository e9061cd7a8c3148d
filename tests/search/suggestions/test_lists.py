"""What is suggested while somebody types: to whom, how far back, and kept by nobody."""

import pytest
from django.utils import timezone

from forums.discussions.boards.models import Access, OpenTo
from forums.discussions.topics.models import Topic
from forums.search.index.models import SearchWord
from forums.search.suggestions import lists
from forums.search.suggestions.lists import suggestions
from forums.tags.references import TagRef
from forums.text.thai import words
from tests.make import join, make_board, make_network, make_network_board, make_topic


def titles(text, member=None) -> list[str]:
    return [row.title for row in suggestions(text, member=member).titles]


def counted(**documents: int) -> None:
    for word, count in documents.items():
        SearchWord.objects.create(
            word=word, documents=count, skeleton="", counted_at=timezone.now()
        )


def test_titles_and_tags_by_what_stands_typed_so_far(board, malee):
    make_topic(malee, board, title="หนีน้ำท่วมด้วยกัน", tags=["น้ำท่วม"])
    make_topic(malee, board, title="น้ำท่วมปีนี้มาเร็ว")
    make_topic(malee, board, title="ทำตารางเวรอย่างไร")
    # What begins so comes first; half a word is enough, the middle of one is not.
    for typed in ("น้ำท่วม", "น้ำท่", "นำ้ท่ว", "น้ำ"):
        assert titles(typed) == ["น้ำท่วมปีนี้มาเร็ว", "หนีน้ำท่วมด้วยกัน"]
    found = suggestions("น้ำท่", member=None)
    assert found.tags == [TagRef("น้ำท่วม", "/tags/น้ำท่วม/")]
    topic = Topic.objects.get(title="หนีน้ำท่วมด้วยกัน")
    assert found.titles[1].url == topic.get_absolute_url()
    assert found.titles[1].board == board.name
    assert titles("ปีนี้ น้ำท่วม") == ["น้ำท่วมปีนี้มาเร็ว"]
    assert suggestions("#น้ำท่", member=None) == suggestions("แท็ก:น้ำท่", member=None) == found
    assert titles("น้ำท่วม -ข่าวลือ in:board") == ["น้ำท่วมปีนี้มาเร็ว", "หนีน้ำท่วมด้วยกัน"]
    assert titles("รางเวร") == titles("วมด้วยกัน") == []
    assert titles("น") == []


def test_older_titles_are_found_where_a_word_is_rare(board, malee, monkeypatch):
    make_topic(malee, board, title="เพลี้ยกระโดดสีน้ำตาลในนา", body="ใครเจอแล้วบ้าง")
    make_topic(malee, board, title="ของฝากจากทุ่ง", body="เพลี้ยกระโดดมาแล้ว")
    monkeypatch.setattr(lists, "_NEWEST", lists._NEWEST.replace("LIMIT 1000", "LIMIT 0"))
    assert titles("เพลี้ยกระโด") == []  # nothing was counted yet
    counted(กระโดดสูง=3, **dict.fromkeys(words("กระโดดสีน้ำตาลในนา"), 9000))
    counted(เพลี้ย=2)
    assert titles("เพลี้ยกระโด") == ["เพลี้ยกระโดดสีน้ำตาลในนา"]
    assert titles("เพลี้ยกระโดดสีน้ำตา") == ["เพลี้ยกระโดดสีน้ำตาลในนา"]
    assert titles("กระโดด") == []  # in too many to be looked up in all of them


@pytest.mark.parametrize("rare", [False, True])
def test_nothing_is_suggested_that_may_not_be_read(malee, somchai, moderator, monkeypatch, rare):
    network = make_network("คนรักคลอง", malee)
    join(network, somchai)
    inside = make_network_board(network, OpenTo.NETWORK)
    make_topic(malee, inside, title="น้ำท่วมในเครือข่าย")
    make_topic(moderator, make_board(read=Access.STAFF), title="น้ำท่วมของผู้ดูแล", tags=["น้ำท่วมลับ"])
    open_to_all = make_board()
    gone = make_topic(malee, open_to_all, title="น้ำท่วมที่ซ่อนไว้")
    Topic.objects.filter(pk=gone.pk).update(hidden_at=timezone.now())
    gone = make_topic(malee, open_to_all, title="น้ำท่วมที่ลบแล้ว")
    Topic.objects.filter(pk=gone.pk).update(deleted_at=timezone.now())
    if rare:
        monkeypatch.setattr(lists, "_NEWEST", lists._NEWEST.replace("LIMIT 1000", "LIMIT 0"))
        counted(น้ำ=9, ท่วม=9, น้ำท่วม=9)
    assert titles("น้ำท่วม") == []
    assert titles("น้ำท่วม", somchai) == ["น้ำท่วมในเครือข่าย"]
    assert titles("น้ำท่วม", moderator) == ["น้ำท่วมของผู้ดูแล", "น้ำท่วมในเครือข่าย"]
    for who in (None, somchai):
        assert suggestions("น้ำท่วม", member=who).tags == []


def test_at_most_three_statements(board, malee, django_assert_max_num_queries):
    for number in range(7):
        make_topic(malee if number < 3 else None, board, title=f"คลองสาย {number}")
    with django_assert_max_num_queries(3):
        assert len(titles("คลอง")) == lists.TITLES
    with django_assert_max_num_queries(3):
        titles("ไม่มีใครเขียนถึงเรื่องนี้")


def test_the_answer_is_kept_nowhere_and_no_cookie_is_set(as_, malee, board):
    make_topic(malee, board, title="หนีน้ำท่วมด้วยกัน")
    for who in (None, malee):
        answer = as_(who).get("/search/suggest/", {"q": "น้ำท่วม"})
        assert answer.json()["rows"][0]["note"] == board.name
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]
        assert not answer.cookies
    assert as_(None).post("/search/suggest/", {"q": "น้ำท่วม"}).status_code == 405


@pytest.mark.parametrize(
    "typed",
    ["", "  ", "%%", "__", "\\\\", "''", '""', "​​", "😀😀", "--", "&|!:*", "ก" * 10_000, "่" * 5_000]
    + ["a b " * 500],
)
def test_odd_typing_is_answered_with_nothing(as_, malee, board, typed):
    make_topic(malee, board)
    answer = as_(None).get("/search/suggest/", {"q": typed})
    assert answer.json() == {"rows": []}
