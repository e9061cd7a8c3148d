"""What is hidden is not told by the answer to who wants its name: it is the one a name gets that nobody may bear."""

import pytest
from django.utils import timezone

from forums.base.limits import NOT_TO_USE
from forums.discussions.boards.models import OpenTo
from forums.groups.networks.models import Network
from forums.groups.organisations.actions import OrganisationNameTaken, edit_organisation
from forums.groups.organisations.models import Organisation
from forums.groups.profiles.actions import NetworkNameTaken, edit_network
from forums.groups.profiles.forms import EditNetworkForm
from forums.moderation.merging.actions import merge
from tests.answers import text_of
from tests.groups.organisations.make import make_organisation
from tests.make import make_network, make_network_board

pytestmark = pytest.mark.django_db
KEPT = "ทีมงานเว็บ"  # nobody's, and nobody may have it
LONG = "คนรักคลองและป่าชายเลนของชาวบ้านริมทะเลตะวันออกตั้งแต่บ้านเหนือถึงบ้านใต้"  # no address holds more
FORM = {"aim": "ดูแลคลอง", "kind": "online", "sectors": "civil", "nationwide": "1", "joining": "open",
        "colour": "khram", "emblem": "hands"}  # fmt: skip


@pytest.fixture
def hidden(malee):
    """A network that had another name before, and is hidden now."""
    network = make_network("ลับมาก", malee)
    network = edit_network(editor=malee, network=network, name="ลับแล")
    Network.objects.update(hidden_at=timezone.now())
    return network


@pytest.mark.parametrize("name", ["ลับแล", "ลับ แล", "ลับแล!", "ลับมาก"])
def test_the_name_and_the_addresses_of_a_hidden_network_answer_as_a_kept_name(
    as_, somchai, hidden, name
):
    own = make_network("คนรักคลอง", somchai)
    browser = as_(somchai)
    for form in ({}, {"network": own}):
        address = "/networks/new/" if not form else f"{own.get_absolute_url()}edit/"
        seen = EditNetworkForm.of(own)["seen"].value()
        more = FORM | {"members_shown_to": "members", "seen": seen}
        kept = browser.post(address, more | {"name": KEPT})
        answer = browser.post(address, more | {"name": name})
        assert answer.status_code == kept.status_code == 400
        assert answer.context["form"].errors["name"] == kept.context["form"].errors["name"]
        assert "ใช้ชื่อนี้ไม่ได้" in text_of(answer)
        assert hidden.get_absolute_url() not in answer.content.decode()


def test_a_name_that_is_shown_is_said_to_be_taken(somchai, malee):
    shown = make_network("ลับแล", malee)
    with pytest.raises(NetworkNameTaken) as refused:
        make_network("ลับแล", somchai)
    assert refused.value.network == shown
    assert refused.value.message != NOT_TO_USE


def test_a_network_keeps_a_name_from_before_it_was_kept(malee):
    network = make_network("คนรักคลอง", malee)
    Network.objects.update(name=KEPT)
    edit_network(editor=malee, network=network, name=KEPT, aim="อีกอย่าง")


@pytest.mark.parametrize("name", ["มูลนิธิลับ", "มูลนิธิลับ!", KEPT])
def test_nor_is_a_hidden_organisation_told_by_its_name(malee, somchai, name):
    make_organisation("มูลนิธิลับ", malee)
    Organisation.objects.update(hidden_at=timezone.now())
    with pytest.raises(OrganisationNameTaken) as refused:
        make_organisation(name, somchai)
    assert (refused.value.slug, refused.value.message) == ("", NOT_TO_USE)
    own = make_organisation("สหกรณ์ริมคลอง", somchai)
    Organisation.objects.filter(pk=own.pk).update(created_by=somchai)
    with pytest.raises(Exception) as refused:  # noqa: PT011
        edit_organisation(editor=somchai, organisation=own, name=name, sector="civil")
    assert getattr(refused.value, "slug", "") == ""


def test_nor_is_a_hidden_one_told_by_the_number_it_made_another_skip(malee, somchai):
    for make in (make_network, make_organisation):
        first = make(f"{LONG} ก", malee)
        numbered = make(f"{LONG} ข", malee)
        assert numbered.slug == f"{first.slug}-2"
        type(numbered).objects.filter(pk=numbered.pk).update(hidden_at=timezone.now())
        with pytest.raises((NetworkNameTaken, OrganisationNameTaken)) as refused:
            make(f"{LONG} ค", somchai)
        assert refused.value.message == NOT_TO_USE


def test_a_hidden_one_without_letters_of_ours_refuses_nobody_else_of_that_script(malee, somchai):
    for make in (make_network, make_organisation):
        hidden = make("ປ່າໄມ້", malee)
        type(hidden).objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
        assert make("ແມ່ນ້ຳ", somchai).slug == f"{hidden.slug}-2"


def test_a_board_of_a_network_is_not_told_by_the_address_of_another(malee, somchai):
    names = ("ห้องรวม", "ลับ แล")
    quiet, hidden = make_network("ป่าชุมชน", malee), make_network("ลับแล", malee)
    before = [make_network_board(quiet, name=name).slug for name in names]
    for name in names:
        make_network_board(hidden, OpenTo.NETWORK, name=name)
    Network.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    own = make_network("คนรักคลอง", somchai)
    made = [make_network_board(own, OpenTo.NETWORK, name=name).slug for name in names]
    assert made == [slug.replace(f"-n{quiet.pk}", f"-n{own.pk}") for slug in before]


def test_an_organisation_whose_address_has_a_number_can_be_edited_while_the_first_is_hidden(malee):
    first, other = (make_organisation(f"{LONG} {letter}", coordinator=malee) for letter in "กข")
    Organisation.objects.filter(pk=first.pk).update(hidden_at=timezone.now())
    edited = edit_organisation(
        editor=malee, organisation=other, name=other.name, sector="civil", about="ดูแลป่า"
    )
    assert edited.about == "ดูแลป่า"


def test_what_was_merged_into_a_hidden_one_does_not_lead_to_its_address(
    as_, malee, moderator, somchai
):
    one, other = make_network("คนรักคลอง", malee), make_network("ลับแล", malee)
    merge(moderator=moderator, network=one, into=other, reason="ตามกติกาข้อ 3")
    assert as_(None).get(one.get_absolute_url())["Location"] == other.get_absolute_url()
    Network.objects.filter(pk=other.pk).update(hidden_at=timezone.now())
    answer = as_(None).get(one.get_absolute_url())
    assert answer.status_code == 404
    assert "Location" not in answer
    assert as_(moderator).get(one.get_absolute_url()).status_code == 302
    own = make_network("ป่าชุมชน", somchai)
    answer = as_(somchai).post(
        f"{own.get_absolute_url()}links/", {"other": one.name, "kind": "partner"}
    )
    assert "ลับแล" not in answer.content.decode()


def test_nor_an_address_a_hidden_one_once_had(as_, moderator, hidden):
    assert as_(None).get("/n/ลับมาก/").status_code == 404
    assert as_(moderator).get("/n/ลับมาก/").status_code == 301


def test_nor_an_organisation_that_was_merged_into_one(as_, malee):
    one, other = make_organisation("สหกรณ์", malee), make_organisation("ลับ", malee)
    Organisation.objects.filter(pk=one.pk).update(merged_into=other)
    assert as_(None).get(one.get_absolute_url())["Location"] == other.get_absolute_url()
    Organisation.objects.filter(pk=other.pk).update(hidden_at=timezone.now())
    assert as_(None).get(one.get_absolute_url()).status_code == 404
