"""The directory's page, as each of the people meets it."""

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.groups.networks.models import Network
from tests.answers import html_of
from tests.groups.networks.many import many_networks
from tests.make import join, make_network

EVERYONE = ["visitor", "somchai", "malee", "moderator"]


@pytest.fixture
def get(as_, request):
    """The page as somebody sees it: get("malee", "?q=…")."""

    def ask(who: str = "visitor", query: str = "", status: int = 200) -> str:
        member = None if who == "visitor" else request.getfixturevalue(who)
        answer = as_(member).get(f"/networks/{query}")
        assert answer.status_code == status, answer
        return html_of(answer)

    return ask


def main(html: str) -> str:
    return html[html.index("<main") : html.index("</main>")]


@pytest.mark.parametrize("who", EVERYONE)
def test_everyone_sees_the_networks_and_nobody_the_hidden_or_archived(get, malee, who):
    make_network("คนรักคลอง", malee, provinces=["55"], aim="ให้คลองใส")
    for name, state in (("ซ่อนอยู่", "hidden_at"), ("เลิกแล้ว", "archived_at")):
        network = make_network(name, malee, provinces=["55"])
        Network.objects.filter(pk=network.pk).update(**{state: timezone.now()})
    for query in ("", "?province=55", "?region=north", "?q=ซ่อน", "?sort=name", "?sort=size"):
        html = main(get(who, query))
        assert "ซ่อนอยู่" not in html
        assert "เลิกแล้ว" not in html
    html = main(get(who))
    assert "คนรักคลอง" in html
    assert "ให้คลองใส" in html
    assert "น่าน: 1 เครือข่าย" in html


def test_before_there_is_any_network_it_says_so(get, db):
    html = main(get())
    assert "ยังไม่มีเครือข่าย" in html
    assert "0 เครือข่าย" in html


def test_what_was_chosen_stands_there_and_can_be_taken_away(get, founder):
    make_network("คนรักคลอง", founder, provinces=["55"], sectors=["state"])
    html = main(get(query="?q=คลอง&province=55&sector=state&sector=civil&sort=name"))
    assert 'value="คลอง"' in html
    assert '<option value="55" selected>' in html
    assert len(re.findall(r'value="(?:state|civil)" checked', html)) == 2
    without_civil = f"/networks/?q={quote('คลอง')}&amp;sector=state&amp;province=55&amp;sort=name"
    assert f'href="{without_civil}" aria-label="เอา ภาคประชาสังคม ออก"' in html
    assert 'type="hidden" name="sort" value="name"' in html


def test_bangkok_is_called_by_its_name_alone(get, founder):
    make_network("คนรักคลอง", founder, provinces=["10"])
    assert 'aria-label="เอา กรุงเทพมหานคร ออก"' in main(get(query="?province=10"))


def test_when_nothing_fits_it_says_what_to_loosen(get, founder):
    make_network("คนรักคลอง", founder, provinces=["55"])
    html = main(get(query="?q=คลอง&province=90"))
    assert "ไม่มีเครือข่ายที่ตรงทุกข้อ" in html
    assert f'<a class="button" href="/networks/?q={quote("คลอง")}">ไม่เอา จังหวัดสงขลา</a>' in html
    assert '<a class="button" href="/networks/?province=90">' in html


def test_a_province_says_how_many_work_all_over_the_country(get, founder):
    make_network("ทุกที่", founder, nationwide=True)
    html = main(get(query="?province=55"))
    assert "ยังมีอีก 1 เครือข่ายที่ทำงานทั่วประเทศ" in html
    assert "ยังมีอีก" not in main(get())


def test_featured_networks_stand_on_the_first_plain_page_only(get, founder):
    many_networks(45, founder)
    html = get()
    assert "ชวนให้รู้จัก" in html
    older = re.search(r'href="([^"]+)" rel="next"', html)
    assert older
    for query in (older[1].replace("&amp;", "&"), "?kind=both", "?q=ป่า"):
        assert "ชวนให้รู้จัก" not in get(query=query)


def test_pages_keep_everything_that_was_chosen(get, founder):
    many_networks(80, founder)
    html = get(query="?kind=physical&sort=size")
    older = re.search(r'href="([^"]+)" rel="next"', html)
    assert older
    assert "kind=physical&amp;sort=size&amp;after=" in older[1]
    html = get(query=older[1].replace("&amp;", "&"))
    assert 'rel="prev"' in html


def test_beyond_its_last_page_there_is_a_way_back(get, founder):
    make_network("คนรักคลอง", founder)
    html = main(get(query="?after=1.1"))
    assert "ไม่มีต่อจากนี้แล้ว" in html
    assert 'href="/networks/"' in html


def test_a_verified_network_says_so(get, founder):
    network = make_network("คนรักคลอง", founder)
    assert "ตรวจสอบแล้ว" not in main(get())
    Network.objects.filter(pk=network.pk).update(verified_at=timezone.now())
    assert "ตรวจแล้ว" in main(get())


@pytest.mark.parametrize(
    "query",
    [
        "?page=NaN",
        "?sector=x&kind=y&region=z&province=00&sort=w",
        "?q=" + "ก" * 10_000,
        "?q=%ED%A0%80",
        "?tag=" + "%F0%9F%98%80" * 300,
        "?" + "&".join(f"sector=state&province={n}" for n in range(50)),
        "?q[]=1&sector[]=state",
        "?q=';DROP TABLE forums_network;--",
        "?province=55&province=90",
        "?tag=-&q=-",
    ],
)
def test_what_it_does_not_know_is_left_out(get, founder, query):
    make_network("คนรักคลอง", founder)
    get(query=query)


@pytest.mark.parametrize("query", ["?after=x", "?after=1.NaN&sort=size", "?before=" + "9" * 5000])
def test_a_mangled_page_is_404(get, db, query):
    get(query=query, status=404)


def test_what_no_text_holds_and_a_thousand_and_one_fields_are_refused(get, db):
    get(query="?q=%00&tag=%00&province=%00", status=400)
    get(query="?" + "&".join("sector=state" for _ in range(1001)), status=400)


@pytest.mark.parametrize("who", ["visitor", "malee"])
def test_it_asks_the_same_few_questions_for_two_networks_and_for_forty(as_, request, founder, who):
    member = None if who == "visitor" else request.getfixturevalue(who)
    client = as_(member)
    for number in range(2):
        network = make_network(f"คลอง {number}", founder, provinces=["55"])
        Network.objects.filter(pk=network.pk).update(featured_at=timezone.now())
    if member:
        join(network, member)
    queries = (
        "",
        "?q=คลอง&kind=physical&sector=state&region=north&province=55&tag=น้ำ",
        "?sort=name",
    )

    def asked() -> list[int]:
        counts = []
        for query in queries:
            client.get(f"/networks/{query}")  # what is read once a minute is read now
            with CaptureQueriesContext(
                connection,
            ) as found:
                client.get(f"/networks/{query}")
            counts.append(len(found))
        return counts

    few = asked()
    many_networks(40, founder)
    assert asked() == few
    assert max(few) <= 12


def test_it_is_light(get, founder):
    import gzip

    many_networks(100, founder)
    html = get()
    assert len(gzip.compress(html.encode(), 6)) < 20_000
    assert "style=" not in html
