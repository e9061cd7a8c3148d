"""What the pages of memberships read: in which order, for whom, with how many queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forums.activities.models import Activity, ActivityHost, Answer, Attendance, Open
from forums.discussions.topics.models import State, TopicNetwork
from forums.front.my_networks.lists import my_networks
from forums.groups.invitations import actions as inviting
from forums.groups.invitations import lists as invitation_lists
from forums.groups.invitations.lists import invitations
from forums.groups.invitations.models import Invitation
from forums.groups.links.models import NetworkLink
from forums.groups.memberships import actions, lists
from forums.groups.memberships.models import Membership, Role, forget_roles
from forums.groups.networks.models import Audience, Joining, Network
from forums.groups.organisations.models import NetworkOrganisation, Organisation, Representative
from tests.make import join, make_board, make_member, make_network, make_topic


def names(rows):
    return [row.name for row in rows]


def called(*given):
    return [make_member(display_name=name) for name in given]


def test_members_stand_in_dictionary_order_and_those_with_a_duty_apart(malee):
    network = make_network(coordinator=malee)
    join(network, *called("เกษม", "ขวัญ", "แก้ว", "กานดา"))
    (speaker,) = called("อรุณ")
    join(network, speaker, role=Role.SPOKESPERSON)
    page = lists.members(network.pk, {})
    assert names(page.rows) == ["กานดา", "เกษม", "แก้ว", "ขวัญ"]
    assert names(page.apart) == ["มาลี คำหล้า", "อรุณ"]


def test_pages_go_on_where_the_last_one_ended_both_ways(malee, monkeypatch):
    monkeypatch.setattr(lists, "SIZE", 3)
    network = make_network(coordinator=malee)
    join(network, *called(*"กขคงจฉช"))

    def go(cursor):
        return lists.members(network.pk, dict([cursor.split("=")]))

    first = lists.members(network.pk, {})
    second = go(first.next)
    third = go(second.next)
    assert [names(page.rows) for page in (first, second, third)] == [
        ["ก", "ข", "ค"],
        ["ง", "จ", "ฉ"],
        ["ช"],
    ]
    assert (first.previous, third.next) == ("", "")
    assert names(go(third.previous).rows) == ["ง", "จ", "ฉ"]
    back = go(go(third.previous).previous)
    assert (names(back.rows), back.previous) == (["ก", "ข", "ค"], "")


def test_people_of_one_name_are_neither_lost_nor_doubled(malee, monkeypatch):
    monkeypatch.setattr(lists, "SIZE", 2)
    network = make_network(coordinator=malee)
    join(network, *called(*["แดง"] * 5))
    seen, query = [], {}
    while True:
        page = lists.members(network.pk, query)
        seen += [row.pk for row in page.rows]
        if not page.next:
            break
        query = dict([page.next.split("=")])
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize("cursor", ["after", "before"])
@pytest.mark.parametrize("value", ["x", "-1", "9" * 40, "๑"])
def test_a_mangled_place_is_404(malee, cursor, value):
    network = make_network(coordinator=malee)
    with pytest.raises(Http404):
        lists.members(network.pk, {cursor: value})


@pytest.mark.parametrize("cursor", ["after", "before"])
def test_after_somebody_who_has_left_stands_the_first_page(malee, somchai, cursor):
    network = make_network(coordinator=malee)
    join(network, somchai)
    place = Membership.objects.get(member=somchai).pk
    actions.leave(member=somchai, network=network)
    assert lists.members(network.pk, {cursor: str(place)}).is_first


@pytest.mark.parametrize("value", ["x", "-1", "9" * 40, "๑", "1_2"])
def test_so_is_one_of_requests_and_of_invitations(malee, value):
    network = make_network(coordinator=malee)
    with pytest.raises(Http404):
        lists.waiting(network.pk, {"after": value})
    with pytest.raises(Http404):
        invitations(network.pk, {"before": value})


def test_the_place_of_another_networks_member_tells_nothing(malee):
    network, other = make_network(coordinator=malee), make_network()
    join(network, *called("กานดา"))
    pk = other.memberships.get().pk
    assert lists.members(network.pk, {"after": str(pk)}).is_first


def test_a_member_is_found_by_how_her_name_begins(malee):
    network = make_network(coordinator=malee)
    join(network, *called("สมชาย ใจดี", "สมหญิง", "ธนา สมบูรณ์"))
    found = lists.members(network.pk, {"q": " สม"})
    assert names(found.rows) == ["สมชาย ใจดี", "สมหญิง"]
    assert names(lists.members(network.pk, {"q": "มาลี"}).rows) == ["มาลี คำหล้า"]
    for nothing in ("ฮ", "%", "_", "\u200b๏"):
        assert lists.members(network.pk, {"q": nothing}).apart == () or nothing == "\u200b๏"
        assert nothing == "\u200b๏" or lists.members(network.pk, {"q": nothing}).rows == []


def test_requests_wait_the_oldest_first(malee, monkeypatch):
    monkeypatch.setattr(lists, "WAITING", 2)
    network = make_network(coordinator=malee)
    people = called("ข", "ก", "ค")
    for member in people:
        actions.ask_to_join(member=member, network=network)
    page = lists.waiting(network.pk, {})
    assert names(page.rows) == ["ข", "ก"]
    assert names(lists.waiting(network.pk, dict([page.next.split("=")])).rows) == ["ค"]


def test_invitations_say_their_state_and_who_used_them(malee, somchai):
    network = make_network(coordinator=malee)
    made = [
        inviting.make_link(coordinator=malee, network=network, days=7, uses=uses)
        for uses in (1, 2, 3, 4)
    ]
    inviting.use_invitation(member=somchai, invitation=made[0])
    inviting.revoke(coordinator=malee, invitation=made[1])
    past = timezone.now() - timedelta(days=8)
    Invitation.objects.filter(pk=made[2].pk).update(
        created_at=past, expires_at=past + timedelta(days=1)
    )
    rows = invitations(network.pk, {}).rows
    assert [row.state for row in rows] == ["open", "expired", "revoked", "used"]
    assert [user.name for user in rows[3].users] == ["สมชาย ตั้งใจดี"]


def test_an_invitation_names_a_few_of_many_and_counts_the_rest(malee, monkeypatch):
    monkeypatch.setattr(invitation_lists, "USERS", 2)
    network = make_network(coordinator=malee)
    link = inviting.make_link(coordinator=malee, network=network, days=7, uses=9)
    for member in called("ก", "ข", "ค", "ง"):
        inviting.use_invitation(member=member, invitation=link)
    (row,) = invitations(network.pk, {}).rows
    assert ([user.name for user in row.users], row.more) == (["ง", "ค"], 2)


# -- a member's networks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audience", "seen_by"),
    [
        (Audience.EVERYONE, {"visitor", "outsider", "fellow", "coordinator", "moderator"}),
        (Audience.MEMBERS, {"outsider", "fellow", "coordinator", "moderator"}),
        (Audience.NETWORK, {"fellow", "coordinator", "moderator"}),
        (Audience.COORDINATORS, {"coordinator", "moderator"}),
    ],
)
def test_her_networks_show_where_the_network_shows_its_members(
    malee, somchai, visitor, moderator, audience, seen_by
):
    network = make_network(coordinator=malee, members_shown_to=audience)
    fellow, outsider = make_member(), make_member()
    join(network, somchai, fellow)
    readers = {
        "visitor": visitor,
        "outsider": outsider,
        "fellow": fellow,
        "coordinator": malee,
        "moderator": moderator,
    }
    seen = {who for who, reader in readers.items() if lists.networks_of(somchai.pk, reader)}
    assert seen == seen_by


@pytest.mark.parametrize("column", ["hidden_at", "archived_at"])
def test_never_a_hidden_or_closed_one(malee, moderator, column):
    network = make_network(coordinator=malee, members_shown_to=Audience.EVERYONE)
    Network.objects.filter(pk=network.pk).update(**{column: timezone.now()})
    forget_roles(malee)
    for reader in (malee, moderator):
        assert lists.networks_of(malee.pk, reader) == []


def test_her_role_stands_beside_but_not_that_she_is_a_member(malee, somchai):
    network = make_network(coordinator=malee)
    join(network, somchai)
    assert [row.role for row in lists.networks_of(malee.pk, malee)] == ["ผู้ประสานงาน"]
    assert [row.role for row in lists.networks_of(somchai.pk, malee)] == [""]


# -- my networks --------------------------------------------------------------------------------


def organisation(n, member):
    return Organisation.objects.create(
        name=f"องค์กร {n}",
        slug=f"o{n}",
        name_key=f"o{n}",
        sort_key=f"o{n}",
        sector="civil",
        created_by=member,
    )


def fill(malee, n):
    """A network of Malee's for which everything waits that can."""
    network = make_network(f"เครือข่ายที่ {n}", malee)
    actions.ask_to_join(member=make_member(), network=network)
    topic = make_topic(board=make_board())
    TopicNetwork.objects.create(topic=topic, network=network, state=State.INVITED)
    theirs = make_network(f"ของเขา {n}", joining=Joining.REQUEST)
    hers = make_topic(board=make_board(network=network, open_to="everyone"))
    TopicNetwork.objects.create(topic=hers, network=theirs, state=State.ASKED)
    NetworkLink.objects.create(
        source=theirs, target=network, kind="linked", asked_by=theirs.registered_by
    )
    asked = organisation(n, malee)
    NetworkOrganisation.objects.create(
        network=network, organisation=asked, by_organisation_at=timezone.now()
    )
    Representative.objects.create(
        organisation=asked, member=malee, is_coordinator=True, confirmed_at=timezone.now()
    )
    Representative.objects.create(organisation=asked, member=make_member())
    long_ago = timezone.now() - timedelta(days=400)
    Network.objects.filter(pk=network.pk).update(confirmed_at=long_ago)
    actions.ask_to_join(member=malee, network=theirs)
    soon = timezone.now() + timedelta(days=n + 1)
    activity = Activity.objects.create(
        title=f"ประชุม {n}",
        slug="",
        starts_at=soon,
        ends_at=soon + timedelta(hours=2),
        open_to=Open.MEMBERS,
        created_by=malee,
    )
    ActivityHost.objects.create(activity=activity, network=network, confirmed_at=timezone.now())
    Attendance.objects.create(activity=activity, member=malee, answer=Answer.GOING)
    forget_roles(malee)
    return network


def test_my_networks_say_what_waits_and_where_to_answer(malee):
    network = fill(malee, 1)
    context = my_networks(malee, timezone.now())
    url = network.get_absolute_url()
    where = [line.url for line in context["waiting"]]
    assert where == [
        f"{url}requests/",
        f"{url}topics/waiting/",
        f"{url}organisations/",
        f"{url}links/",
        f"{url}manage/",
        "/o/o1/",
    ]
    assert "2" in context["waiting"][1].words  # one invites us, one asks into ours
    assert [each.name for each in context["requests"]] == ["ของเขา 1"]
    assert [each.title for each in context["activities"]] == ["ประชุม 1"]


def test_a_plain_member_is_not_asked_what_coordinators_are(malee, somchai):
    network = fill(malee, 1)
    join(network, somchai)
    context = my_networks(somchai, timezone.now())
    assert context["waiting"] == []
    assert [each.name for each in context["networks"]] == [network.name]


def test_an_invitation_to_my_confirmed_address_waits_for_me(malee, somchai):
    from allauth.account.models import EmailAddress

    network = make_network("เชิญแล้ว", malee)
    inviting.invite_by_mail(coordinator=malee, network=network, addresses=[somchai.email], days=7)
    assert my_networks(somchai, timezone.now())["invitations"] == []
    EmailAddress.objects.create(user=somchai, email=somchai.email, primary=True, verified=True)
    (invitation,) = my_networks(somchai, timezone.now())["invitations"]
    assert invitation.name == "เชิญแล้ว"


def queries(work):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        work()
    return len(captured)


def test_my_networks_cost_the_same_with_two_and_with_twelve(malee):
    def page():
        forget_roles(malee)
        my_networks(malee, timezone.now())

    for n in range(2):
        fill(malee, n)
    two = queries(page)
    for n in range(2, 12):
        fill(malee, n)
    assert queries(page) == two <= 15


@pytest.mark.parametrize("which", ["members", "waiting", "invitations"])
def test_each_list_costs_the_same_with_two_rows_and_with_forty(malee, which, settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"invitations": [(500, 60)]}
    network = make_network(coordinator=malee)

    def more(count):
        for _ in range(count):
            one = make_member()
            if which == "members":
                join(network, one)
            elif which == "waiting":
                actions.ask_to_join(member=one, network=network)
            else:
                link = inviting.make_link(coordinator=malee, network=network, days=7, uses=3)
                inviting.use_invitation(member=one, invitation=link)

    def read():
        read = invitations if which == "invitations" else getattr(lists, which)
        return read(network.pk, {})

    more(2)
    two = queries(read)
    more(38)
    assert queries(read) == two <= 2
