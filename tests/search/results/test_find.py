"""What a question finds, in which order, and for whom."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.discussions.boards.models import Access, Board, OpenTo
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.search.results.find import find
from forums.search.upkeep.actions import count_words
from forums.tags.models import Tag
from tests.make import join, make_board, make_network, make_network_board, make_post, make_topic
from tests.search.asking import asking, opening, posts


@pytest.fixture
def topic(malee, board) -> Topic:
    return make_topic(malee, board, title="คุยกันเรื่องทั่วไป", body="ทักทายกันตรงนี้")


# -- what is found --------------------------------------------------------------------------------


def test_words_are_matches_and_other_words_that_hold_them_stand_below(malee, topic, visitor):
    eye = make_post(topic, malee, body="ยายเจ็บตามาสามวันแล้ว")
    table = make_post(topic, malee, body="ดูตารางรถก่อน")
    found = find(asking("ตา"), member=visitor)
    assert posts(found.matches) == [eye.pk]
    assert table.pk not in posts(found.inside)  # of one cluster, every other word would be inside
    make_post(topic, malee, body="พระจักรพรรดิ")
    one = make_post(topic, malee, body="เย็บจักร เป็น")
    found = find(asking("จักร"), member=visitor)
    assert posts(found.matches) == [one.pk]
    assert len(found.inside) == 1


def test_what_stands_nowhere_as_a_word_is_a_match_where_its_letters_are(malee, topic, visitor):
    post = make_post(topic, malee, body="เย็บด้วยจักรพรรดิ")
    assert posts(find(asking("รพรร"), member=visitor).matches) == [post.pk]


def test_a_star_asks_for_all_words_that_begin_so(malee, topic, visitor):
    herb = make_post(topic, malee, body="ปลูกสมุนไพรไว้หลังบ้าน")
    page = make_post(topic, malee, body="อ่านต่อใน Wikipedia")
    make_post(topic, malee, body="อ่านต่อใน mediawiki")
    assert posts(find(asking("สมุน*"), member=visitor).matches) == [herb.pk]
    assert posts(find(asking("wiki*"), member=visitor).matches) == [page.pk]
    assert posts(find(asking("อ่าน", "-wiki*"), member=visitor).matches) != [page.pk]
    assert posts(find(asking("หลัง", "สมุน*"), member=visitor).matches) == [herb.pk]
    count_words()
    hits = find(asking("wiki*"), member=visitor).matches
    assert [hit.post_id for hit in hits] == [page.pk]
    assert hits[0].score > 0


def test_a_latin_word_is_found_with_its_accents_and_without(malee, topic, visitor):
    with_accent = make_post(topic, malee, body="นัดกันที่ร้าน Café Amazon")
    without = make_post(topic, malee, body="ที่ cafe หน้าปากซอย")
    for typed in ("cafe", "Café", "CAFE\u0301"):
        assert set(posts(find(asking(typed), member=visitor).matches)) == {
            with_accent.pk,
            without.pk,
        }


def test_terms_must_all_be_there_and_the_unwanted_must_not(malee, topic, visitor):
    both = make_post(topic, malee, body="น้ำท่วมที่สุโขทัย")
    make_post(topic, malee, body="น้ำท่วมที่พิจิตร")
    make_post(topic, malee, body="เที่ยวสุโขทัย")
    assert posts(find(asking("น้ำท่วม", "สุโขทัย"), member=visitor).matches) == [both.pk]
    found = find(asking("น้ำท่วม", "-พิจิตร"), member=visitor)
    assert posts(found.matches) == [both.pk]
    assert posts(find(asking("สุโขทัย", "-น้ำท่วม"), member=visitor).matches) != [both.pk]
    assert not find(asking("-น้ำท่วม"), member=visitor).matches


def test_a_whole_question_is_answered_by_its_rare_words(malee, topic, visitor):
    answer = make_post(topic, malee, body="เพลี้ยกระโดดสีน้ำตาลดูดน้ำเลี้ยงจนข้าวแห้งตาย")
    make_post(topic, malee, body="อันตรายอย่างไรไม่รู้")
    found = find(asking("เพลี้ยกระโดดสีน้ำตาลอันตรายอย่างไร"), member=visitor)
    assert not found.matches
    assert posts(found.partial)[0] == answer.pk
    assert "เพลี้ย" in found.words
    assert "อย่างไร" not in found.words


def test_what_must_stand_exactly_is_in_everything_that_comes_near(malee, topic, visitor):
    post = make_post(topic, malee, body="ศูนย์พักพิงเปิดแล้ว มีข้าวกล่อง")
    make_post(topic, malee, body="ข้าวกล่องและน้ำดื่ม")
    found = find(asking("=ศูนย์พักพิง", "น้ำดื่ม", "ข้าวกล่อง"), member=visitor)
    assert posts(found.partial) == [post.pk]
    assert "ศูนย์พักพิง" in found.words


def test_title_stands_above_text_and_new_above_old(malee, board, visitor):
    old = make_topic(malee, board, title="เรื่องหนึ่ง", body="เครื่องสูบน้ำเสีย")
    new = make_topic(malee, board, title="เรื่องสอง", body="เครื่องสูบน้ำเสีย")
    named = make_topic(malee, board, title="เครื่องสูบน้ำเสีย", body="ซ่อมที่ไหน")
    past = timezone.now() - timedelta(days=900)
    Post.objects.filter(pk__in=[opening(old), opening(named)]).update(created_at=past)
    asked = asking("เครื่องสูบน้ำ")
    found = posts(find(asked, member=visitor).matches)
    assert found == [opening(named), opening(new), opening(old)]
    newest = posts(find(asked, member=visitor, newest_first=True).matches)
    assert newest[0] == opening(new)


def test_a_tag_finds_its_topic(malee, board, visitor):
    topic = make_topic(malee, board, tags=["จิตอาสา"])
    assert posts(find(asking("จิตอาสา"), member=visitor).matches) == [opening(topic)]


# -- filters --------------------------------------------------------------------------------------


def test_each_filter_narrows(malee, somchai, board, visitor):
    other = make_board("ห้องอื่น")
    room = make_board("ห้องย่อย", parent=other)
    question = make_topic(malee, board, kind="question", title="ปลูกข่าอย่างไร", tags=["เกษตร"])
    news = make_topic(somchai, room, kind="news", title="ปลูกข่ากันทั้งตำบล", tags=["เกษตร", "ข่าว"])
    comment = make_post(question, somchai, body="ปลูกข่าหน้าฝน")
    past = timezone.now() - timedelta(days=40)
    Post.objects.filter(pk=comment.pk).update(created_at=past)
    Topic.objects.filter(pk=question.pk).update(created_at=past)  # no post is older than its topic
    tags = dict(Tag.objects.values_list("slug", "pk"))
    today = timezone.localdate()
    one, two, three = opening(question), opening(news), comment.pk

    def found(**filters) -> set[int]:
        with_word = posts(find(asking("ปลูกข่า", **filters), member=visitor).matches)
        alone = posts(find(asking(**filters), member=visitor).matches)
        assert set(with_word) == set(alone)
        return set(alone)

    assert found(author=(somchai.pk,)) == {two, three}
    assert found(author=(malee.pk, somchai.pk)) == {one, two, three}
    assert found(board=(board.pk,)) == {one, three}
    assert found(board=(other.pk,)) == {two}  # its rooms with it
    assert found(kind=("news",)) == {two}
    assert found(tag=(tags["เกษตร"],)) == {one, two, three}
    assert found(tag=(tags["เกษตร"], tags["ข่าว"])) == {two}
    assert found(before=(str(today - timedelta(days=30)),)) == {three}
    assert found(after=(str(today),)) == {one, two}
    assert found(**{"is": ("unanswered",)}) == {one, three}
    Topic.objects.filter(pk=question.pk).update(accepted_post=comment)
    assert found(**{"is": ("answered",)}) == {one, three}
    assert found(has=("image",)) == set()
    assert found(after=(str(today),), without={"author": (somchai.pk,)}) == {one}
    assert found(after=("2020-01-01",), without={"tag": (tags["ข่าว"],)}) == {one, three}


def test_a_network_is_where_it_speaks_and_what_its_boards_hold(malee, board, visitor):
    network = make_network("คนรักคลอง", malee)
    spoken = make_topic(malee, board, title="คลองสะอาด", speak_from=network.pk)
    inside = make_topic(malee, make_network_board(network), title="คลองสะอาดขึ้น")
    make_topic(malee, board, title="คลองสะอาดจริง")
    found = find(asking("คลองสะอาด", network=(network.pk,)), member=visitor)
    assert set(posts(found.matches)) == {opening(spoken), opening(inside)}


# -- who may see ----------------------------------------------------------------------------------


def test_everyone_finds_what_she_may_read_and_nothing_else(
    malee, somchai, moderator, visitor, board
):
    network = make_network("อาสากู้ภัย", malee)
    places = {
        "open": board,
        "members": make_board("สมาชิก", read=Access.MEMBERS),
        "trusted": make_board("วงใน", read=Access.LEVEL_3),
        "staff": make_board("ทีมงาน", read=Access.STAFF),
        "network": make_network_board(network, OpenTo.NETWORK),
    }
    word = "พลับพลึง"
    ids = {
        name: opening(make_topic(malee if name == "network" else None, place, title=word))
        for name, place in places.items()
    }
    topic = Topic.objects.get(board=board)
    for name, column in (("hidden post", "hidden_at"), ("deleted post", "deleted_at")):
        ids[name] = make_post(topic, malee, body=word).pk
        Post.objects.filter(pk=ids[name]).update(**{column: timezone.now()})
    for name, column in (("hidden topic", "hidden_at"), ("deleted topic", "deleted_at")):
        gone = make_topic(malee, board, title=word)
        ids[name] = opening(gone)
        Topic.objects.filter(pk=gone.pk).update(**{column: timezone.now()})
    expected = {
        visitor: {"open"},
        somchai: {"open", "members"},
        malee: {"open", "members", "network"},
        moderator: {"open", "members", "trusted", "staff", "network"},
    }
    ways = [asking(word), asking("พลับ"), asking(word, "ที่ไหน"), asking(word, board=tuple(
        Board.objects.values_list("pk", flat=True))), asking(author=(*Topic.objects.values_list(
            "author_id", flat=True),))]  # fmt: skip
    for who, names in expected.items():
        wanted = {ids[name] for name in names}
        for way in ways:
            found = find(way, member=who)
            assert {*posts(found.matches), *posts(found.inside), *posts(found.partial)} == wanted
    join(network, somchai)
    somchai = type(somchai).objects.get(pk=somchai.pk)
    assert ids["network"] in posts(find(asking(word), member=somchai).matches)
    Topic.objects.filter(board=board).update(board=places["staff"])  # moved: gone at once
    assert not find(asking(word), member=visitor).matches


@pytest.mark.parametrize(
    ("written", "often", "offered"),
    [
        ("วิเศษ", "พิเศษ", False),
        ("เคมี", "เค็ม", False),
        ("คุก", "ทุก", False),
        ("ว่ายน้ำ", "ถ่ายน้ำ", False),
        ("โบกด์", "โลก", True),  # nobody knows it
        ("อนุญาติ", "อนุญาต", True),  # known to many who err, and it sounds the same
        ("สังเกตุ", "สังเกต", True),
        ("เปน", "เป็น", True),  # a mark is missing
    ],
)
def test_a_known_word_is_no_other_one_misspelled(malee, board, visitor, written, often, offered):
    topic = make_topic(malee, board, title="คุยกัน", body=f"เรื่อง {written} ครับ")
    for _ in range(6):
        make_post(topic, malee, body=f"เรื่อง {often} ครับ")
    count_words()
    found = find(asking(written), member=visitor)
    assert len(found.matches) == (7 if found.also else 1)
    assert (often in [found.also, *found.spellings]) == offered


def test_a_long_word_that_many_more_write_otherwise_is_looked_for_so_as_well(malee, topic, visitor):
    erring = make_post(topic, malee, body="ฝากสังเกตุด้วย")
    right = [make_post(topic, malee, body=f"ฝากสังเกตด้วย {n}").pk for n in range(4)]
    count_words()
    found = find(asking("สังเกตุ"), member=visitor)
    assert (found.also, found.spellings) == ("สังเกต", [])
    assert posts(found.matches)[0] == erring.pk
    assert set(posts(found.matches)) == {erring.pk, *right}
    assert [term.text for term in found.terms] == ["สังเกตุ", "สังเกต"]
    alone = find(asking("=สังเกตุ"), member=visitor)
    assert posts(alone.matches) == [erring.pk]
    assert alone.spellings == ["สังเกต"]
    Post.objects.filter(pk=right[0]).update(hidden_at=timezone.now())  # three are not many more
    assert find(asking("สังเกตุ"), member=visitor).also == ""


def test_so_is_a_shorter_one_that_no_lexicon_knows(malee, topic, visitor):
    erring = make_post(topic, malee, body="ขอโอกาศด้วย")
    right = [make_post(topic, malee, body=f"ขอโอกาสด้วย {n}").pk for n in range(4)]
    count_words()
    found = find(asking("โอกาศ"), member=visitor)
    assert found.also == "โอกาส"
    assert set(posts(found.matches)) == {erring.pk, *right}
    assert find(asking("โอกาส"), member=visitor).also == ""


def test_nor_is_one_that_stands_in_many_posts_of_the_site(malee, board, visitor):
    topic = make_topic(malee, board, title="คุยกัน", body="เรื่อง ลอร์ด ครับ")
    make_post(topic, malee, body="เรื่อง หลอด ครับ")
    for n in range(30):
        make_post(topic, body=f"เรื่อง {'ลอร์ด' if n < 20 else 'หลอด'} ครับ")
    count_words()
    found = find(asking("ลอร์ด", author=(malee.pk,)), member=visitor)
    assert len(found.matches) == 1
    assert found.spellings == []
