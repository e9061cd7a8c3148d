import pytest
from hypothesis import given
from hypothesis import strategies as st

from forums.text.addresses import LONGEST, readings, tidy_query
from tests.timing import assert_quick

PIECES = st.text("กข้ำ\u0e4dาเ🙏ครับ /.)ๆ%E0b-_๒7aZ\u200b\ufffd ", max_size=40)


@pytest.mark.parametrize(
    "path", ["/", "/t/27/เดินเยี่ยมบ้าน/", "/n/คนเฝ้าป่า/feed/", "/wp-login.php", "/a/b"]
)
def test_what_is_written_as_we_write_it_is_nothing_else_but_shorter(path):
    """A last part in Thai may have been written on; whether it was, the pages know."""
    assert all(path.startswith(one) for one in readings(path))
    if path.isascii():
        assert readings(path) == []


@given(PIECES)
def test_readings_are_few_and_never_leave_the_site(text):
    found = readings(f"/{text}")
    assert len(found) == len(set(found)) <= 10
    assert all(one == "" or one.startswith("/") for one in found)


@pytest.mark.parametrize("path", ["/t/ 1/", "/t/²/", "/t/%C2%B9/"])
def test_what_nobody_passes_on_means_nothing(path):
    assert readings(path) == []


def test_broken_letters_are_not_the_home_page():
    assert "" in readings("/)")
    assert "" not in readings("/%FF/")


def test_an_endless_path_is_not_thought_about():
    assert readings("/t/27" + ")" * LONGEST) == []
    for path in ("/" + "ครับ" * (LONGEST // 4 - 1), "/" + ")ค" * (LONGEST // 2 - 1)):
        assert_quick(lambda path=path: readings(path), within=0.05)
    for query in ("%20" * (LONGEST // 3) + "a", "%20" * 100_000 + "a"):
        assert_quick(lambda query=query: tidy_query(query), within=0.05)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("page=3)", "page=3"),
        ("page=3%29.", "page=3"),
        ("show=posts&page=2%E0%B8%84%E0%B8%A3", "show=posts&page=2"),
        ("page=last", "page=last"),
        ("page=1.0", "page=1.0"),
        ("page=%C2%B2", "page=%C2%B2"),
        ("before=3)", "before=3)"),
        ("3)", "3)"),
        ("", ""),
    ],
)
def test_a_query_ends_where_what_was_written_on_begins(typed, meant):
    assert tidy_query(typed) == meant
