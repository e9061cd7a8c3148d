"""How much a word says: by the posts that have it, and in a young community by everyday Thai."""

import pytest

from forums.search.index.rarity import FEW, Rarity, rarity, score, telling
from forums.search.query.language import Question, Term
from forums.search.results.find import find
from forums.search.upkeep.actions import count_words
from tests.make import make_post, make_topic


@pytest.mark.parametrize("posts", [300, 200_000, 10_000_000])
def test_the_rarer_a_word_the_more_it_weighs_and_never_less_than_nothing(posts):
    counts = [0, 1, posts // 100, posts // 2, posts, posts * 2]
    known = Rarity({f"zz{n}": count for n, count in enumerate(counts)}, posts)
    weights = [known.of(f"zz{n}") for n in range(len(counts))]
    assert weights == sorted(weights, reverse=True)
    assert all(weight >= 0 for weight in weights)


def test_in_a_young_community_an_everyday_word_is_not_rare_by_chance():
    young = Rarity({"เด็ก": 2, "หอมมะลิ": 3}, posts=40)
    assert young.of("หอมมะลิ") > young.of("เด็ก")
    grown = Rarity({"เด็ก": 2000, "หอมมะลิ": 3000}, posts=400_000)
    assert grown.of("หอมมะลิ") < grown.of("เด็ก")


def test_the_rarest_bring_few_posts_in_all_but_at_least_one():
    known = Rarity({"ก": 1, "ข": FEW - 1, "ค": 1, "ง": 10 * FEW}, posts=100 * FEW)
    assert known.rarest(["ง", "ข", "ก", "ไม่มี"]) == ["ก", "ข"]
    large = Rarity({"ก": 1, "ข": 3 * FEW}, posts=3000 * FEW)  # three times as many, of every word
    assert large.rarest(["ข", "ก"]) == ["ก", "ข"]
    assert known.rarest(["ง"]) == ["ง"]
    assert known.rarest(["ไม่มี"]) == ["ไม่มี"]
    assert known.rarest([]) == []


def test_what_a_question_asks_with_says_nothing_unless_nothing_else_is_said():
    assert telling(["ฝุ่น", "มา", "อย่างไร", "ครับ"]) == ["ฝุ่น", "มา"]
    assert telling(["อย่างไร", "ครับ"]) == ["อย่างไร", "ครับ"]
    assert telling([]) == []


def test_the_answer_stands_above_what_only_asks_the_same_way(board, malee, moderator):
    asking = make_topic(malee, board, title="ควรเริ่มอย่างไรดีครับ", body="แบบนี้ควรเริ่มอย่างไรครับ")
    answer = make_topic(malee, board, title="ปลูกข้าวหอมมะลิ", body="หว่านเดือนหก เกี่ยวเดือนสิบสอง")
    for _ in range(20):  # in a topic about it the word is all over the place, and asking is rare
        make_post(answer, moderator, body="ปลูกข้าวหอมมะลิได้ความรู้")
    count_words()
    question = Question(terms=(Term("ปลูกข้าวหอมมะลิแบบนี้ควรเริ่มอย่างไรครับ"),))
    found = find(question, member=None)
    assert not found.matches
    assert found.partial[0].topic_id == answer.pk
    assert asking.pk in {hit.topic_id for hit in found.partial}


def test_words_that_stand_side_by_side_as_they_were_asked_weigh_more(board, malee):
    """The same words as often, in a text as long: only who stands beside whom tells them apart."""
    beside = make_topic(malee, board, title="หนึ่ง", body="ธนาคารน้ำใต้ดิน แล้วก็ ปลาหมอคางดำ")
    apart = make_topic(malee, board, title="สอง", body="ธนาคารปลา ใต้ดินคางดำ แล้วก็ น้ำหมอ")
    count_words()
    found = find(Question(terms=(Term("ธนาคารน้ำใต้ดินคืออะไร"),)), member=None)
    assert [hit.topic_id for hit in found.partial] == [beside.pk, apart.pk]
    best, other = (hit.score for hit in found.partial)
    assert best > 1.2 * other


def test_what_is_only_beside_words_of_no_weight_adds_no_part_to_the_score():
    known = Rarity({}, posts=10)
    words = [f"z{n}" for n in range(30)]
    sql, values = score("m.words", words, known, in_order=True)
    ranked = {str(value).strip("'") for name, value in values.items() if name[0] == "w"}
    beside = [str(value) for name, value in values.items() if name[0] == "n"]
    assert len(ranked) == 8
    assert beside
    assert all(ranked & set(pair.replace("'", "").split(" <-> ")) for pair in beside)
    assert sql.count("ts_match_vq") == len(beside)
    assert "ts_match_vq" not in score("m.words", words, known)[0]


def test_one_query_whatever_is_asked(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        nothing_counted = rarity(["เด็ก", "หอมมะลิ", "ก" * 99])
    assert nothing_counted.of("หอมมะลิ") > nothing_counted.of("เด็ก")
