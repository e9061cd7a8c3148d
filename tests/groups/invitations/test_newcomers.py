"""What the site writes to strangers: not for who came a moment ago, and in its own words."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.actions import save_profile
from accounts.models import Member
from forums.base.limits import LinkInName
from forums.groups.invitations.actions import MailsLater, invite_by_mail, make_link
from forums.groups.invitations.models import Invitation
from forums.groups.networks.models import Network
from forums.groups.organisations.actions import edit_organisation, register_organisation
from forums.groups.organisations.models import Organisation
from forums.groups.profiles.actions import edit_network, register_network
from forums.notifications.actions import deliver
from forums.notifications.models import Email
from tests.answers import html_of, text_of
from tests.make import make_member, make_network

LURE = "ด่วน บัญชีท่านถูกระงับ ยืนยันที่ http://evil.test/login"
FORM = {"addresses": "a@example.org\nb@example.org", "days": "7"}


def here_for(days: float, **fields) -> Member:
    return make_member(created_at=timezone.now() - timedelta(days=days), **fields)


def mailed(coordinator, network, *addresses):
    return invite_by_mail(
        coordinator=coordinator, network=network, addresses=addresses or ["a@example.org"], days=7
    )


def test_who_came_a_moment_ago_mails_nobody_and_is_led_to_the_link(db, as_):
    newcomer = here_for(0)
    network = make_network("คนรักคลอง", newcomer)
    browser, there = as_(newcomer), f"{network.get_absolute_url()}invitations/"
    for answer in (browser.post(there + "mail/", FORM), browser.get(there + "mail/")):
        assert answer.status_code == 403
        assert "สร้างลิงก์หรือ QR" in text_of(answer)
        assert f'href="{there}"' in html_of(answer)
    assert "b@example.org" in html_of(browser.post(there + "mail/", FORM))  # nothing typed is lost
    assert not Invitation.objects.exists()
    assert not Email.objects.exists()
    page = browser.get(there)
    assert "ครบ 7 วัน" in text_of(page)
    assert f'href="{there}mail/"' not in html_of(page)
    assert browser.post(there, {"days": "7", "uses": "30"}).status_code == 302
    assert "<svg" in html_of(browser.get(there))


@pytest.mark.parametrize(
    ("fields", "may"),
    [
        ({"days": 6.9}, False),
        ({"days": 7.1}, True),
        ({"days": 0, "trust_level": 1}, True),
        ({"days": 0, "is_staff": True}, True),
    ],
)
def test_days_or_the_trust_of_the_house_open_it(db, fields, may):
    coordinator = here_for(**fields)
    network = make_network("", coordinator)
    if may:
        assert len(mailed(coordinator, network)) == 1
    else:
        with pytest.raises(MailsLater):
            mailed(coordinator, network)


def test_who_is_new_here_invites_fewer_a_day(db, settings):
    settings.FORUMS_PACE = {"invitations": [(3, 86400)], "first_invitations": [(1, 86400)]}
    for days, most in ((8, 1), (31, 3)):
        coordinator = here_for(days)
        network = make_network("", coordinator)
        for _n in range(most):
            make_link(coordinator=coordinator, network=network, days=7, uses=1)
        with pytest.raises(Exception, match="พรุ่งนี้"):
            mailed(coordinator, network)


def test_a_letter_to_a_stranger_says_two_names_and_else_what_we_say(malee):
    network = make_network("คนรักคลอง", malee, aim="ดูของดีที่ http://evil.test/aim")
    mailed(malee, network)
    deliver()
    letter = mail.outbox[0]
    assert "คนรักคลอง" not in letter.subject
    assert "มาลี คำหล้า" in letter.subject
    assert "evil" not in letter.body
    ours = Invitation.objects.get().link
    assert set(re.findall(r"https?://\S+", letter.body)) == {ours, ours.split("/join/")[0]}


def test_names_from_before_carry_no_link_into_a_letter(malee):
    network = make_network("คนรักคลอง", malee)
    Network.objects.update(name=LURE)
    Member.objects.filter(pk=malee.pk).update(display_name="www.evil.test")
    mailed(malee, network)
    deliver()
    assert "evil" not in mail.outbox[0].subject + mail.outbox[0].body


def test_a_network_has_no_link_in_its_name_but_one_from_before_stays(malee, as_):
    with pytest.raises(LinkInName):
        register_network(founder=malee, name=LURE, aim="ก")
    network = make_network("คนรักคลอง", malee)
    with pytest.raises(LinkInName):
        edit_network(editor=malee, network=network, name="evil.com")
    Network.objects.update(name=LURE)
    edit_network(editor=malee, network=network, name=LURE, aim="อีกอย่าง")
    form = {"name": "คลอง evil.com", "aim": "ดูแลคลอง", "kind": "online", "sectors": "civil",
            "nationwide": "1", "joining": "open", "colour": "khram", "emblem": "hands"}  # fmt: skip
    answer = as_(malee).post("/networks/new/", form)
    assert answer.status_code == 400
    assert "คลอง evil.com" in html_of(answer)
    assert "เว้นวรรค" in text_of(answer)


def test_an_organisation_neither(malee):
    facts = {"sector": "civil"}
    with pytest.raises(LinkInName):
        register_organisation(member=malee, name="มูลนิธิ evil.com", **facts)
    organisation = register_organisation(member=malee, name="มูลนิธิป่า", **facts)
    with pytest.raises(LinkInName):
        edit_organisation(editor=malee, organisation=organisation, name="evil.com", **facts)
    Organisation.objects.update(name="evil.com")
    edit_organisation(editor=malee, organisation=organisation, name="evil.com", about="x", **facts)


def test_nor_a_member(malee, as_):
    answer = as_(malee).post("/settings/profile/", {"display_name": "กด bit.ly/x"})
    assert answer.status_code == 400
    assert "เว้นวรรค" in text_of(answer)
    Member.objects.filter(pk=malee.pk).update(display_name="evil.com")
    malee.refresh_from_db()
    save_profile(member=malee, display_name="evil.com", bio="", province="", links=[])


def test_nor_a_handle(db, client):
    form = {"email": "a@example.org", "username": "evil.com", "password1": "คลองของเรา-สะอาด",
            "age": "on", "consent": "on"}  # fmt: skip
    answer = client.post("/accounts/signup/", form)
    assert "ที่อยู่เว็บ" in text_of(answer)
    assert not Member.objects.exists()
