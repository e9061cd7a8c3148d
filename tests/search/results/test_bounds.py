"""How far a search looks, and what it says when that is not all."""

import itertools
import time
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.search.index.models import SearchWord
from forums.search.results import did_you_mean
from forums.search.results import find as finding
from forums.search.results import statements as matching
from forums.search.results.find import find
from forums.search.upkeep.actions import count_words
from forums.tags.models import Tag
from tests.make import make_board, make_network, make_post, make_topic
from tests.search.asking import asking, opening, posts


@pytest.fixture
def topic(malee, board) -> Topic:
    return make_topic(malee, board, title="คุยกันเรื่องทั่วไป", body="ทักทายกันตรงนี้")


@pytest.fixture
def everywhere(db) -> None:
    """ไป and มา are counted in nearly every post of a large site."""
    for word, documents in (("", 90_000), ("ไป", 80_000), ("มา", 80_000)):
        SearchWord.objects.create(
            word=word, documents=documents, skeleton="", counted_at=timezone.now()
        )


def test_of_a_word_that_is_everywhere_the_newest_are_found_as_many_as_are_counted(
    malee, topic, visitor, monkeypatch, everywhere
):
    made = [make_post(topic, malee, body=f"ไปกัน {n}").pk for n in range(4)]
    monkeypatch.setattr(matching, "MOST", 1)
    monkeypatch.setattr(finding, "MOST", 1)
    monkeypatch.setattr(finding, "FEW_MATCHES", 1)
    found = find(asking("ไป"), member=visitor)
    assert posts(found.matches) == made[-1:]
    assert found.more
    assert not found.only_newest
    monkeypatch.setattr(finding, "MOST", 9)
    assert set(posts(find(asking("ไป"), member=visitor).matches)) == set(made[2:])


def test_of_common_words_in_a_row_the_newest_are_found_by_pairs(malee, topic, visitor, everywhere):
    """By words PostgreSQL compares the places of both in each post that has them: at a million the time was up first."""
    made = [make_post(topic, malee, body=body).pk for body in ("ไปแล้วมา", "เขามาไปแล้ว", "เดินมาไป")]
    with CaptureQueriesContext(connection) as queries:
        found = find(asking("มาไป"), member=visitor)
    assert set(posts(found.matches)) == set(made[1:])
    first = next(query["sql"] for query in queries if "forums_searchentry" in query["sql"])
    assert "e.pairs @@" in first


def test_what_has_the_pairs_of_a_row_is_held_against_the_row(malee, topic, visitor, everywhere):
    """The index gathers by pairs alone; neither what has them apart is found, nor what was not wanted."""
    bodies = ("ไปมาไปมาทุกวัน", "ไปมาแล้วมาไป", "เขาไปมาไปมา", "ไปมาไปมาที่บ้าน")
    made = [make_post(topic, malee, body=body).pk for body in bodies]
    with CaptureQueriesContext(connection) as queries:
        found = find(asking("ไปมาไปมา", "-บ้าน"), member=visitor)
    assert set(posts(found.matches)) == {made[0], made[2]}
    assert "ts_match_vq(e.pairs" in " ".join(query["sql"] for query in queries)


def test_what_is_in_very_many_posts_is_met_from_the_newest_on(
    malee, topic, visitor, monkeypatch, everywhere
):
    """By the index all of them would be gathered; of what is in fewer it gathers less than would be passed by."""
    made = {make_post(topic, malee, body=f"ไปกัน {n}").pk for n in range(3)}
    monkeypatch.setattr(finding, "FEW_MATCHES", 1)
    for documents, way in ((80_000, "ts_match_vq(e.words"), (10_001, "e.words @@")):
        SearchWord.objects.filter(word="").update(documents=1_000_000)
        SearchWord.objects.filter(word="ไป").update(documents=documents)
        with CaptureQueriesContext(connection) as queries:
            assert set(posts(find(asking("ไป"), member=visitor).matches)) == made
        first = next(query["sql"] for query in queries if "forums_searchentry" in query["sql"])
        assert way in first


def test_the_newest_are_so_many_posts_whatever_their_ids(
    malee, topic, visitor, monkeypatch, everywhere
):
    """Ids have gaps: of what was refused, and what is gone."""
    make_post(topic, malee, body="ไปก่อนแล้ว")
    first = make_post(topic, malee, body="ไปกันเถอะ")
    gone = [make_post(topic, malee, body="ไปไหน") for _ in range(4)]
    last = make_post(topic, malee, body="ไปไหนมา")
    Post.objects.filter(pk__in=[post.pk for post in gone]).delete()
    monkeypatch.setattr(matching, "NEWEST", 2)
    monkeypatch.setattr(finding, "FEW_MATCHES", 1)
    some = find(asking("ไปกัน", "มากัน"), member=visitor)  # nobody wrote both
    assert set(posts(some.partial)) == {first.pk, last.pk}


def test_where_the_newest_bring_little_all_are_looked_at(
    malee, topic, visitor, monkeypatch, everywhere
):
    first = make_post(topic, malee, body="ไปกันเถอะ")
    second = make_post(topic, malee, body="ไปไหนมา")
    monkeypatch.setattr(matching, "NEWEST", 1)
    found = find(asking("ไป"), member=visitor)
    assert set(posts(found.matches)) == {first.pk, second.pk}
    assert not found.only_newest
    make_post(topic, malee, body="มากันแล้ว")
    some = find(asking("ไปกัน", "มากัน"), member=visitor)  # nobody wrote both
    assert set(posts(some.partial)) == {first.pk, second.pk}


def test_a_word_that_is_everywhere_is_looked_for_from_the_filter_on(
    malee, somchai, board, visitor, monkeypatch, everywhere
):
    """The filter may leave little: then that is read, not the index of a word a tenth of the site has."""
    network = make_network("คนรักคลอง", malee)
    mine = make_topic(
        malee, board, title="ไปด้วยกัน", kind="news", tags=["ชุมชน"], speak_from=network.pk
    )
    reply = make_post(mine, somchai, body="ไปด้วย")
    other = make_topic(somchai, make_board("อื่น"), title="ไปก่อน", body="ไปก่อน")
    past = timezone.now() - timedelta(days=40)
    Topic.objects.filter(pk=other.pk).update(created_at=past, last_post_at=past)
    Post.objects.filter(topic=other).update(created_at=past)
    today = str(timezone.localdate())
    both = {opening(mine), reply.pk}
    filters: dict[str, tuple[object, set[int]]] = {
        "tag": (Tag.objects.get(name="ชุมชน").pk, both),
        "board": (board.pk, both),
        "kind": ("news", both),
        "after": (today, both),
        "before": (today, {opening(other)}),
        "network": (network.pk, {opening(mine)}),
        "author": (somchai.pk, {reply.pk, opening(other)}),
    }
    for name, (value, wanted) in filters.items():
        with CaptureQueriesContext(connection) as queries:
            found = find(asking("ไป", **{name: (value,)}), member=visitor)
        assert set(posts(found.matches)) == wanted, name
        assert not found.only_newest, name
        assert not found.too_slow, name
        asked = " ".join(query["sql"] for query in queries)
        assert "e.words @@" not in asked, name
        assert "e.pairs @@" not in asked, name


def test_what_the_filter_leaves_is_looked_at_as_far_as_it_must_be(
    malee, topic, visitor, monkeypatch, everywhere
):
    made = [make_post(topic, malee, body=f"ไปกัน {n}").pk for n in range(4)]
    monkeypatch.setattr(matching, "FURTHEST", 2)
    monkeypatch.setattr(matching, "NEWEST", 2)
    asked = asking("ไป", author=(malee.pk,))
    assert set(posts(find(asked, member=visitor).matches)) == set(
        made
    )  # few, so all were looked at
    monkeypatch.setattr(finding, "FEW_MATCHES", 1)
    found = find(asked, member=visitor)
    assert set(posts(found.matches)) == set(made[2:])
    assert found.only_newest


def test_where_more_answer_than_are_ranked_the_newest_are(
    malee, topic, visitor, monkeypatch, everywhere
):
    made = [make_post(topic, malee, body=f"ไปกัน {n}").pk for n in range(4)]
    SearchWord.objects.filter(word="ไป").update(documents=matching.OFTEN - 1)
    monkeypatch.setattr(matching, "LOOKED_AT", 2)
    assert set(posts(find(asking("ไป"), member=visitor).matches)) == set(made)  # few: all of them
    monkeypatch.setattr(finding, "FEW_MATCHES", 1)
    assert set(posts(find(asking("ไป"), member=visitor).matches)) == set(made[2:])
    asked = asking("ไป", author=(malee.pk,))  # what a filter leaves is fewer
    assert set(posts(find(asked, member=visitor).matches)) == set(made)


def test_what_was_found_stays_when_the_time_is_up(malee, topic, visitor, monkeypatch, everywhere):
    made = [make_post(topic, malee, body=f"ไปกัน มะม่วง {n}").pk for n in range(2)]

    def slow(*args, **kwargs):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(3)")

    monkeypatch.setattr(matching, "by_index", slow)
    monkeypatch.setattr(matching, "NEWEST", 1)
    monkeypatch.setattr(matching, "FURTHEST", 1)
    monkeypatch.setattr(finding, "MILLISECONDS", 50)
    for asked, first in (
        (asking("ไป"), 0),
        (asking("ไป", author=(malee.pk,)), 1),
        (asking("มะม่วง"), 1),
    ):
        found = find(asked, member=visitor)
        assert set(posts(found.matches)) == set(made[first:])
        assert found.too_slow


class Slow:
    """One statement of the next search is slow, and so is ended. Its time passes on a clock that nothing else moves: what
    the others take on a busy machine is not what is tried."""

    def __init__(self) -> None:
        self.statement = 0  # the first is 1
        self.clock = 0.0  # seconds

    def begin(self, statement: int) -> None:
        self.statement, self.clock = statement, 0.0

    def asked(self, select, statement, **values):
        self.statement -= 1
        if self.statement:
            return select(statement, **values)
        with connection.cursor() as cursor:
            cursor.execute("SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout'")
            self.clock += cursor.fetchone()[0] / 1000
            cursor.execute("SET LOCAL statement_timeout = 1")
        return select("SELECT pg_sleep(3)")


@pytest.fixture
def slow(monkeypatch) -> Slow:
    made = Slow()
    select = partial(made.asked, finding.statements.select)
    for module in (matching, did_you_mean):
        monkeypatch.setattr(module, "select", select)
    monkeypatch.setattr(finding, "monotonic", lambda: made.clock)
    return made


@pytest.mark.parametrize(
    "question",
    [
        asking("มะม่วง"),
        asking("น้ำดอก"),  # inside another word only
        asking("มะม่วง", "ข้าวเหนียว"),  # nobody wrote both
        asking("มะม่วงราคาเท่าไร"),
        asking("อนุญาติ"),  # misspelled
        asking("ไป"),  # nearly everywhere
    ],
)
@pytest.mark.parametrize("narrowed", [False, True])
def test_what_is_found_is_found_too_where_one_statement_is_ended(
    malee, topic, visitor, everywhere, slow, question, narrowed
):
    for body in ("มะม่วงน้ำดอกไม้", "ข้าวเหนียวมูน", "ขออนุญาตก่อน", "ได้รับอนุญาตแล้ว", "ไปกัน"):
        make_post(topic, malee, body=body)
    count_words()
    SearchWord.objects.filter(word__in=["", "ไป", "มา"]).update(documents=90_000)
    if narrowed:
        question = asking(*(term.text for term in question.terms), author=(malee.pk,))
    with CaptureQueriesContext(connection) as queries:
        whole = find(question, member=visitor)
    assert whole.any
    for number in range(1, 1 + sum("forums_" in query["sql"] for query in queries)):
        slow.begin(number)
        found = find(question, member=visitor)
        assert found.any, number
        assert slow.clock < 1, number


def test_slow_as_all_of_it_may_be_a_search_takes_less_than_a_second(
    malee, topic, visitor, monkeypatch
):
    def slow(statement, **values):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(3)")

    for module in (matching, did_you_mean):
        monkeypatch.setattr(module, "select", slow)
    for asked in (asking("อนุญาติ"), asking("มะม่วง", "ข้าวเหนียว", author=(malee.pk,))):
        began = time.monotonic()
        found = find(asked, member=visitor)
        assert (found.any, found.too_slow) == (False, True)
        assert time.monotonic() - began < 1


def test_more_than_a_thousand_are_said_to_be_more(malee, topic, visitor, monkeypatch):
    for _ in range(3):
        make_post(topic, malee, body="ข้าวเหนียวมะม่วง")
    monkeypatch.setattr(matching, "MOST", 2)
    monkeypatch.setattr(finding, "MOST", 2)
    found = find(asking("มะม่วง"), member=visitor)
    assert found.more
    assert len(found.matches) == 2


def test_a_search_that_takes_too_long_is_ended_and_says_so(malee, topic, visitor, monkeypatch):
    make_post(topic, malee, body="มะม่วง")
    monkeypatch.setattr(matching, "_TITLE", "(SELECT 1 FROM pg_sleep(3))")
    monkeypatch.setattr(finding, "MILLISECONDS", 50)
    found = find(asking("มะม่วง"), member=visitor)
    assert found.too_slow
    assert not found.matches
    with connection.cursor() as cursor:  # and the connection is good for the next one
        cursor.execute("SELECT 1")


def test_no_statement_is_begun_when_the_time_of_all_is_up(malee, topic, visitor, monkeypatch):
    make_post(topic, malee, body="มะม่วงสุก")
    make_post(topic, malee, body="ข้าวเหนียว")
    question = asking("มะม่วงสุก", "ข้าวเหนียว")
    whole = find(question, member=visitor)
    assert (len(whole.partial), whole.too_slow) == (2, False)
    clock = itertools.chain([0.0, 0.1], itertools.repeat(finding.SECONDS + 1))
    monkeypatch.setattr(finding, "monotonic", lambda: next(clock))
    with CaptureQueriesContext(connection) as queries:
        cut_short = find(question, member=visitor)
    assert (len(cut_short.partial), cut_short.too_slow) == (0, True)
    assert sum("pairs @@" in query["sql"] for query in queries) == 1


@pytest.mark.parametrize("asked", [("มะม่วง",), ("มะม่วงน้ำดอกไม้สีทองราคาเท่าไร",), ("ไม่มีใครเขียน",)])
def test_the_number_of_statements_does_not_grow(malee, board, visitor, asked):
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            find(asking(*asked), member=visitor)
        return len(queries)

    make_topic(malee, board, title="มะม่วงน้ำดอกไม้")
    few = statements()
    topic = Topic.objects.get()
    for _ in range(10):
        make_post(topic, body="มะม่วงน้ำดอกไม้สีทอง")
    assert statements() <= few <= 16  # few matches: other spellings are looked for as well


@pytest.mark.parametrize(
    "typed", ["&", "|", "!", "<->", ":*", "'", "\\", "😀", "\u200f", "่", " ", "()", "a'b\\c:*"]
)
def test_what_looks_like_an_operator_is_none(topic, visitor, typed):
    found = find(asking(typed, "ทักทาย"), member=visitor)
    assert len(found.matches) == (0 if "a" in typed else 1)
    find(asking(typed), member=visitor)
