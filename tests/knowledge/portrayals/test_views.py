"""The pages on which one network speaks for another, and its people say how well it fits."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.groups.networks.models import Network
from forums.knowledge.portrayals.actions import judge
from forums.knowledge.portrayals.blind import own_first
from forums.knowledge.portrayals.models import Judging, Portrayal
from forums.notifications.inbox.actions import spread
from tests.knowledge.making import member_of, network_in
from tests.knowledge.portrayals.making import OWN, SAID, judged, portrayed, two_networks
from tests.make import make_member, make_topic


@pytest.fixture
def met(db):
    return two_networks()


@pytest.fixture
def there(met):
    return f"/t/{met.topic.pk}/common/speak/"


def test_who_is_of_another_network_says_what_one_thinks(as_, met, there):
    page = as_(met.writer).get(there).text
    assert f'href="{there}for/' in page
    form = re.search(rf'href="({there}for/[^"]+)"', page)[1]
    assert OWN in as_(met.writer).get(form).text
    sent = as_(met.writer).post(form, {"body": SAID}, follow=True).text
    assert "รอคนของเขาอ่าน" in sent
    assert SAID in as_(met.writer).get(there).text
    for who in (None, met.owners[0], make_member()):
        assert SAID not in as_(who).get(there).text
    assert f'href="{there}for/' not in as_(met.owners[0]).get(there).text


def test_a_judge_is_told_of_neither_writer_nor_of_their_network(as_, met, there):
    made = portrayed(met)
    reader = met.owners[0]
    assert f"{there}{made.pk}/judge/" in as_(reader).get(there).text
    spread()
    for page in (as_(reader).get(f"{there}{made.pk}/judge/"), as_(reader).get("/notifications/")):
        for name in (met.writer, met.theirs.registered_by, met.ours.name):
            assert str(name) not in page.text.replace(str(reader), "")
    page = as_(reader).get(f"{there}{made.pk}/judge/").text
    assert (page.index(OWN) < page.index(SAID)) == own_first(made.pk, reader.pk)
    assert page.count('type="radio"') == 10


def test_what_is_chosen_goes_to_the_text_it_was_chosen_for(as_, met, there):
    made = portrayed(met)
    for reader in met.owners[:4]:
        texts = {"first": 2, "second": 5}
        as_(reader).post(f"{there}{made.pk}/judge/", texts)
        said = Judging.objects.get(member=reader)
        mine_first = not own_first(made.pk, reader.pk)
        assert (said.fits, said.own_fits) == ((2, 5) if mine_first else (5, 2))


def test_passed_it_stands_there_and_says_by_whom(as_, met, there):
    judged(met, portrayed(met), *[(4, 4)] * 5)
    page = as_(None).get(there).text
    assert SAID in page
    assert f"“{met.theirs.name}” บอกว่าตรง (5 คน)" in page


def test_the_writer_reads_the_means_and_reasons_of_five_without_names(as_, met, there):
    made = portrayed(met)
    for number, reader in enumerate(met.owners[:5]):
        why = f"ขาดเรื่องเวร {number}"
        judge(member=reader, portrayal=made, fits=2, own_fits=5, why=why)
        page = as_(met.writer).get(f"{there}{made.pk}/").text
        assert (why in page) == (number == 4)
        assert ("2.0 จาก 5" in page) == (number == 4)
    assert "ขาดเรื่องเวร 0" in page
    assert all(str(reader) not in page for reader in met.owners[:5])
    assert "ลองใหม่" in page
    for who in (None, met.owners[0], make_member()):
        assert as_(who).get(f"{there}{made.pk}/").status_code == 404


def test_what_is_missing_is_said_and_what_was_typed_comes_back(as_, met, there):
    made = portrayed(met)
    url = f"{there}{made.pk}/judge/"
    sent = as_(met.owners[0]).post(url, {"first": 3, "why": "ขาดเรื่องเวร"})
    assert sent.status_code == 400
    assert "ขาดเรื่องเวร" in sent.text
    assert "ทั้งสองข้อความ" in sent.text
    sent = as_(met.owners[0]).post(url, {"first": 9, "second": "x"})
    assert sent.status_code == 400
    form = f"{there}for/{met.theirs.slug}/"
    sent = as_(met.writer).post(form, {"body": "ก" * 201})
    assert (sent.status_code, "ก" * 201 in sent.text) == (400, True)


def test_who_may_not_judge_is_told_why_and_others_find_nothing(as_, met, there):
    made = portrayed(met)
    url = f"{there}{made.pk}/judge/"
    assert as_(member_of(met.theirs, days=2)).get(url).status_code == 403
    assert as_(met.theirs.registered_by).get(url).status_code == 403
    for who in (met.writer, make_member(), member_of(met.ours)):
        assert as_(who).get(url).status_code == 404
    judged(met, made, *[(4, 4)] * 5)
    assert as_(met.owners[5]).get(url).status_code == 409
    assert as_(met.owners[0]).get(url, follow=True).status_code == 200


def test_a_topic_nobody_speaks_in_says_what_the_page_is_for(as_):
    topic = make_topic()
    assert "พูดแทนกันได้ที่นี่" in as_(None).get(f"/t/{topic.pk}/common/speak/").text


def test_what_moderators_hid_is_gone_but_for_its_writer(as_, met, there):
    made = judged(met, portrayed(met), *[(4, 4)] * 5)
    Portrayal.objects.update(hidden_at=timezone.now())
    assert SAID not in as_(None).get(there).text
    assert as_(None).get(f"{there}{made.pk}/").status_code == 404
    assert "ผู้ดูแลซ่อนไว้" in as_(met.writer).get(f"{there}{made.pk}/").text


def test_what_became_of_it_is_told(as_, met, there):
    judged(met, portrayed(met), *[(4, 4)] * 5)
    spread()
    assert "ที่ท่านพูดแทนนั้นตรง" in as_(met.writer).get("/notifications/").text
    # Nobody is asked any more to read it.
    assert "ช่วยดูว่าตรงไหม" not in as_(met.owners[5]).get("/notifications/").text


def test_the_page_asks_the_same_of_two_networks_as_of_twelve(as_, met, there):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            as_(met.writer).get(there)
        return len(queries)

    judged(met, portrayed(met), *[(4, 4)] * 5)
    asked()
    few = asked()
    for _each in range(10):
        network_in(met.topic)
    portrayed(met, by=member_of(met.ours))
    assert asked() == few


def test_a_network_that_was_hidden_since_is_named_neither_as_writers_nor_as_theirs(as_, met, there):
    made = judged(met, portrayed(met), *[(5, 1)] * 5)
    everyone = (None, met.writer, met.owners[0], make_member())
    Network.objects.filter(pk=met.ours.pk).update(hidden_at=timezone.now())
    for who in everyone:
        for path in (there, f"{there}{made.pk}/"):
            page = as_(who).get(path).text
            assert SAID in page
            assert met.ours.name not in page
    Network.objects.filter(pk=met.theirs.pk).update(hidden_at=timezone.now())
    for who in everyone:
        assert SAID not in as_(who).get(there).text
        assert as_(who).get(f"{there}{made.pk}/").status_code == 404


def test_what_waits_for_a_network_that_was_hidden_since_is_read_by_nobody(as_, met, there):
    made = portrayed(met)
    Network.objects.filter(pk=met.theirs.pk).update(hidden_at=timezone.now())
    assert as_(met.owners[0]).get(f"{there}{made.pk}/judge/").status_code == 404
    assert met.theirs.name not in as_(met.writer).get(there).text
    assert as_(met.writer).get(f"{there}{made.pk}/").status_code == 404


def test_beside_how_a_network_sees_it_stands_what_its_people_passed_below_its_own_words(as_, met):
    beside = f"/t/{met.topic.pk}/by/others/"
    made = portrayed(met)
    assert SAID not in as_(None).get(beside).text
    judged(met, made, *[(5, 5)] * 5)
    text = as_(None).get(beside).text
    assert text.index(OWN) < text.index(SAID) < text.index("5 คน")
    assert f"/u/{met.writer.handle}/" in text or str(met.writer) in text
    assert f"/report/portrayal/{made.pk}/" not in text
    assert f"/report/portrayal/{made.pk}/" in as_(met.owners[0]).get(beside).text
    Portrayal.objects.update(hidden_at=timezone.now())
    assert SAID not in as_(None).get(beside).text
