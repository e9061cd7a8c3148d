"""How pages go out: compressed at the level that pays; and what is compressed already as it is."""

import gzip
import random

import brotli
import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from roypalang.compression import LEVEL, QUALITY, Compress, best_coding, pack, repacked

WORDS = "ป่า น้ำ ชุมชน กระทู้ เครือข่าย สุขภาพ <p> </p> ข้าว ตลาด ครู คลอง ปี วัน คน บ้าน ทุน งาน".split()
PAGE = " ".join(random.Random(1).choices(WORDS, k=6000)).encode()


@pytest.fixture
def sent(rf):
    def send(response, accepts="gzip, br"):
        request = rf.get("/", headers={"Accept-Encoding": accepts})
        return Compress(lambda _request: response)(request)

    return send


UNPACKED = {"gzip": gzip.decompress, "br": brotli.decompress}


@pytest.mark.parametrize(("accepts", "coding"), [("gzip, deflate, br", "br"), ("gzip", "gzip")])
def test_a_page_is_compressed_as_she_reads_it_and_says_so(sent, accepts, coding):
    page = HttpResponse(PAGE, headers={"ETag": '"1"', "Content-Length": len(PAGE)})
    answer = sent(page, accepts)
    assert UNPACKED[coding](answer.content) == PAGE
    assert answer["Content-Encoding"] == coding
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["ETag"] == 'W/"1"'
    assert answer["Vary"] == "Accept-Encoding"


def test_it_costs_little_and_is_longer_by_some_hundred_bytes_only(sent):
    plain = len(gzip.compress(PAGE, compresslevel=LEVEL))
    assert plain <= len(sent(HttpResponse(PAGE), "gzip").content) <= plain + 200
    assert len(gzip.compress(PAGE, compresslevel=6)) + 200 < plain
    plain = len(brotli.compress(PAGE, quality=QUALITY))
    assert plain <= len(sent(HttpResponse(PAGE), "br").content) <= plain + 120


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_no_two_answers_are_as_long_so_that_no_secret_is_guessed(sent, coding):
    answers = [sent(HttpResponse(PAGE), coding).content for _ in range(300)]
    lengths = {len(answer) for answer in answers}
    assert len(lengths) > 60
    assert max(lengths) - min(lengths) < 100
    assert {UNPACKED[coding](answer) for answer in answers} == {PAGE}


@pytest.mark.parametrize("size", [1_000, 300_000, 3_000_000])
def test_br_is_read_back_whatever_the_size(sent, size):
    body = (PAGE * (size // len(PAGE) + 1))[:size]
    assert brotli.decompress(sent(HttpResponse(body), "br").content) == body


def test_who_does_not_ask_for_it_and_what_is_short_get_it_plain(sent):
    assert sent(HttpResponse(PAGE), accepts="deflate").content == PAGE
    assert sent(HttpResponse(PAGE), accepts="deflate")["Vary"] == "Accept-Encoding"
    assert sent(HttpResponse(b"short")).content == b"short"
    packed = HttpResponse(PAGE, headers={"Content-Encoding": "br"})
    assert sent(packed).content == PAGE


def test_what_is_written_while_it_goes_out_is_compressed_too(sent):
    answer = sent(StreamingHttpResponse([PAGE[:500], PAGE[500:]], content_type="text/csv"))
    assert gzip.decompress(b"".join(answer.streaming_content)) == PAGE


def test_a_picture_is_not_compressed_again(sent, tmp_path):
    file = tmp_path / "a.webp"
    file.write_bytes(PAGE)
    answer = sent(FileResponse(file.open("rb"), content_type="image/webp"))
    assert b"".join(answer.streaming_content) == PAGE
    assert "Content-Encoding" not in sent(HttpResponse(PAGE, content_type="image/webp"))


# -- What a reader says that she can read -----------------------------------------------------------


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip;q=0.001", "gzip"),
        ("br ; q = 0.8 ,gzip; q=0.8", "br"),
        ("*", "br"),
        ("*;q=0.5, br;q=0", "gzip"),
        ("identity, gzip;q=0.5", ""),
        ("identity;q=0.5, gzip;q=0.5", "gzip"),
        ("identity;q=0", ""),  # nothing is left: better a page than none
        ("gzip;q=0", ""),
        ("*;q=0", ""),
        ("", ""),
        ("\t, ,;q=1,,", ""),
        ("gzip;q=2, br;q=-1, gzip;level=9", ""),
        ("sdch, compress, x-gzip, gzipped", ""),
        ("ก, brรร", ""),
        ("x" * 10_000 + ", gzip", ""),
        ("," * 10_000, ""),
    ],
)
def test_she_gets_what_she_wants_most(accepted, best):
    assert best_coding(accepted, "br", "gzip") == best


def test_who_wants_neither_gets_it_plain(sent):
    for accepts in ("gzip;q=0", "br;q=0, gzip;q=0.0", "identity, gzip;q=0.5, br;q=0.9"):
        assert sent(HttpResponse(PAGE), accepts=accepts).content == PAGE, accepts


def test_what_is_kept_is_given_in_any_coding():
    packed = pack(PAGE)
    assert len(packed) < len(PAGE) / 4
    assert repacked(packed, "br") is packed
    assert gzip.decompress(repacked(packed, "gzip")) == PAGE
    assert repacked(packed, "") == PAGE
