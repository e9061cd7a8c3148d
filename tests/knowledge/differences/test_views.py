"""The page that asks what kind of difference it is."""

import pytest

from forums.knowledge.differences.models import DifferenceAnswer, DifferenceKind
from forums.knowledge.opinions.tallies import Finding
from tests.answers import html_of, page, questions
from tests.knowledge.differences.dispute import Dispute
from tests.make import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def dispute():
    return Dispute()


@pytest.fixture
def address(dispute):
    return f"/t/{dispute.topic.pk}/common/different/{dispute.statement.number}/"


def test_it_is_asked_by_a_plain_form_and_shows_what_she_said(as_, dispute, address):
    malee = as_(dispute.voter(dispute.forest))
    assert "ต่างกันเรื่องอะไร" in page(malee, address)
    assert malee.post(address, {"kind": "exper"}).status_code == 302
    text = page(malee, address)
    assert 'value="exper" id="kind-1-exper" required checked' in " ".join(text.split())
    assert "ยังขาดคำตอบจากเครือข่ายละห้าคน" in text


def test_without_a_choice_it_says_so(as_, dispute, address):
    malee = as_(dispute.voter(dispute.forest))
    answer = malee.post(address)
    assert answer.status_code == 400
    assert "เลือกหนึ่งในสี่ข้อ แล้วส่งอีกครั้ง" in html_of(answer)
    assert malee.post(address, {"kind": "nothing"}).status_code == 400
    assert not DifferenceAnswer.objects.exists()


def test_who_is_on_neither_side_reads_what_both_say_and_says_nothing(as_, dispute, address):
    dispute.say(dispute.forest, *[DifferenceKind.EXPERIENCE] * 5)
    dispute.say(dispute.town, *[DifferenceKind.EXPERIENCE] * 5)
    other = as_(dispute.voter(dispute.between))
    text = page(other, address)
    assert "ต่างกันเรื่องประสบการณ์ (สองฝ่ายบอกตรงกัน)" in text
    assert "<fieldset" not in text
    assert other.post(address, {"kind": "facts"}).status_code == 403


def test_before_five_answers_of_ones_own_it_is_shut_for_every_statement_alike(
    as_, dispute, address
):
    new = as_(make_member())
    assert new.get(address).status_code == 403
    other = f"/t/{dispute.topic.pk}/common/different/2/"
    assert new.get(other).status_code == 403
    assert new.post(address, {"kind": "facts"}).status_code == 403


def test_where_networks_do_not_differ_there_is_no_such_page(as_, dispute, address):
    malee = as_(dispute.voter(dispute.forest))
    assert malee.get(f"/t/{dispute.topic.pk}/common/different/2/").status_code == 404
    assert malee.get(f"/t/{dispute.topic.pk}/common/different/99/").status_code == 404
    dispute.publish(Finding.SHARED)
    assert malee.get(address).status_code == 404


def test_what_the_words_mean_is_a_step_away_for_who_says_it_is_about_words(as_, dispute, address):
    malee = as_(dispute.voter(dispute.forest))
    assert "common/words/" not in page(malee, address)
    malee.post(address, {"kind": "words"})
    assert f"/t/{dispute.topic.pk}/common/words/" in page(malee, address)


def test_it_costs_the_same_however_many_have_answered(as_, dispute, address):
    malee = as_(dispute.voter(dispute.forest))
    page(malee, address)
    few = questions(malee, address)
    dispute.say(dispute.forest, *[DifferenceKind.FACTS] * 6)
    dispute.say(dispute.town, *[DifferenceKind.VALUES] * 6)
    assert questions(malee, address) == few
