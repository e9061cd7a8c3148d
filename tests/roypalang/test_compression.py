"""How pages go out: compressed at the level that pays; and what is compressed already as it is."""

import gzip
import random

import pytest
from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from roypalang.compression import LEVEL, Compress, best_coding, pack, repacked

WORDS = "ป่า น้ำ ชุมชน กระทู้ เครือข่าย สุขภาพ <p> </p> ข้าว ตลาด ครู คลอง ปี วัน คน บ้าน ทุน งาน".split()
PAGE = " ".join(random.Random(1).choices(WORDS, k=6000)).encode()


@pytest.fixture
def sent(rf):
    def send(response, accepts="gzip, br"):
        request = rf.get("/", headers={"Accept-Encoding": accepts})
        return Compress(lambda _request: response)(request)

    return send


def test_a_page_is_compressed_at_a_low_level_and_says_so(sent):
    page = HttpResponse(PAGE, headers={"ETag": '"1"', "Content-Length": len(PAGE)})
    answer = sent(page)
    assert gzip.decompress(answer.content) == PAGE
    assert answer["Content-Encoding"] == "gzip"
    assert answer["Content-Length"] == str(len(answer.content))
    assert answer["ETag"] == 'W/"1"'
    assert answer["Vary"] == "Accept-Encoding"
    plain = len(gzip.compress(PAGE, compresslevel=LEVEL))
    assert plain <= len(answer.content) <= plain + 200  # the name's letters
    assert len(gzip.compress(PAGE, compresslevel=6)) + 200 < plain


def test_no_two_answers_are_as_long_so_that_no_secret_is_guessed(sent):
    assert len({len(sent(HttpResponse(PAGE)).content) for _ in range(20)}) > 5


def test_who_does_not_ask_for_it_and_what_is_short_get_it_plain(sent):
    assert sent(HttpResponse(PAGE), accepts="br").content == PAGE
    assert sent(HttpResponse(PAGE), accepts="br")["Vary"] == "Accept-Encoding"
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


def test_who_wants_no_gzip_gets_none(sent):
    for accepts in ("gzip;q=0", "br, gzip;q=0.0", "identity, gzip;q=0.5"):
        assert sent(HttpResponse(PAGE), accepts=accepts).content == PAGE, accepts


def test_what_is_kept_is_given_in_any_coding():
    packed = pack(PAGE)
    assert len(packed) < len(PAGE) / 4
    assert repacked(packed, "br") is packed
    assert gzip.decompress(repacked(packed, "gzip")) == PAGE
    assert repacked(packed, "") == PAGE
