"""Reading files line by line, whatever is in them."""

import gzip
import tracemalloc

import pytest

from forums.imports.file_lines import MAX_LINE, FileLines, Unusable


def read(path):
    return [(line.number, line.text) for line in FileLines(path)]


def file_of(tmp_path, data: bytes):
    path = tmp_path / "file.jsonl"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_lines_are_numbered_from_one(tmp_path, pack):
    assert read(file_of(tmp_path, pack(b"one\ntwo\r\n\nfour"))) == [
        (1, b"one"),
        (2, b"two\r"),
        (3, b""),
        (4, b"four"),
    ]


def test_what_a_file_is_called_does_not_matter(tmp_path):
    path = tmp_path / "file.txt"
    path.write_bytes(gzip.compress(b"one"))
    assert read(path) == [(1, b"one")]


def test_an_empty_file_has_no_lines(tmp_path):
    assert read(file_of(tmp_path, b"")) == []


def test_a_byte_order_mark_is_no_part_of_the_first_line(tmp_path):
    assert read(file_of(tmp_path, b"\xef\xbb\xbfone\n")) == [(1, b"one")]


def test_only_a_line_feed_ends_a_line(tmp_path):
    """JSON may hold U+2028 and U+0085 as they are."""
    line = "a\u2028b\x85c\x0bd".encode()
    assert read(file_of(tmp_path, line + b"\nnext")) == [(1, line), (2, b"next")]


def test_the_longest_line_that_fits_is_read(tmp_path):
    line = b"x" * MAX_LINE
    assert read(file_of(tmp_path, line + b"\n" + line)) == [(1, line), (2, line)]


def test_a_line_too_long_is_skipped_and_the_next_one_read(tmp_path):
    path = file_of(tmp_path, b"one\n" + b"x" * (MAX_LINE + 1) + b"\nthree\n")
    assert read(path) == [(1, b"one"), (2, None), (3, b"three")]


def test_a_line_of_a_hundred_megabytes_is_never_held(tmp_path):
    path = tmp_path / "bomb.gz"
    with gzip.open(path, "wb") as file:
        for _ in range(100):
            file.write(b"\0" * 1_000_000)
    tracemalloc.start()
    assert read(path) == [(1, None)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_gzip_file_that_is_cut_off_gives_what_is_there_then_says_so(tmp_path):
    data = b"".join(b"line %d\n" % n for n in range(50_000))
    lines, found = FileLines(file_of(tmp_path, gzip.compress(data)[:-2000])), []
    with pytest.raises(Unusable, match="cut off"):
        found.extend(line.text for line in lines)  # extend keeps what came before the error
    assert found[:2] == [b"line 0", b"line 1"]
    assert len(found) > 1000


def test_a_damaged_gzip_file_says_so(tmp_path):
    data = bytearray(gzip.compress(b"".join(b"line %d\n" % n for n in range(50_000))))
    data[len(data) // 2] ^= 0xFF
    with pytest.raises(Unusable, match="damaged"):
        read(file_of(tmp_path, bytes(data)))


def test_a_missing_file_and_a_folder_are_unusable(tmp_path):
    for path in (tmp_path / "nowhere.jsonl", tmp_path):
        with pytest.raises(Unusable):
            FileLines(path)


def test_place_reaches_the_size_of_the_file_on_disk(tmp_path):
    path = file_of(tmp_path, gzip.compress(b"one\ntwo\n" * 1000))
    lines = FileLines(path)
    assert lines.place == 0
    list(lines)
    assert lines.place == lines.size == path.stat().st_size
