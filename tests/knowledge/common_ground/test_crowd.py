"""What pages of votes weigh and ask where two hundred statements and forty networks meet; and where few do."""

import pytest

from forums.knowledge.results import access
from tests.answers import page, questions
from tests.knowledge.crowded import SAID_OF, crowded

pytestmark = pytest.mark.django_db

BYTES = 60_000
PAGES = (
    *("common/", "common/?of=shared", "common/?of=differs", "common/?of=unsure", "common/?of=rest"),
    *("common/?of=networks", "common/1/", "common/2/", f"common/{SAID_OF + 1}/"),
    *(
        f"common/{SAID_OF + 1}/?why=agree",
        "common/vote/?s=9",
        "common/vote/mine/",
        "common/rounds/",
    ),
    *(
        "common/guess/",
        "common/speak/",
        "common/speak/?from=3",
        "common/words/",
        "common/words/?from=8",
    ),
    *("common/reasons/1/", "common/write/", "polls/", "polls/{poll}/"),
)
MOST = {"common/2/": 14}  # it asks her what kind of difference it is


def test_a_crowd_asks_no_more_than_a_few_and_every_page_stays_light(as_):
    few, crowd = crowded(statements=30, networks=3), crowded()
    heavy, dear = {}, {}
    for each in PAGES:
        asked = []
        for world in (few, crowd):
            address = f"/t/{world.topic.pk}/{each.format(poll=world.poll)}"
            client = as_(world.noi)
            answer = client.get(address)
            assert answer.status_code == 200, address
            size = len(answer.content)
            access._told_at.cache_clear()
            asked.append(questions(client, address))
            if size >= BYTES and world is crowd:
                heavy[address] = size
        if asked[1] > max(asked[0], MOST.get(each, 12)) or asked[1] > MOST.get(each, 12):
            dear[each] = asked
    assert (heavy, dear) == ({}, {})


def test_what_is_left_out_of_a_page_is_a_link_away(as_):
    crowd = crowded(statements=30, networks=24)
    client, common = as_(crowd.noi), f"/t/{crowd.topic.pk}/common/"
    said_of = f"{common}{SAID_OF + 1}/"
    assert page(client, said_of).count("<blockquote") == 3
    assert "อีก 21 เหตุผล" in page(client, said_of)
    first, second = (page(client, f"{said_of}?why=agree{rest}") for rest in ("", "&from=20"))
    assert (first.count("<blockquote"), second.count("<blockquote")) == (20, 4)
    assert 'href="?why=agree&amp;from=20"' in first
    assert client.get(f"{said_of}?why=best").status_code == 404
    words = page(client, f"{common}words/")
    assert (words.count('class="the-word"'), words.count('class="other ')) == (8, 24)
    assert 'href="?from=8"' in words
    (word,) = {each.split('"')[0] for each in words.split('href="?word=')[1:2]}
    assert page(client, f"{common}words/?word={word}").count('class="other ') == 20
    assert page(client, f"{common}words/?word={word}&from=20").count('class="other ') == 4
    assert client.get(f"{common}words/?word=0&from=x").status_code == 404
    assert client.get(f"{common}words/?word=999999").status_code == 404
    speak = page(client, f"{common}speak/")
    assert (speak.count('class="own-view"'), speak.count('class="is-so"')) == (3, 6)
    slug = crowd.networks[0].slug
    assert page(client, f"{common}speak/?of={slug}").count('class="is-so"') == 5
    assert client.get(f"{common}speak/?from=90").status_code == 404
    assert client.get(f"{common}words/?from=90").status_code == 404
    assert client.get(f"{common}speak/?of=nobody").status_code == 404
