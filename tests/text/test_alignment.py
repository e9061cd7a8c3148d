import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icu4py.breakers import CharacterBreaker

from forums.text.alignment import marks, placed, skeleton
from forums.text.clusters import clusters
from forums.text.words import plain
from tests.needs import needs_shared
from tests.timing import assert_quick

TYPED = st.text("กขนมาะำเแโ่้ิีุ์ํๆฯลว๑ a1,. \n\u200bAéﬁ👍", max_size=60)


def lines(name: str, *, key: str, step: int) -> list[str]:
    path = needs_shared("data", "thai", name)
    with gzip.open(path, "rt", encoding="utf-8") as rows:
        texts = [
            json.loads(row).get(key, "") for number, row in enumerate(rows) if number % step == 0
        ]
    return [text for text in texts if text]


def borders(text: str) -> set[int]:
    found, place = {0}, 0
    for grapheme in CharacterBreaker(text, "th"):
        place += len(grapheme)
        found.add(place)
    return found


@pytest.mark.parametrize(
    ("text", "cluster", "typed"),
    [
        ("ไป น้\u200bํา", "น้ำ", "น้\u200bํา"),
        ("เเมว", "แม", "เเม"),
        ("ยากกกกก จัง", "ก", "กกกกก"),
        ("เก่งๆๆ ฯลฯ ลา", "ลา", "ลา"),
        ("จ่าย ๑,๕๐๐ บาท", "1500", "๑,๕๐๐"),
        ("ＣＯＶＩＤ", "covid", "ＣＯＶＩＤ"),
        ("ﬁne ½", "fine", "ﬁne"),
        ("cafe\u0301", "cafe", "cafe\u0301"),
        ("ร้านŒuvre Øl", "oeuvre", "Œuvre"),
        ("น้\uf70bำ", "น้ำ", "น้\uf70bำ"),
    ],
)
def test_a_cluster_is_placed_where_it_was_typed(text, cluster, typed):
    assert typed in [
        text[found.start : found.end] for found in placed(text) if found.text == cluster
    ]


def test_texts_that_mean_the_same_have_one_skeleton():
    typed = ["น้ำเเข็ง 2567 ABC", "น้ํา แข็ง ๒๕๖๗ abc", "นำ้แข็งงง๒๕๖๗ＡＢＣ"]
    assert {skeleton(text)[0] for text in typed} == {"นาเขง2567abc"}
    assert marks("น้ำ") == marks("นํ้า") != marks("น้า")
    letters, places = skeleton("น้ำ ﬁ")
    assert (letters, places) == ("นาfi", [0, 2, 4, 4])


@pytest.mark.parametrize(
    ("name", "key", "step"),
    [("discussions.jsonl.gz", "body", 23), ("search_docs.jsonl.gz", "text", 19)],
)
def test_in_real_texts_every_cluster_has_its_place(name, key, step):
    total = astray = 0
    for text in lines(name, key=key, step=step):
        found = placed(text)
        assert [cluster[:3] for cluster in found] == clusters(text)
        whole = borders(text)
        for cluster in found:
            here = plain(text[cluster.start : cluster.end]).replace(",", "")
            right = cluster.text in here and {cluster.start, cluster.end} <= whole
            total += 1
            astray += not right
    assert total > 20_000
    assert astray <= total / 20_000  # Lao ຳ, a mark without its letter


@settings(max_examples=300)
@given(TYPED)
def test_whatever_is_typed_clusters_keep_their_order_and_stay_inside(text):
    found = placed(text)
    assert [cluster[:3] for cluster in found] == clusters(text)[: len(found)]
    assert all(0 <= cluster.start < cluster.end <= len(text) for cluster in found)
    starts = [cluster.start for cluster in found]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    "unit", ["ก", "่", "ำ", "เ", "กา", "ก\u200b", "ฯลฯ", "ﷺ", "ﬁ", "5", "👍", "ก ", "\ud800"]
)
def test_hostile_texts_are_followed_in_linear_time(unit):
    text = unit * (8_000 // len(unit))
    assert_quick(lambda: (placed(text), skeleton(text)), within=0.5)
