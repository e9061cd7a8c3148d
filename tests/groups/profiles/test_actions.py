"""forums.groups.profiles.actions: registering, changing, confirming a network; asking the moderators."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from forums.base.errors import BadPicture, BadText, NotAllowed, Stale, TooFast
from forums.groups.memberships.models import Membership, Role
from forums.groups.networks.models import (
    Event,
    EventKind,
    Network,
    NetworkAddress,
    TaggedNetwork,
)
from forums.groups.networks.pictures import picture_path
from forums.groups.organisations.models import NetworkOrganisation, Organisation
from forums.groups.profiles import actions
from forums.groups.profiles.versions import tags_of, version_of
from forums.groups.staff_requests.actions import ask_moderators
from forums.groups.staff_requests.models import StaffRequest, StaffRequestKind
from forums.notifications.models import Email
from tests.make import join, make_member, make_network
from tests.security.world import png
from tests.threads import in_threads

YEAR = timedelta(days=366)


def age(network, by=YEAR):
    """Let a network's page have been confirmed so long ago."""
    Network.objects.filter(pk=network.pk).update(confirmed_at=timezone.now() - by)
    network.refresh_from_db()


# -- registering --------------------------------------------------------------------------------


def test_who_registers_a_network_coordinates_it(malee):
    network = actions.register_network(
        founder=malee,
        name="อสม. ลุ่มน้ำว้า",
        aim="ดูแลกันทุกบ้าน",
        sectors=["community", "state"],
        provinces=["55"],
        questions=["  บ้านไหน ", "", "อยากช่วยเรื่องอะไร"],
        tags=["เยี่ยมบ้าน", "ผู้สูงอายุ"],
        story="เริ่มจาก **สามหมู่บ้าน**",
        since_year=2012,
    )
    network.refresh_from_db()
    assert Membership.objects.get().role == Role.COORDINATOR
    assert network.questions == ["บ้านไหน", "อยากช่วยเรื่องอะไร"]
    assert "<strong>สามหมู่บ้าน</strong>" in network.story_html
    assert tags_of(network.pk) == ["เยี่ยมบ้าน", "ผู้สูงอายุ"]
    assert network.member_count == 1
    assert Event.objects.get().what == EventKind.REGISTERED


@pytest.mark.parametrize(
    "same", ["อสม. เกาะลันตา ๑", "อสม.เกาะลันตา 1", "อสม เกาะ\u200bลันตา 1", "  อสม.  เกาะลันตา  1 "]
)
def test_a_name_is_one_networks_however_it_is_typed(malee, somchai, same):
    first = make_network("อสม. เกาะลันตา 1", malee)
    with pytest.raises(actions.NetworkNameTaken) as refused:
        make_network(same, somchai)
    assert refused.value.network == first
    assert Network.objects.count() == 1


def test_a_hidden_networks_name_is_taken_but_leads_nowhere(malee, somchai):
    hidden = make_network("ลับแล", malee)
    Network.objects.filter(pk=hidden.pk).update(hidden_at=timezone.now())
    with pytest.raises(actions.NetworkNameTaken) as refused:
        make_network("ลับแล", somchai)
    assert refused.value.network is None


def test_no_network_is_called_as_the_moderators_or_the_house(malee, moderator):
    """Its name stands beside its members' names, where a moderator's mark would."""
    for name in ("ผู้ดูแลเว็บ", "ร้อยพลัง", "คนรักคลอง ✔"):
        with pytest.raises(BadText):
            make_network(name, malee)
    network = make_network("คนรักคลอง", malee)
    with pytest.raises(BadText):
        actions.edit_network(editor=malee, network=network, name="ผู้ดูแลเว็บ")
    Network.objects.filter(pk=network.pk).update(name="ทีมร้อยพลัง")  # from before there was this rule
    assert actions.edit_network(editor=malee, network=network, name="ทีมร้อยพลัง", aim="ดูแลน้ำ")
    assert make_network("ร้อยพลัง ช่วยเหลือ", moderator)


def test_a_form_sent_twice_is_one_network(malee):
    assert make_network("คนรักป่า", malee) == make_network("คนรักป่า", malee)
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_many_times_at_once_is_one_network():
    malee = make_member("malee")
    results = in_threads(
        lambda n: actions.register_network(founder=malee, name="คนรักป่า", aim="ปลูกป่า"), range(6)
    )
    assert {result.pk for result in results} == {Network.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_two_members_with_one_name_at_once_make_one_network():
    people = [make_member() for _ in range(6)]
    results = in_threads(
        lambda who: actions.register_network(founder=who, name="คนรักป่า", aim="ปลูกป่า"), people
    )
    assert Network.objects.count() == Membership.objects.count() == 1
    assert sum(isinstance(result, actions.NetworkNameTaken) for result in results) == 5


def test_a_member_registers_three_networks_a_day(malee, moderator):
    for n in range(3):
        actions.register_network(founder=malee, name=f"เครือข่าย {n}", aim="ลอง")
    with pytest.raises(TooFast) as refused:
        actions.register_network(founder=malee, name="เครือข่ายที่สี่", aim="ลอง")
    assert "3" in str(refused.value.message)
    assert refused.value.wait > 80_000
    Network.objects.update(created_at=timezone.now() - timedelta(days=2))
    assert actions.register_network(founder=malee, name="เครือข่ายที่สี่", aim="ลอง").pk
    for n in range(4):
        actions.register_network(founder=moderator, name=f"ของผู้ดูแล {n}", aim="ลอง")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "\u200b"},
        {"name": "ก" * 81},
        {"aim": "  "},
        {"aim": "ก" * 5000},
        {"story": "ก" * 12_001},
    ],
)
def test_what_is_empty_or_too_long_is_refused(malee, wrong):
    with pytest.raises(BadText):
        actions.register_network(**{"founder": malee, "name": "คนรักป่า", "aim": "ปลูกป่า"} | wrong)
    assert not Network.objects.exists()


def test_a_question_too_long_is_refused_and_nothing_is_written(malee):
    with pytest.raises(BadText):
        actions.register_network(
            founder=malee, name="คนรักป่า", aim="ปลูกป่า", questions=["ก" * 5000], tags=["ป่า"]
        )
    assert not Network.objects.exists()


def test_a_suspended_member_registers_nothing(malee):
    malee.is_active = False
    with pytest.raises(NotAllowed):
        make_network("คนรักป่า", malee)


# -- a picture ----------------------------------------------------------------------------------


def test_a_picture_lies_in_every_size_and_goes_when_another_comes(
    malee, django_capture_on_commit_callbacks
):
    network = actions.register(founder=malee, file=png(), name="คนรักป่า", aim="ปลูกป่า")
    first = network.picture
    assert default_storage.exists(picture_path(first, 72))
    with django_capture_on_commit_callbacks(execute=True):
        network = actions.change(editor=malee, network=network, file=png())
    assert network.picture != first
    assert default_storage.exists(picture_path(network.picture, 512))
    assert not default_storage.exists(picture_path(first, 72))
    with django_capture_on_commit_callbacks(execute=True):
        network = actions.change(editor=malee, network=network, picture=None)
    assert network.picture is None


def test_what_is_no_picture_leaves_nothing_behind(malee):
    file = png()
    file.file.seek(0)
    file.file.write(b"<html>not a picture")
    with pytest.raises(BadPicture):
        actions.register(founder=malee, file=file, name="คนรักป่า", aim="ปลูกป่า")
    assert not Network.objects.exists()


def test_a_picture_of_a_refused_form_is_thrown_away(malee, monkeypatch):
    kept = []
    monkeypatch.setattr("forums.base.picture_taking.forget", kept.append)
    with pytest.raises(BadText):
        actions.register(founder=malee, file=png(), name=" ", aim="ปลูกป่า")
    assert len(kept) == 1


# -- changing -----------------------------------------------------------------------------------


def test_a_new_name_brings_a_new_address_and_the_old_one_leads_there(as_, malee):
    network = make_network("คนรักคลอง", malee)
    old = network.get_absolute_url()
    network = actions.edit_network(editor=malee, network=network, name="คนรักแม่น้ำ")
    assert network.slug == "คนรักแม่น้ำ"
    answer = as_(None).get(f"{old}topics/?before=5_1")
    assert answer.status_code == 301
    assert answer.url == f"{network.get_absolute_url()}topics/?before=5_1"
    line = Event.objects.filter(what=EventKind.EDITED).get()
    assert line.details["name"] == ["คนรักคลอง", "คนรักแม่น้ำ"]


def test_a_network_can_take_its_old_name_back_and_nobody_else_its_address(malee, somchai):
    network = make_network("คนรักคลอง", malee)
    network = actions.edit_network(editor=malee, network=network, name="คนรักแม่น้ำ")
    assert make_network("คนรักคลอง", somchai).slug == "คนรักคลอง-2"
    actions.edit_network(
        editor=somchai, network=Network.objects.get(slug="คนรักคลอง-2"), name="อย่างอื่น"
    )
    network = actions.edit_network(editor=malee, network=network, name="คนรักคลอง")
    assert network.slug == "คนรักคลอง"
    assert set(NetworkAddress.objects.filter(network=network).values_list("slug", flat=True)) == {
        "คนรักแม่น้ำ"
    }


def test_a_name_somebody_else_has_is_refused(malee, somchai):
    make_network("คนรักป่า", somchai)
    network = make_network("คนรักคลอง", malee)
    with pytest.raises(actions.NetworkNameTaken):
        actions.edit_network(editor=malee, network=network, name="คนรัก ป่า", aim="ใหม่")
    network.refresh_from_db()
    assert network.aim == "ดูแลคลองด้วยกัน"


def test_two_coordinators_at_once_do_not_overwrite_each_other(malee, somchai):
    network = make_network("คนรักคลอง", malee, tags=["น้ำ"])
    join(network, somchai, role=Role.COORDINATOR)
    seen = version_of(network, ["น้ำ"])
    actions.edit_network(editor=malee, network=network, seen=seen, tags=["น้ำ", "คลอง"])
    with pytest.raises(Stale):
        actions.edit_network(editor=somchai, network=network, seen=seen, aim="ของสมชาย")
    assert TaggedNetwork.objects.filter(network=network).count() == 2


def test_saving_without_a_change_writes_no_line(malee):
    network = make_network("คนรักคลอง", malee)
    actions.edit_network(editor=malee, network=network, name="คนรักคลอง", aim=network.aim)
    assert not Event.objects.filter(what=EventKind.EDITED).exists()


def test_only_its_coordinators_change_it_and_only_while_it_is_open(malee, somchai, moderator):
    network = make_network("คนรักคลอง", malee)
    join(network, somchai, role=Role.MODERATOR)
    for who in (somchai, moderator):
        with pytest.raises(NotAllowed):
            actions.edit_network(editor=who, network=network, aim="ใหม่")
    Network.objects.filter(pk=network.pk).update(archived_at=timezone.now())
    with pytest.raises(NotAllowed):
        actions.edit_network(editor=malee, network=network, aim="ใหม่")


def test_its_home_is_one_of_its_member_organisations(malee):
    network = make_network("คนรักคลอง", malee)
    organisation = Organisation.objects.create(
        slug="ก", name="ก", name_key="ก", sort_key="ก", sector="civil", created_by=malee
    )
    with pytest.raises(BadText):
        actions.edit_network(editor=malee, network=network, home=organisation)
    NetworkOrganisation.objects.create(
        network=network,
        organisation=organisation,
        by_network_at=timezone.now(),
        by_organisation_at=timezone.now(),
    )
    network = actions.edit_network(editor=malee, network=network, home=organisation)
    assert network.home == organisation
    assert actions.edit_network(editor=malee, network=network, home=None).home is None


# -- confirming, reminding ----------------------------------------------------------------------


def test_a_coordinator_confirms_the_page(malee, somchai):
    network = make_network("คนรักคลอง", malee)
    age(network)
    assert network.is_stale
    with pytest.raises(NotAllowed):
        actions.confirm_network(member=somchai, network=network)
    actions.confirm_network(member=malee, network=network)
    actions.confirm_network(member=malee, network=network)  # pressed twice
    network.refresh_from_db()
    assert not network.is_stale
    assert Event.objects.filter(what=EventKind.CONFIRMED).count() == 1


def test_coordinators_are_reminded_once_in_thirty_days(malee, somchai):
    network, fresh = make_network("คนรักคลอง", malee), make_network("คนรักป่า", somchai)
    join(network, somchai, role=Role.MODERATOR)
    age(network)
    now = timezone.now()
    assert actions.remind_coordinators(now=now) == 1
    assert actions.remind_coordinators(now=now) == 0
    assert actions.remind_coordinators(now=now + timedelta(days=10)) == 0
    assert actions.remind_coordinators(now=now + timedelta(days=31)) == 1
    assert {letter.member for letter in Email.objects.all()} == {malee}
    assert fresh.pk not in {letter.data["network"] for letter in Email.objects.all()}


def test_a_confirmed_page_takes_its_reminders_back(malee):
    network = make_network("คนรักคลอง", malee)
    age(network)
    actions.remind_coordinators(now=timezone.now())
    actions.confirm_network(member=malee, network=network)
    assert Email.objects.get().dropped_at


def test_archived_networks_and_suspended_coordinators_are_left_alone(malee, somchai):
    age(archived := make_network("คนรักคลอง", malee))
    age(make_network("คนรักป่า", somchai))
    Network.objects.filter(pk=archived.pk).update(archived_at=timezone.now())
    somchai.is_active = False
    somchai.save()
    assert actions.remind_coordinators(now=timezone.now()) == 0


@pytest.mark.django_db(transaction=True)
def test_two_reminders_at_once_write_one_letter():
    age(make_network("คนรักคลอง", make_member("malee")))
    now = timezone.now()
    in_threads(lambda n: actions.remind_coordinators(now=now), range(4))
    assert Email.objects.count() == 1


# -- asking the moderators ----------------------------------------------------------------------


def test_a_coordinator_asks_to_have_it_verified_once(malee):
    network = make_network("คนรักคลอง", malee)
    ask_moderators(member=malee, network=network, kind=StaffRequestKind.VERIFY, reason="มีจริง")
    with pytest.raises(NotAllowed):
        ask_moderators(member=malee, network=network, kind=StaffRequestKind.VERIFY, reason="มีจริง")
    assert StaffRequest.objects.count() == 1


def test_only_what_nobody_has_confirmed_for_a_year_can_be_taken_over(malee, somchai):
    network = make_network("คนรักคลอง", malee)
    ask = {"network": network, "kind": StaffRequestKind.TAKE_OVER, "reason": "ไม่มีใครดูแล"}
    with pytest.raises(NotAllowed):
        ask_moderators(member=somchai, **ask)
    age(network)
    with pytest.raises(NotAllowed):
        ask_moderators(member=malee, **ask)  # it is hers
    assert ask_moderators(member=somchai, **ask).member == somchai
    with pytest.raises(BadText):
        ask_moderators(member=make_member(), **ask | {"reason": " "})


def test_a_member_has_few_requests_waiting(malee, somchai):
    for n in range(6):
        age(make_network(f"เครือข่าย {n}", malee))
    *few, last = Network.objects.all()
    for network in few:
        ask_moderators(
            member=somchai, network=network, kind=StaffRequestKind.TAKE_OVER, reason="ไม่มีใครดูแล"
        )
    with pytest.raises(NotAllowed), transaction.atomic():
        ask_moderators(
            member=somchai, network=last, kind=StaffRequestKind.TAKE_OVER, reason="ไม่มีใครดูแล"
        )
