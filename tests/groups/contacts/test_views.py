"""Contacts and duties: added, changed, taken away by whoever looks after the network."""

import pytest

from forums.groups.contacts.actions import save_contact
from forums.groups.contacts.models import Contact, Office
from forums.groups.memberships.models import Membership, Role
from tests.make import join, make_network


@pytest.mark.parametrize(
    ("tab", "fields"),
    [
        ("edit/", {"aim": "พิมพ์มาตั้งนาน"}),
        ("contacts/", {"label": "โทร", "value": "พิมพ์มาตั้งนาน"}),
        ("structure/", {"title": "ประธาน", "holder": "พิมพ์มาตั้งนาน"}),
    ],
)
def test_who_lost_her_role_while_she_wrote_gets_her_text_back(as_, malee, somchai, tab, fields):
    network = make_network("คนรักคลอง", malee)
    join(network, somchai, role=Role.COORDINATOR)
    save_contact(
        editor=malee, network=network, label="ลับ", value="0812345678", audience="coordinators"
    )
    Membership.objects.filter(member=malee).update(role=Role.MEMBER)
    answer = as_(malee).post(network.get_absolute_url() + tab, fields)
    html = answer.content.decode()
    assert answer.status_code == 403
    assert "เฉพาะผู้ประสานงานของเครือข่ายนี้" in html
    assert f'href="{network.get_absolute_url()}members/">ดูว่าใครดูแล' in html
    assert "พิมพ์มาตั้งนาน" in html
    assert "0812345678" not in html


def test_contacts_are_added_changed_and_taken_away(as_, malee):
    network = make_network("คนรักคลอง", malee)
    client, url = as_(malee), f"{network.get_absolute_url()}contacts/"
    sent = {"label": "โทร", "value": "081 234 5678", "audience": "everyone"}
    assert client.post(url, sent).status_code == 302
    contact = Contact.objects.get()
    seen = client.get(f"{url}{contact.pk}/").context["form"]["seen"].value()
    changed = sent | {"value": "082 000 0000", "seen": seen}
    assert client.post(f"{url}{contact.pk}/", changed).status_code == 302
    stale = client.post(f"{url}{contact.pk}/", changed | {"value": "ของเก่า"})
    assert stale.status_code == 409
    assert "ของเก่า" in stale.content.decode()
    too_long = client.post(url, sent | {"value": "ก" * 5000})
    assert too_long.status_code == 400
    assert "5000" in too_long.content.decode()
    for _ in range(2):
        assert client.post(f"{url}{contact.pk}/remove/").status_code == 302
    gone = client.post(f"{url}{contact.pk}/", changed)
    assert gone.status_code == 409
    assert "082 000 0000" in gone.content.decode()
    assert not Contact.objects.exists()


def test_a_link_to_the_lists_is_shown_elsewhere_as_a_page(as_, malee, network):
    for tab in ("contacts/", "structure/"):
        html = as_(malee).get(network.get_absolute_url() + tab).content.decode()
        assert '<meta property="og:type" content="website">' in html


@pytest.mark.parametrize("typed", ["1/5/2569", "1 พ.ค. 2569", "๑/๕/๒๕๖๙", "2026-05-01"])
def test_the_days_of_a_duty_are_read_in_either_era(as_, malee, typed):
    network = make_network("คนรักคลอง", malee)
    url = f"{network.get_absolute_url()}structure/"
    sent = {"title": "เหรัญญิก", "holder": "ละเมียด", "since": typed}
    assert as_(malee).post(url, sent).status_code == 302
    assert str(Office.objects.get().since) == "2026-05-01"
    wrong = as_(malee).post(url, sent | {"until": "31/2/2569"})
    assert wrong.status_code == 400
    assert "31/2/2569" in wrong.content.decode()
