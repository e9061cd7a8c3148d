"""One line, read: every operator in both languages, every limit, and what was never meant as an operator."""

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from forums.discussions.topics.models import TopicKind
from forums.search.query.filters import FILTERS, KEYS, VALUES
from forums.search.query.language import (
    MAX_FILTERS,
    MAX_LENGTH,
    MAX_TERMS,
    Filter,
    SearchLine,
    Term,
    read,
)
from forums.search.results.examples import EXAMPLES
from forums.text.thai import graphemes, words
from tests.text.payloads import payloads
from tests.timing import assert_quick


def terms(line: str) -> list[str]:
    """Terms as they might be typed: -word, "phrase", begun*."""
    return [
        "-" * term.excluded + (f'"{term.text}"' if term.exact else term.text) + "*" * term.begun
        for term in read(line).terms
    ]


def filters(line: str) -> list[tuple[str, str]]:
    return [("-" * one.excluded + one.name, one.value) for one in read(line).filters]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("น้ำท่วม บ้าน flood", ["น้ำท่วม", "บ้าน", "flood"]),
        ("  น้ำ\tท่วม\n\nน้ำ  ", ["น้ำ", "ท่วม"]),  # each once
        ('"แม่น้ำ ยม"', ['"แม่น้ำ ยม"']),
        ("“แม่น้ำ ยม” «ปิง วัง» ''น่าน''", ['"แม่น้ำ ยม"', '"ปิง วัง"', '"น่าน"']),
        ('คำว่า"น้ำท่วม"ครับ', ["คำว่า", '"น้ำท่วม"', "ครับ"]),
        ("น้ำ -เขื่อน –ฝาย —บ่อ −สระ", ["น้ำ", "-เขื่อน", "-ฝาย", "-บ่อ", "-สระ"]),
        ('-"แม่น้ำ ยม"', ['-"แม่น้ำ ยม"']),
        ("โควิด-19 - 2567-2568", ["โควิด-19", "2567-2568"]),
    ],
)
def test_words_phrases_and_what_is_not_wanted(line, found):
    assert terms(line) == found
    assert read(line).filters == read(line).notices == ()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("สมุน* -wiki*", ["สมุน*", "-wiki*"]),
        ("**ฟ้าทะลายโจร** * 2*3", ["**ฟ้าทะลายโจร**", "2*3"]),  # bold letters, a list, a sum
    ],
)
def test_one_star_behind_a_word_asks_for_all_that_begin_so(line, found):
    assert terms(line) == found
    assert {term.text for term in read(line).terms if term.begun} <= {"สมุน", "wiki"}
    assert read(line).notices == ()


@pytest.mark.parametrize("line", ["กา*", "ab*", "-ก*"])
def test_two_letters_and_a_star_are_taken_as_a_word_and_it_says_so(line):
    found = read(line)
    assert not found.terms[0].begun
    assert len(found.notices) == 1
    assert "*" in found.notices[0]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        *(("author:malee", ("author", "malee")), ("โดย:มาลี", ("author", "มาลี"))),
        *(("ผู้เขียน:มาลี", ("author", "มาลี")), ("@malee", ("author", "malee"))),
        *(("in:health", ("board", "health")), ("ห้อง:สุขภาพ", ("board", "สุขภาพ"))),
        *(('ใน:"สุขภาพ ชุมชน"', ("board", "สุขภาพ ชุมชน")), ("IN:x", ("board", "x"))),
        *(("network:canal", ("network", "canal")), ("เครือข่าย:คลอง", ("network", "คลอง"))),
        *(("tag:rice", ("tag", "rice")), ("แท็ก:ข้าว", ("tag", "ข้าว")), ("#ข้าว", ("tag", "ข้าว"))),
        *(("kind:question", ("kind", "question")), ("ชนิด:คำถาม", ("kind", "question"))),
        *(("kind:บทความ", ("kind", "article")), ("ชนิด:news", ("kind", "news"))),
        *(("กระทู้ชนิด:คุย", ("kind", "conversation")), ("kind:Article", ("kind", "article"))),
        *(("has:image", ("has", "image")), ("มี:รูป", ("has", "image"))),
        *(("is:answered", ("is", "answered")), ("เป็น:ตอบแล้ว", ("is", "answered"))),
        *(("is:unanswered", ("is", "unanswered")), ("เป็น:ยังไม่ตอบ", ("is", "unanswered"))),
        *(("before:2569-01-31", ("before", "2026-01-31")), ("ก่อน:2026-01-31", ("before", "2026-01-31"))),
        *(("after:31/1/2569", ("after", "2026-01-31")), ("หลัง:๓๑/๑/๒๕๖๙", ("after", "2026-01-31"))),
        *(("ตั้งแต่:2569", ("after", "2026-01-01")), ("before:2569-03", ("before", "2026-03-01"))),
        *(("ก่อน:5 ธ.ค. 2569", ("before", "2026-12-05")), ('after:"ม.ค. 2569"', ("after", "2026-01-01"))),
        *(("-in:health", ("-board", "health")), ("-#ข้าว", ("-tag", "ข้าว"))),
        *(("–โดย:มาลี", ("-author", "มาลี")), ("-before:2569", ("-before", "2026-01-01"))),
        # other keyboards: full width, a space after the colon, a comma behind
        *(("ＩＮ：health", ("board", "health")), ("โดย: มาลี", ("author", "มาลี"))),
        *(("tag:rice,", ("tag", "rice")), ("in:“สุขภาพ ชุมชน”", ("board", "สุขภาพ ชุมชน"))),
    ],
)  # fmt: skip
def test_filters_in_both_languages(line, found):
    name, value = found
    assert filters(line) == [(name, value)]
    assert terms(line) == []
    assert terms(f"น้ำ {line} ท่วม") == ["น้ำ", "ท่วม"]
    assert filters(f"น้ำ {line} ท่วม") == [(name, value)]
    assert read(f"น้ำ {line} ท่วม").notices == ()


def test_every_key_and_value_is_read_as_itself():
    assert set(KEYS.values()) == set(FILTERS)
    for typed, name in KEYS.items():
        for word, value in VALUES.get(name, {"2569": "2026-01-01"}).items():
            got = filters(f"{typed}:{word}")
            assert got == [(name, value if name in VALUES else FILTERS[name].read(word))]


def test_a_filter_remembers_how_it_was_typed():
    assert read('-ห้อง:"สุขภาพ ชุมชน"').filters == (
        Filter("board", "สุขภาพ ชุมชน", '-ห้อง:"สุขภาพ ชุมชน"', excluded=True),
    )
    assert filters("#น้ำ#ไฟ @malee") == [("tag", "น้ำ"), ("tag", "ไฟ"), ("author", "malee")]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("เวลา 10:30", ["เวลา", "10:30"]),
        ("http://x.example/in:a", ["http://x.example/in:a"]),
        ("ข้อ: หนึ่ง", ["ข้อ:", "หนึ่ง"]),
        ("C:\\temp std::vector", ["C:\\temp", "std::vector"]),
        ("เขียนถึง a@b.example ข้อ #1", ["เขียนถึง", "a@b.example", "ข้อ", "#1"]),
        ('จอ 24" ราคา 32"', ["จอ", "24", "ราคา", "32"]),
        ("น้ำท่วมโดย ธรรมชาติ", ["น้ำท่วมโดย", "ธรรมชาติ"]),
    ],
)
def test_what_people_write_every_day_stays_words(line, found):
    assert terms(line) == found
    assert filters(line) == []
    assert read(line).notices == ()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ('"น้ำ ท่วม', ["น้ำ", "ท่วม"]),
        ('น้ำ "ท่วม" "บ้าน', ["น้ำ", '"ท่วม"', "บ้าน"]),
        ("before:31/2/2569", ["31/2/2569"]),
        ("หลัง:น้ำลด 2567", ["น้ำลด", "2567"]),
        ("kind:poem น้ำ", ["poem", "น้ำ"]),
        ('-มี:"เสียง ดัง"', ['-"เสียง ดัง"']),
        ("เป็น:อะไร", ["อะไร"]),
        ("site:example น้ำ", ["site:example", "น้ำ"]),
        ('หัวข้อ:"สอง คำ"', ["หัวข้อ:", '"สอง คำ"']),
        ("น้ำ โดย:", ["น้ำ", "โดย"]),
        ("โดย: -มาลี", ["โดย", "-มาลี"]),
        ("โดย: ", ["โดย"]),
        ("in:!!!", []),
        ("แท็ก:\"\"", []),
    ],
)  # fmt: skip
def test_what_is_broken_is_taken_as_words_and_said(line, found):
    assert terms(line) == found
    assert filters(line) == []
    assert len(read(line).notices) == 1


def test_half_a_pair_behind_a_key_still_filters():
    line = read('โดย:"มาลี น้ำ')
    assert (filters('โดย:"มาลี น้ำ'), line.terms) == ([("author", "มาลี")], (Term("น้ำ"),))
    assert len(line.notices) == 1


@pytest.mark.parametrize(
    "line",
    [
        *("", " ", "\u3000\u00a0 \t\n", "่้๊", "&", "& | ! <-> :* ()", "-", "- -", '"', '""', "''"),
        *(
            "🙂",
            "👨‍👩‍👧 🏳️‍🌈",
            "\u200f\u202e",
            "\x00",
            "\ud800",
            "-!",
            '-"!"',
            "#",
            "@",
            "ๆ",
            ":",
            "::",
            "?*",
        ),
    ],
)
def test_spaces_marks_and_signs_alone_ask_for_nothing(line):
    found = read(line)
    assert found.terms == found.filters == ()


def test_operators_of_the_database_are_signs_like_others():
    assert terms("น้ำ & !ท่วม | (บ้าน:*) <-> 'x'") == ["น้ำ", "!ท่วม", "(บ้าน:*)", "'x'"]
    assert terms("น้\u200bำ\u200f\x00ท่วม") == ["น้ำท่วม"]


def test_only_so_many_characters_are_read():
    assert read("ก" * MAX_LENGTH).notices == ()
    long = read("ที่" * 100)
    assert long.terms == (Term("ที่" * (MAX_LENGTH // 3)),)  # not inside a syllable
    assert len(long.notices) == 1
    assert read(" " * 10_000) == SearchLine()
    assert len(read("\U0001f469\u200d" * 5_000 + "x").notices) == 1


def test_only_so_many_words_and_filters_are_used():
    many = read(" ".join(f"w{n}" for n in range(500)))
    assert many.terms == tuple(Term(f"w{n}") for n in range(MAX_TERMS))
    assert len(many.notices) == 2  # the line was too long as well
    many = read(" ".join(f"#w{n}" for n in range(50)))
    assert [one.value for one in many.filters] == [f"w{n}" for n in range(MAX_FILTERS)]
    assert len(many.notices) == 2
    assert len(read("น้ำ " * 40).terms) == 1  # the same word counts once
    assert read("น้ำ " * 40).notices == ()


def check(line: str) -> None:
    found = read(line)
    assert len(found.terms) <= MAX_TERMS
    assert len(found.filters) <= MAX_FILTERS
    assert len(found.notices) <= MAX_TERMS + MAX_FILTERS + 4
    for term in found.terms:
        assert words(term.text)
        assert len(term.text) <= MAX_LENGTH
    for one in found.filters:
        assert one.name in FILTERS
        assert FILTERS[one.name].read(one.value) == one.value
    for sentence in found.notices:
        assert graphemes(sentence) < 200
        sentence.encode()  # nothing that cannot be sent


PIECES = ['"', "-", ":", "#", "@", " ", "โดย", "in", "ก่อน", "2569", "น้ำ", "a", "1", "“", "''", "\0"]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
@example('-"')
@example("ก่อน: 1 a 2569")
@example("before:²/²/2569")
@example("after:٣/٣/2569")
def test_nothing_is_refused(line):
    check(line)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("น้ำท่วม", "น้ำท่วม"),
        ('"น้ำท่วม" เมืองน่าน', "น้ำท่วม เมืองน่าน"),
        ("น้ำท่วม -ข่าวลือ โดย:มาลี author:malee", "น้ำท่วม"),
        ('ห้อง:"สุขภาพ ชุมชน" น้ำท่วม -"ข่าว ลือ"', "น้ำท่วม"),
        ("ประชุม 10:30", "ประชุม 10:30"),
        ("อาสา-สมัคร", "อาสา-สมัคร"),
        ("-", ""),
        ("  ", ""),
    ],
)
def test_filters_and_what_is_left_out_are_no_words(line, words):
    assert read(line).words == words


def test_nothing_others_wrote_to_break_is_refused():
    for _name, line in payloads("naughty_string", "sqli", "html_xss", "md_dos", "path_traversal"):
        check(line)
        check(f'โดย:"{line}" -{line} #{line}')


def test_a_hostile_line_is_read_in_no_time():
    pieces = [
        "a:",
        '"',
        "-",
        "ก่อน:",
        "ก่อน:1 ",
        "่",
        "in:",
        "#a",
        "@",
        "' '",
        "\u202e",
        "(a+)+$",
        "a ",
        "1 ม.ค. ",
    ]
    for piece in [*pieces, "👨\u200d", "นา", "in: ", '-"a', "''", "ํ"]:
        assert_quick(lambda piece=piece: check(piece * 10_000), within=0.1, told=piece)


def test_each_example_on_the_page_does_what_it_says():
    for language in ("en", "th"):
        with translation.override(language):
            lines = [read(str(one.typed)) for one in EXAMPLES]
            assert all(str(one.does) for one in EXAMPLES)
        assert [line.notices for line in lines] == [()] * len(EXAMPLES)
        assert lines[0].terms[0].exact
        assert lines[1].terms[0].begun
        assert lines[2].terms[0].excluded
        assert [line.filters[0].name for line in lines[3:]] == list(FILTERS)


def test_a_kind_of_topic_is_asked_for_by_its_name_on_the_page_too():
    for language in ("en", "th"):
        with translation.override(language):
            assert {filters(f"kind:{kind.label}")[0] for kind in TopicKind} == {
                ("kind", kind) for kind in TopicKind
            }
