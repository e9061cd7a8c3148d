"""Organisations are hidden, renamed and merged, each with its way back; what their own may do stays theirs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from forums.base.errors import BadText, NotAllowed
from forums.groups.affiliations.actions import Side, agree
from forums.groups.memberships.models import Role
from forums.groups.networks.models import Network
from forums.groups.organisations.actions import OrganisationNameTaken, edit_organisation
from forums.groups.organisations.lists import directory, of_member
from forums.groups.organisations.models import NetworkOrganisation, Organisation, Representative
from forums.groups.profiles.maintenance import repair_networks
from forums.moderation.models import Act, Decision
from forums.moderation.moved.models import UNDO_FOR
from forums.moderation.organisations.actions import hide, merge, rename, unhide, unmerge
from forums.search.results.boxes import boxes
from tests.groups.organisations.make import believed, enter, make_organisation, represent
from tests.make import join, make_member, make_network
from tests.threads import in_threads

WHY = "ลงทะเบียนซ้ำกัน"
DESK = "/admin/forums/organisation/"


@pytest.fixture
def fund(malee, network) -> Organisation:
    """Malee looks after it; it is in her network, whose home it is."""
    fund = make_organisation("กองทุนรักษ์คลอง", coordinator=malee, network=network)
    Network.objects.filter(pk=network.pk).update(home=fund)
    return fund


def test_a_hidden_one_is_seen_nowhere_but_by_moderators_and_its_own(
    fund, network, moderator, malee, somchai, as_
):
    decision = hide(moderator=moderator, organisation=fund, reason=WHY)
    assert (decision.act, decision.organisation, decision.reason) == (Act.HIDE, fund, WHY)
    assert hide(moderator=moderator, organisation=fund, reason=WHY) is None
    url = fund.get_absolute_url()
    seen = {who: as_(who).get(url).status_code for who in (None, somchai, malee, moderator)}
    assert seen == {None: 404, somchai: 404, malee: 200, moderator: 200}
    for page in ("/organisations/", network.get_absolute_url(), "/sitemap-organisations.xml"):
        assert fund.name not in as_(None).get(page, follow=True).content.decode(), page
    assert boxes(fund.name, member=malee).organisations == []
    assert of_member(malee.pk) == []
    network.refresh_from_db()
    assert network.organisation_count == 0
    assert repair_networks(after=0, size=10).networks == []
    # Her rights stay: she mends what it was hidden for.
    edit_organisation(editor=malee, organisation=fund, name="กองทุนคลอง", sector="civil")
    with pytest.raises(NotAllowed):
        agree(member=malee, network=make_network("อื่น"), organisation=fund, side=Side.ORGANISATION)

    unhide(moderator=moderator, organisation=fund, reason="แก้แล้ว")
    assert as_(None).get(url).status_code == 200
    network.refresh_from_db()
    assert network.organisation_count == 1


def test_renaming_keeps_its_address_and_stands_in_both_logs(fund, moderator, as_):
    decision = rename(moderator=moderator, organisation=fund, name="กองทุนคลองใส", reason=WHY)
    assert decision.details == {"from": "กองทุนรักษ์คลอง", "to": "กองทุนคลองใส"}
    assert "กองทุนคลองใส" in as_(None).get(fund.get_absolute_url()).content.decode()
    assert [row.name for row in directory({"q": "คลองใส"}).rows] == ["กองทุนคลองใส"]
    log = as_(None).get(f"/moderation/log/?organisation={fund.pk}").content.decode()
    assert "กองทุนคลองใส" in log
    assert WHY in log
    assert WHY in as_(moderator).get(f"{DESK}{fund.pk}/change/").content.decode()
    assert WHY in as_(moderator).get("/admin/forums/decision/").content.decode()
    make_organisation("มีอยู่แล้ว")
    with pytest.raises(OrganisationNameTaken):
        rename(moderator=moderator, organisation=fund, name="มีอยู่แล้ว", reason=WHY)


def everything() -> list[set[tuple]]:
    return [
        set(Representative.objects.values_list()),
        set(NetworkOrganisation.objects.values_list()),
        set(Network.objects.values_list("pk", "home", "organisation_count")),
        set(Organisation.objects.values_list("pk", "merged_into", "hidden_at")),
    ]


def test_merged_two_are_one_and_undone_they_are_two(fund, network, moderator, malee, somchai, as_):
    twin = make_organisation("กองทุนคลองของเรา", coordinator=somchai, network=make_network("ป่า"))
    enter(network, twin, somchai)
    believed(represent(twin, malee), somchai)
    represent(fund, make_member("waits"))
    before = everything()

    decision = merge(moderator=moderator, organisation=fund, into=twin, reason=WHY)
    assert decision.details == {"into": twin.pk}
    answer = as_(None).get(fund.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, twin.get_absolute_url())
    assert [row.name for row in directory({}).rows] == [twin.name]
    network.refresh_from_db()
    assert (network.home, network.organisation_count) == (twin, 1)
    people = dict(Representative.objects.values_list("member__handle", "is_coordinator"))
    assert people == {"malee": True, "somchai": True, "waits": False}
    assert repair_networks(after=0, size=10).networks == []
    assert merge(moderator=moderator, organisation=fund, into=twin, reason=WHY) is None

    assert unmerge(moderator=moderator, organisation=fund, reason="คนละแห่งกัน") is not None
    assert everything() == before
    assert unmerge(moderator=moderator, organisation=fund, reason="คนละแห่งกัน") is None


def test_what_cannot_be_merged_or_undone_is_refused(fund, moderator, malee):
    other = make_organisation("อีกแห่ง")
    with pytest.raises(BadText):
        merge(moderator=moderator, organisation=fund, into=fund, reason=WHY)
    with pytest.raises(NotAllowed):
        merge(moderator=malee, organisation=fund, into=other, reason=WHY)
    with pytest.raises(BadText):
        merge(moderator=moderator, organisation=fund, into=other, reason=" ")
    hide(moderator=moderator, organisation=other, reason=WHY)
    with pytest.raises(BadText):
        merge(moderator=moderator, organisation=fund, into=other, reason=WHY)
    unhide(moderator=moderator, organisation=other, reason=WHY)
    merge(moderator=moderator, organisation=fund, into=other, reason=WHY)
    with connection.cursor() as cursor:  # a week passes; decisions only grow
        cursor.execute("SET LOCAL session_replication_role = replica")
        Decision.objects.update(created_at=timezone.now() - UNDO_FOR - timedelta(hours=1))
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    with pytest.raises(BadText):
        unmerge(moderator=moderator, organisation=fund, reason=WHY)


@pytest.mark.django_db(transaction=True)
def test_two_merged_into_each_other_at_once_leave_one(moderator):
    one, two = make_organisation("แห่งหนึ่ง"), make_organisation("แห่งสอง")
    done = in_threads(
        lambda pair: merge(moderator=moderator, organisation=pair[0], into=pair[1], reason=WHY),
        [(one, two), (two, one)],
    )
    assert sum(isinstance(each, Decision) for each in done) == 1
    assert Organisation.objects.listed().count() == 1


def test_the_desk_offers_each_act_when_it_makes_sense_and_asks_again_before_a_merge(
    fund, moderator, as_
):
    browser, other = as_(moderator), make_organisation("อีกแห่ง")
    page = f"{DESK}{fund.pk}/change/"

    def act(verb: str, **fields: str) -> int:
        assert f"act/{verb}/?ids={fund.pk}" in browser.get(page).content.decode(), verb
        url = f"{DESK}act/{verb}/?ids={fund.pk}"
        assert browser.post(url, fields).status_code == 400, verb  # without a reason
        return browser.post(url, {"reason": WHY, **fields}).status_code

    assert act("hide") == 302
    assert act("unhide") == 302
    assert act("rename", name="ชื่อใหม่") == 302
    assert act("merge", into=str(other.pk)) == 200
    assert act("merge", into=str(other.pk), sure=f"{other.pk}-{fund.pk}") == 302
    assert act("unmerge") == 302
    assert Decision.objects.filter(organisation=fund).count() == 5
    assert browser.get(f"{DESK}?q=ใหม่").content.decode().count(f"{DESK}{fund.pk}/change/") >= 1


def test_members_do_not_decide(fund, malee, as_):
    for action in (hide, unhide):
        with pytest.raises(NotAllowed):
            action(moderator=malee, organisation=fund, reason=WHY)
    assert as_(malee).get(f"{DESK}act/hide/?ids={fund.pk}").status_code == 403


def test_the_desk_shows_who_waits(moderator, malee, as_):
    waiting = make_organisation("รอคนยืนยัน")
    represent(waiting, malee)
    page = as_(moderator).get("/admin/").content.decode()
    assert "/admin/queue/?kind=represents" in page
    assert waiting.name in as_(moderator).get(f"{DESK}?state=waiting").content.decode()


def test_a_coordinator_sees_in_the_header_what_waits(as_, malee, somchai, network):
    join(network, somchai, role=Role.MEMBER)
    fund = make_organisation("ขอเข้า", coordinator=make_member("head"))
    agree(
        member=fund.representatives.get(is_coordinator=True).member,
        network=network,
        organisation=fund,
        side=Side.ORGANISATION,
    )
    count = '<span class="count">1<span class="vh">'
    assert count in as_(malee).get("/").content.decode()
    assert count not in as_(somchai).get("/").content.decode()
