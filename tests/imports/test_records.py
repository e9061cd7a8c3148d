"""Every way a line can be bad has its own sentence."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from forums.imports.file_lines import FileLine
from forums.imports.records import BadLine, PostRecord, TopicRecord, read_record
from tests.imports.lines import board, member, post, topic


def read(line: Any) -> Any:
    data = line if isinstance(line, bytes) else json.dumps(line).encode()
    with translation.override(None):
        return read_record(FileLine(1, data))


def without(line: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in line.items() if key != name}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "not JSON"),
        (b'{"type": "post", \x00}', "not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"type": ' + b"9" * 5000 + b"}", "not JSON"),
        (b'"text"', "not a JSON object"),
        (b"[]", "not a JSON object"),
        (b'{"type": "board", "name": "\xff"}', r"not UTF-8 \(byte 28 "),
        ({}, "type is missing"),
        ({"type": 7}, "type must be text, not a number"),
        ({"type": "poll"}, 'type is "poll"'),
        (without(board(), "name"), "name is missing"),
        (board(name=["x"]), "name must be text, not a list"),
        (board(name="\u200b \u200d"), "name is empty"),
        (board(name="ก" * 81), "name has 81 characters; up to 80 fit"),
        (board("Health Care"), '"health-care" could'),
        (member("ab\u200bc d"), "cannot stand in a handle"),
        (member("นกlatin"), "mixes Thai and Latin"),
        (member("x"), "fewer than 2"),
        (member("admin"), "is reserved"),
        (member("n" * 41), "more than 40"),
        (member("123"), "no letter"),
        (member(name="\u2060"), "name is empty"),
        (member(name="ก" * 61), "name has 61 characters"),
        (topic(title="\u200b"), "title: Please give it a title"),
        (topic(title="ก" * 201), "title: This has 201 characters"),
        (topic(title=None), "title must be text, not null"),
        (topic(body=" \u200b\n"), "body: Please write something"),
        (topic(body="ก" * 32_001), "body: This has 32001 characters"),
        (topic(body="x" * 31_990, source="ที่มา ยาวพอที่จะเกิน"), "body: This has 320"),
        (topic(body="a\0b"), "body has a NUL"),
        (topic("a\0b"), "id has a NUL"),
        (topic(""), "id is empty"),
        (topic("x" * 301), "id has 301 characters; up to 300"),
        (topic("\ud800"), "half of a surrogate pair"),
        (topic(7), "id must be text, not a number"),
        (topic(kind="poll"), 'kind is "poll"'),
        (topic(tags="น้ำ"), "tags must be a list of texts"),
        (topic(tags=[1]), "tags must be a list of texts"),
        (topic(tags=list("กขคงจฉ")), "tags: Up to 5 tags"),
        (topic(tags=["ก" * 41]), "tags: The tag"),
        (topic(source=5), "source must be text"),
        (topic(source="x" * 301), "source has 301 characters"),
        (topic(created_at="yesterday"), "not a date of ISO 8601"),
        (topic(created_at="2024-02-30T00:00:00Z"), "not a date of ISO 8601"),
        (topic(created_at="0001-01-01T00:00:00+14:00"), "not a date of ISO 8601"),
        (topic(created_at="2024-01-01"), "does not say its time zone"),
        (topic(created_at="2024-01-01T10:00:00"), "does not say its time zone"),
        (topic(created_at="1969-12-31T10:00:00Z"), "lies before 1970"),
        (topic(created_at="2567-01-01T10:00:00+07:00"), "lies in the future; years are counted"),
        (topic(created_at=1704067200), "created_at must be text, not a number"),
        (without(post("p1"), "parent"), "parent is missing; null says"),
        (post("p1", parent=5), "parent must be text, not a number"),
        (without(post("p1"), "body"), "body is missing"),
        (post("p1", body=True), "body must be text, not true or false"),
        (post("p1", body={}), "body must be text, not an object"),
    ],
)
def test_a_bad_line_says_what_is_wrong_with_it(line, message):
    with pytest.raises(BadLine, match=message):
        read(line)


def test_a_line_too_long_says_so():
    with pytest.raises(BadLine, match="longer than 1,000,000 bytes"):
        read_record(FileLine(1, None))


def test_a_bad_line_knows_what_it_was_meant_to_be():
    with pytest.raises(BadLine) as caught:
        read(topic(kind="poll"))
    assert caught.value.type == "topic"
    with pytest.raises(BadLine) as caught:
        read(b"{")
    assert caught.value.type == ""


@pytest.mark.parametrize("line", [b"", b"  ", b"\r"])
def test_an_empty_line_is_nothing(line):
    assert read(line) is None


def test_a_topic_is_cleaned_as_a_form_would():
    record = read(topic(title="  น\u0e4dา\u200bท่วม ", body="หนึ่ง\r\n\r\nสอง\u200b\n\n"))
    assert isinstance(record, TopicRecord)
    assert record.title == "น\u0e33ท่วม"
    assert record.body == "หนึ่ง\n\nสอง"


def test_dates_of_any_zone_are_stored_in_utc():
    for text in ("2024-01-01T17:30:00+07:00", "2024-01-01T10:30:00Z", "20240101T103000+0000"):
        assert read(topic(created_at=text)).created_at == datetime(2024, 1, 1, 10, 30, tzinfo=UTC)


def test_a_clock_a_minute_ahead_is_forgiven_an_hour_is_not():
    soon = timezone.now() + timedelta(minutes=1)
    assert read(topic(created_at=soon.isoformat())).created_at == soon
    with pytest.raises(BadLine, match="lies in the future$"):
        read(topic(created_at=(soon + timedelta(hours=1)).isoformat()))


def test_tags_are_one_word_each_and_once_each():
    record = read(topic(tags=["น้ำ ท่วม", "ป่า", "น้ำ-ท่วม", "  "]))
    assert record.tags == ("น้ำ-ท่วม", "ป่า")


def test_a_source_stands_at_the_end_of_the_text_with_its_marks_as_typed():
    assert read(topic(source="คลัง_ข่าว *ก*")).body == "เล่าให้ฟังหน่อย\n\nที่มา: คลัง\\_ข่าว \\*ก\\*"
    assert read(topic(source="https://example.org/a_b")).body.endswith(
        "ที่มา: https://example.org/a_b"
    )
    assert read(topic(source=None)).body == read(topic(source="")).body == "เล่าให้ฟังหน่อย"


def test_fields_that_are_not_known_are_left_aside():
    record = read(post("p1", likes=5))
    assert isinstance(record, PostRecord)
    assert record.parent is None


def test_thai_digits_of_a_handle_become_digits():
    record = read(member("นก๙"))
    assert (record.key, record.handle) == ("นก๙", "นก9")
