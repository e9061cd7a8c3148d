"""The evaluation of search: its figures by hand, its files, its JSON, and real posts on a tiny set."""

import gzip
import json
import sys

import pytest
from django.db import connection

from tests.benchmarks import search_quality
from tests.benchmarks.engines import ENGINES, Answer, like, simple
from tests.benchmarks.judged import (
    Document,
    Judgement,
    Unreadable,
    read_documents,
    read_judgements,
)
from tests.benchmarks.metrics import average, holds_half, measure

GOLD = [
    "ตาเจ็บมาก", "ตารางเรียนออกแล้ว", "คุณตาปลูกข้าว", "น้ำท่วมบ้าน", "บ้านน้ำท่วมอีกแล้ว ๒๕๖๗", "*ราคา* #ข้าว <b>ขึ้น</b>",
    "1. Lime กับ BTS", "ขออนุญาตครับ",
]  # fmt: skip
QA = {
    "เพลี้ยกระโดดสีน้ำตาล": "เป็นแมลงศัตรูของข้าว ดูดน้ำเลี้ยงจากต้นข้าวจนแห้งตาย",
    "ดุสิต เครืองาม": "เกิดวันที่ 5 ธันวาคม เป็นศาสตราจารย์ด้านพลังงานแสงอาทิตย์",
    "": "ป่าดิบชื้นแอมะซอนเป็นครึ่งหนึ่งของป่าดิบชื้นทั่วโลก",
}
DOCUMENTS = [
    *(Document(f"g{number}", "", text, "gold") for number, text in enumerate(GOLD)),
    *(Document(f"q{number}", *pair, "qa") for number, pair in enumerate(QA.items())),
]
JUDGEMENTS = [
    Judgement("ตา", "short_ambiguous", "gold", frozenset({"g0", "g2"})),
    Judgement("น้ำท่วม", "compound2", "gold", frozenset({"g3", "g4"})),
    Judgement("ข้าว", "single", "gold", frozenset({"g2", "g5"})),
    Judgement("2567", "number_arabic", "gold", frozenset({"g4"})),
    Judgement("bts", "latin", "gold", frozenset({"g6"})),
    Judgement("อนุญาติ", "misspelled", "gold", frozenset({"g7"})),
    Judgement("เพลี้ยกระโดดสีน้ำตาลเป็นแมลงอะไร", "qa_iapp", "qa", frozenset({"q0"})),
    Judgement("ป่าดิบชื้นแอมะซอนคิดเป็นเท่าใด", "qa_xquad", "qa", frozenset({"q2"})),
    Judgement("ดุสิต เครืองาม", "title_iapp", "qa", frozenset({"q1"})),
]
OF_A_KIND = {"queries", "p", "r", "f1", "map", "ndcg10", "mrr", "hit1", "zero_hits"}


def test_figures_are_those_counted_by_hand():
    """Shown a b c, of which b is relevant; further down the page d, relevant too; e is not found."""
    figures = measure(shown=["a", "b", "c"], ranked=["a", "b", "b", "c", "d"], relevant={*"bde"})
    assert figures == pytest.approx(
        {
            "p": 1 / 3,
            "r": 1 / 3,
            "f1": 1 / 3,
            "map": (1 / 2 + 2 / 4) / 3,
            # 1/log2(3) + 1/log2(5), of 1 + 1/log2(3) + 1/log2(4)
            "ndcg10": (0.63093 + 0.43068) / (1 + 0.63093 + 0.5),
            "mrr": 1 / 2,
            "hit1": 0,
            "zero_hits": 0,
        },
        abs=1e-5,
    )
    perfect = measure(shown="ab", ranked="ab", relevant="ab")
    assert perfect == dict.fromkeys(perfect, 1.0) | {"zero_hits": 0.0}
    nothing = measure(shown=[], ranked=[], relevant="a")
    assert nothing == dict.fromkeys(nothing, 0.0) | {"zero_hits": 1.0}
    # The eleventh place gains nothing; twenty relevant ones fill ten places.
    late = measure(shown=[], ranked=range(20), relevant={10})
    assert (late["ndcg10"], late["mrr"]) == (0, 1 / 11)
    assert measure(shown=[], ranked=range(10), relevant=range(20))["ndcg10"] == 1
    assert average([perfect, nothing])["f1"] == 0.5
    assert average([perfect, nothing])["queries"] == 2
    assert holds_half(["a", "x"], {"a", "b"})
    assert not holds_half(["a"], {"a", "b", "c"})


def _scripted(answers):
    return {"ours": lambda documents: lambda query: answers.get(query, Answer((), ()))}


def test_misspellings_count_as_found_when_one_of_three_spellings_finds_half():
    asked = [Judgement("x", "misspelled", "gold", frozenset({"g1", "g2"}))]
    for spellings, found in ((["no", "no", "yes"], 1.0), (["no", "no", "no", "yes"], 0.0)):
        answers = {"x": Answer((), (), spellings), "yes": Answer(["g2"], ["g2"])}
        results = search_quality.evaluate(DOCUMENTS, asked, _scripted(answers))
        kinds = search_quality.as_json(results)["ours"]["gold"]["kinds"]
        assert kinds["misspelled"]["found_or_offered"] == found
    direct = {"x": Answer(["g1"], ["g1"])}
    results = search_quality.evaluate(DOCUMENTS, asked, _scripted(direct))
    assert results["ours"]["gold"][0][1]["found_or_offered"] == 1.0


def test_a_collection_that_is_not_judged_is_not_in_the_figures():
    asked = [one for one in JUDGEMENTS if one.collection == "qa"]
    results = search_quality.evaluate(DOCUMENTS, asked, _scripted({}))
    assert list(search_quality.as_json(results)["ours"]) == ["qa"]
    assert "gold" not in search_quality.table(results)
    only_latin = [one for one in JUDGEMENTS if one.kind == "latin"]
    results = search_quality.evaluate(DOCUMENTS, only_latin, _scripted({}))
    assert search_quality.as_json(results)["ours"]["gold"]["core_f1"] is None
    assert "core" not in search_quality.table(results)


def test_real_posts_are_searched_and_the_json_has_its_shape(db):
    results = search_quality.evaluate(DOCUMENTS, JUDGEMENTS, ENGINES)
    figures = search_quality.as_json(results)
    assert list(figures) == ["ours", "simple", "like"]
    for found in figures.values():
        assert set(found) == {"gold", "qa"}
        assert set(found["gold"]) == {"core_f1", "all_f1", "map", "mrr", "zero_hits", "kinds"}
        assert set(found["qa"]) == {"ndcg10", "mrr", "hit1", "kinds"}
        for kind, row in {**found["gold"]["kinds"], **found["qa"]["kinds"]}.items():
            more = {"found_or_offered"} if kind == "misspelled" else set()
            assert set(row) == OF_A_KIND | more
            assert all(0 <= value <= 1 for name, value in row.items() if name != "queries")
    json.dumps(figures, allow_nan=False)
    ours = figures["ours"]["gold"]["kinds"]
    assert figures["ours"]["gold"]["core_f1"] == 1
    assert ours["number_arabic"]["f1"] == ours["latin"]["f1"] == 1
    assert figures["ours"]["qa"]["hit1"] == 1
    assert figures["like"]["gold"]["kinds"]["short_ambiguous"]["p"] == pytest.approx(2 / 3)
    assert figures["simple"]["gold"]["kinds"]["compound2"]["zero_hits"] == 1
    table = search_quality.table(results)
    assert "| short_ambiguous | ours " in table
    assert "Misspelled, found or offered" in table


def test_like_answers_what_postgresql_does(db):
    answer = like(DOCUMENTS)
    texts = [(document.id, f"{document.title}\n{document.text}") for document in DOCUMENTS]
    for letters in ("ตา", "lime กับ", "น้ำท่วม", "#", "5 ธันวา", "ไม่มี"):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM unnest(%s::text[], %s::text[]) AS d (id, body) WHERE body ILIKE %s",
                [*map(list, zip(*texts, strict=True)), f"%{letters}%"],
            )
            assert set(answer(letters).shown) == {key for (key,) in cursor.fetchall()}
    assert simple(DOCUMENTS)("lime \0").shown == ["g6"]


def _write(path, *rows, packed=False):
    text = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows) + "\n"
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    return path


def test_files_are_read_packed_or_not(tmp_path):
    document = {"id": "1", "title": None, "text": "ก", "collection": "gold", "licence": "CC0-1.0"}
    judged = {"qid": "1", "collection": "gold", "kind": "single", "query": "ก", "relevant": ["1"]}
    for packed in (True, False):  # whatever the name says
        docs = _write(tmp_path / "docs", document, "", packed=packed)
        assert read_documents(docs) == [Document("1", "", "ก", "gold")]
        rows = [judged, judged | {"relevant": []}]
        judgements = _write(tmp_path / "judged.gz", *rows, packed=packed)
        assert read_judgements(judgements) == [Judgement("ก", "single", "gold", frozenset({"1"}))]


def test_files_that_cannot_be_read_end_the_run_with_a_sentence(tmp_path, monkeypatch, capsys):
    good = {"id": "1", "text": "ก", "collection": "gold"}
    broken = {
        "no such": None,
        "cut off": gzip.compress(json.dumps(good).encode() * 50)[:-9],
        "no JSON": b"{",
        "not UTF-8": b"\xff\xfe",
        "a list": b"[1]",
        "no text": b'{"id": "1", "collection": "gold"}',
        "empty": b"",
        "twice": (json.dumps(good) + "\n").encode() * 2,
    }
    for name, content in broken.items():
        path = tmp_path / name
        if content is not None:
            path.write_bytes(content)
        with pytest.raises(Unreadable, match=name):
            read_documents(path)
    with pytest.raises(Unreadable, match="cannot be read"):
        read_documents(tmp_path)
    bad = _write(tmp_path / "bad", {"query": "ก", "kind": "x", "collection": "gold", "relevant": 1})
    with pytest.raises(Unreadable, match="line 1: relevant"):
        read_judgements(bad)
    arguments = ["search_quality", "--docs", str(tmp_path / "no JSON"), "--judgements", str(bad)]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit, match="not JSON") as ended:
        search_quality.main()
    assert ended.value.code not in (0, None)
    assert capsys.readouterr().out == ""
