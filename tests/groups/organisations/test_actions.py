"""forums.groups.organisations: registering, and who is believed to represent one."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed, Stale, TooFast
from forums.base.sent_twice import SENT_TWICE
from forums.groups.memberships.models import Membership, Role, roles_of
from forums.groups.organisations import actions, lists
from forums.groups.organisations.actions import (
    OrganisationNameTaken,
    ask_to_represent,
    take_back_representative,
)
from forums.groups.organisations.models import Organisation, Representative
from forums.groups.organisations.permissions import can_look_after
from forums.notifications.inbox.actions import spread
from forums.notifications.inbox.rows import lines_of
from forums.notifications.models import Notification
from forums.notifications.registry import text_of
from tests.groups.organisations.make import believed, letters, make_organisation, represent
from tests.make import join, make_member, make_network
from tests.passkeys import give_passkey
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


# -- Registering --------------------------------------------------------------------------------


def test_whoever_registers_an_organisation_asks_to_represent_it_and_is_not_yet_believed(malee):
    made = make_organisation("สหกรณ์ริมคลอง", malee, represents=True, title="ประธาน")
    claim = Representative.objects.get()
    assert (claim.member, claim.title, claim.confirmed_at) == (malee, "ประธาน", None)
    assert not claim.is_coordinator
    assert lists.of_member(malee.pk) == []
    assert made.get_absolute_url().startswith("/o/")


def test_a_partner_can_be_registered_without_representing_it(malee):
    make_organisation("", malee)
    assert not Representative.objects.exists()


@pytest.mark.parametrize("name", ["สหกรณ์ริมคลอง", " สหกรณ์\u200bริม คลอง ", "สหกรณ์-ริมคลอง"])
def test_a_name_is_one_organisations_however_it_is_typed(name):
    first = make_organisation("สหกรณ์ริมคลอง")
    with pytest.raises(OrganisationNameTaken) as refused:
        make_organisation(name)
    assert refused.value.slug == first.slug


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " \u200b"},
        {"name": "!!!"},
        {"name": "ก" * 121},
        {"sector": "church"},
        {"province": "99"},
        {"about": "ก" * 5000},
        {"website": "javascript:alert(1)"},
        {"website": "not a page"},
        {"title": "ก" * 81},
    ],
)
def test_wrong_facts_are_refused(malee, wrong):
    with pytest.raises(BadText):
        make_organisation(wrong.pop("name", "ชื่อดี"), malee, **wrong)
    assert not Organisation.objects.exists()


def test_a_website_may_be_typed_without_its_beginning(malee):
    assert make_organisation("", malee, website="example.org").website == "https://example.org"


def test_two_names_of_one_address_get_two_addresses():
    for end in "งจฉ":
        make_organisation("กลุ่มออมทรัพย์เพื่อการผลิต " * 4 + end)
    slugs = list(Organisation.objects.values_list("slug", flat=True))
    assert len(set(slugs)) == 3


def test_a_form_sent_twice_is_one_organisation(malee):
    first = make_organisation("มูลนิธิป่าต้นน้ำ", malee)
    assert make_organisation("มูลนิธิป่าต้นน้ำ", malee) == first
    Organisation.objects.update(created_at=timezone.now() - 2 * SENT_TWICE)
    with pytest.raises(actions.OrganisationNameTaken):
        make_organisation("มูลนิธิป่าต้นน้ำ", malee)


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_many_times_at_once_is_one_organisation():
    malee = make_member("malee")
    results = in_threads(
        lambda _n: actions.register_organisation(member=malee, name="สหกรณ์", sector="civil"),
        range(6),
    )
    assert {result.pk for result in results} == {Organisation.objects.get().pk}


def test_registering_has_a_pace(malee, settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"organisations": [(2, 60)]}
    make_organisation("", malee)
    make_organisation("", malee)
    with pytest.raises(TooFast):
        make_organisation("", malee)


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_register_one_name_at_once_one_does_and_the_others_are_told_where():
    people = [make_member() for _ in range(8)]
    results = in_threads(lambda who: make_organisation("ชมรมคนรักน้ำ", who), people)
    assert sum(isinstance(result, Organisation) for result in results) == 1
    assert sum(isinstance(result, OrganisationNameTaken) for result in results) == 7
    assert Organisation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_eight_names_of_one_address_at_once_each_gets_its_own():
    people = [make_member() for _ in range(8)]
    names = ["กลุ่มออมทรัพย์เพื่อการผลิต " * 4 + end for end in "กขคงจฉชซ"]
    work = dict(zip([p.pk for p in people], names, strict=True))
    results = in_threads(lambda who: make_organisation(work[who.pk], who), people)
    assert all(isinstance(result, Organisation) for result in results), results
    assert len({made.slug for made in results}) == 8


def test_its_coordinators_edit_it_and_its_address_stays(malee):
    made = make_organisation("ชื่อเดิม", coordinator=malee)
    edited = actions.edit_organisation(
        editor=malee, organisation=made, name="ชื่อใหม่", sector="state", website=""
    )
    assert (edited.name, edited.slug) == ("ชื่อใหม่", made.slug)
    make_organisation("มีคนใช้แล้ว")
    with pytest.raises(OrganisationNameTaken):
        actions.edit_organisation(editor=malee, organisation=made, name="มีคนใช้แล้ว", sector="state")


# -- Who is believed ----------------------------------------------------------------------------


CONFIRMERS = {
    # who: may confirm while it has no coordinator, while it has one
    "outsider": (False, False),
    "herself": (False, False),
    "moderator": (True, False),
    "network coordinator": (True, False),
    "network member": (False, False),
    "coordinator of another network": (False, False),
    "coordinator": (None, True),
    "other representative": (None, False),
}


@pytest.mark.parametrize("looked_after", [False, True])
@pytest.mark.parametrize("who", CONFIRMERS)
def test_who_may_confirm_that_somebody_represents_it(malee, network, who, looked_after):
    expected = CONFIRMERS[who][looked_after]
    if expected is None:
        return
    head = make_member()
    made = make_organisation("", coordinator=head, network=network)
    other = believed(represent(made), head)
    if not looked_after:
        Representative.objects.filter(organisation=made).delete()
    claim = represent(made)
    outsider = make_member()
    people = {
        "outsider": outsider,
        "herself": claim.member,
        "moderator": make_member(is_staff=True),
        "network coordinator": malee,
        "network member": make_member(),
        "coordinator of another network": make_network("").registered_by,
        "coordinator": head,
        "other representative": other.member,
    }
    join(network, people["network member"], role=Role.SPOKESPERSON)
    if expected:
        confirmed = actions.confirm_representative(confirmer=people[who], representative=claim)
        assert confirmed.confirmed_by == people[who]
        assert confirmed.is_coordinator == (not looked_after)
    else:
        with pytest.raises(NotAllowed):
            actions.confirm_representative(confirmer=people[who], representative=claim)
        claim.refresh_from_db()
        assert claim.confirmed_at is None


def test_a_moderators_password_alone_confirms_nobody_and_takes_nobody_out(settings, moderator):
    settings.STAFF_SECOND_FACTOR = True
    claim = represent(make_organisation())
    for act, by in (("confirm", "confirmer"), ("take_back", "member")):
        work = getattr(actions, f"{act}_representative")
        with pytest.raises(NotAllowed):
            work(**{by: moderator}, representative=claim)
        give_passkey(moderator)
        work(**{by: moderator}, representative=claim)
        Authenticator.objects.all().delete()
    assert not Representative.objects.filter(pk=claim.pk).exists()


def test_nobody_is_vouched_for_from_a_network_she_coordinates_herself(malee, somchai, network):
    made = make_organisation("", network=network)
    Representative.objects.all().delete()
    join(network, somchai, role=Role.COORDINATOR)
    claim = represent(made, somchai)
    with pytest.raises(NotAllowed):
        actions.confirm_representative(confirmer=malee, representative=claim)


def test_who_lost_her_role_while_the_page_was_open_confirms_nobody(malee, somchai, network):
    made = make_organisation("", network=network)
    Representative.objects.all().delete()
    claim = represent(made)
    join(network, somchai, role=Role.COORDINATOR)
    assert roles_of(somchai)[network.pk].coordinates  # loaded, as in her request
    Membership.objects.filter(member=somchai).delete()
    with pytest.raises(NotAllowed):
        actions.confirm_representative(confirmer=somchai, representative=claim)


def test_a_confirmed_one_is_shown_until_it_is_taken_back(malee):
    made = make_organisation("สหกรณ์ริมคลอง")
    claim = believed(represent(made, malee, title="เหรัญญิก"))
    assert lists.of_member(malee.pk) == [
        lists.OrganisationRow("สหกรณ์ริมคลอง", made.get_absolute_url(), "เหรัญญิก")
    ]
    actions.take_back_representative(member=malee, representative=claim)
    assert lists.of_member(malee.pk) == []
    with pytest.raises(Stale):
        actions.take_back_representative(member=malee, representative=claim)


def test_who_may_take_it_back(malee, network):
    head = make_member()
    made = make_organisation("", coordinator=head, network=network)
    claim = believed(represent(made), head)
    strangers = [make_member(), malee, make_network("").registered_by]
    for stranger in strangers:
        with pytest.raises(NotAllowed):
            actions.take_back_representative(member=stranger, representative=claim)
    for by in (head, claim.member, make_member(is_staff=True)):
        actions.take_back_representative(member=by, representative=claim)
        claim = believed(represent(made, claim.member), head)


def test_a_networks_coordinator_takes_back_whom_she_confirmed(malee, network):
    made = make_organisation("", network=network)
    Representative.objects.all().delete()
    claim = believed(represent(made), malee)
    assert claim.is_coordinator
    actions.take_back_representative(member=malee, representative=claim)
    assert not Representative.objects.exists()


def test_asking_again_changes_the_title_and_a_confirmed_one_cannot_ask(malee):
    made = make_organisation("")
    assert represent(made, malee) == represent(made, malee, title="เลขานุการ")
    claim = Representative.objects.get()
    assert claim.title == "เลขานุการ"
    believed(claim)
    with pytest.raises(BadText):
        represent(made, malee, title="อธิบดี")


def test_a_coordinator_lets_others_look_after_the_page_and_nobody_else_does(malee, somchai):
    made = make_organisation("", coordinator=malee)
    claim = represent(made, somchai)
    with pytest.raises(BadText):
        actions.set_coordinator(keeper=malee, representative=claim, to=True)
    believed(claim, malee)
    for other in (somchai, make_member(is_staff=True)):
        with pytest.raises(NotAllowed):
            actions.set_coordinator(keeper=other, representative=claim, to=True)
    actions.set_coordinator(keeper=malee, representative=claim, to=True)
    assert can_look_after(somchai, made)
    actions.set_coordinator(
        keeper=somchai, representative=Representative.objects.get(member=malee), to=False
    )
    assert not can_look_after(malee, made)


def test_whoever_registered_it_looks_after_it_only_while_nobody_is_confirmed(malee, somchai):
    made = make_organisation("", malee, represents=True)
    assert can_look_after(malee, made)
    believed(represent(made, somchai))
    assert not can_look_after(malee, made)


@pytest.mark.django_db(transaction=True)
def test_of_two_first_ones_confirmed_at_once_one_becomes_the_coordinator():
    made = make_organisation("")
    claims = [represent(made) for _ in range(6)]
    moderators = [make_member(is_staff=True) for _ in claims]
    results = in_threads(
        lambda pair: actions.confirm_representative(confirmer=pair[1], representative=pair[0]),
        list(zip(claims, moderators, strict=True)),
    )
    assert Representative.objects.filter(is_coordinator=True).count() == 1
    assert sum(isinstance(result, NotAllowed) for result in results) == 5


# -- Letters ------------------------------------------------------------------------------------


def test_coordinators_are_told_of_a_claim_and_she_of_its_confirmation(malee, somchai):
    made = make_organisation("", coordinator=malee)
    claim = represent(made, somchai)
    (letter,) = letters("represents")
    assert letter.member == malee
    assert "สมชาย" in text_of(letter).subject
    believed(claim, malee)
    assert text_of(letter) is None
    told = [each for each in letters("represents_confirmed") if each.member == somchai]
    assert made.name in text_of(told[0]).body
    actions.take_back_representative(member=malee, representative=claim)
    assert text_of(told[0]) is None


def test_whom_nobody_confirms_is_told_here_and_by_letter(malee, somchai, network):
    made = make_organisation("สหกรณ์ริมคลอง", coordinator=malee, network=network)
    claim = ask_to_represent(member=somchai, organisation=made)
    take_back_representative(member=malee, representative=claim)
    (letter,) = letters("represents_refused")
    assert letter.member == somchai
    assert "สหกรณ์ริมคลอง" in text_of(letter).subject
    spread()
    note = Notification.objects.get(member=somchai, kind="represents_refused")
    assert "สหกรณ์ริมคลอง" in lines_of(somchai, [note])[note.pk].text
    again = ask_to_represent(member=somchai, organisation=made)
    assert text_of(letter) is None
    take_back_representative(member=somchai, representative=again)
    assert len(letters("represents_refused")) == 1  # her own word
