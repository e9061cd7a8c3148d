"""Words that belong to the code are true of it."""

from math import sqrt

import pytest

from forums.base.offline import KEEP
from forums.knowledge.opinions.tallies import Finding, Tally, earns, spread
from forums.pages.documents import how_it_is_counted

A, B = Tally(8, 1, 1), Tally(4, 2, 0)


def test_the_example_is_what_we_count():
    first, second = spread({"ก": A, "ข": B}), spread({"ก": Tally(9, 1, 0), "ข": Tally(1, 5, 0)})
    assert (A.share, B.share) == (0.75, 0.625)
    assert first.finding is Finding.SHARED
    assert first.score == pytest.approx(sqrt(0.75 * 0.625))
    assert f"{first.score:.2f}" == "0.68"
    assert not earns(first)
    assert second.finding is Finding.DIFFERS
    assert f"{second.gap:.2f}" == "0.58"
    text = how_it_is_counted().body_html
    for figure in ("0.75", "0.625", "0.68", "0.83", "0.25", "0.58"):
        assert figure in text


@pytest.mark.django_db
def test_everyone_reads_it_on_the_site_and_may_keep_it(as_):
    answer = as_(None).get("/pages/common-ground/")
    assert answer.status_code == 200
    assert KEEP in answer.headers
    page = answer.content.decode()
    assert "<h1>จุดร่วมนับอย่างไร</h1>" in page.replace("\n", "")
    assert "<table>" in page
    assert as_(None).post("/pages/common-ground/").status_code == 405
