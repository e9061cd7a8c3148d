"""Pages of rosters: bring a file, look, send, watch; for coordinators alone."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forums.groups.invitations.models import Invitation
from forums.groups.memberships.models import Role
from forums.groups.rosters.models import Roster
from forums.notifications.actions import deliver
from forums.notifications.models import Email
from tests.make import join, make_network


@pytest.fixture
def network(malee):
    return make_network("คนรักคลอง", malee)


def here(network) -> str:
    return f"{network.get_absolute_url()}invitations/list/"


SHEET = "ชื่อ,อีเมล\nนก,nok@example.org\nป้อม,ป้อม@\nสมชาย,somchai@example.org\n"


def file(text: str = SHEET, encoding: str = "cp874") -> SimpleUploadedFile:
    return SimpleUploadedFile("อสม.csv", text.encode(encoding), "text/csv")


def test_a_file_is_brought_looked_at_sent_and_watched(as_, malee, network):
    client = as_(malee)
    assert here(network) in client.get(f"{network.get_absolute_url()}invitations/").text
    shown = client.post(here(network), {"file": file(), "days": "30"}, follow=True)
    assert "nok@example.org" in shown.text
    assert "บรรทัดที่ 3" in shown.text
    assert "ป้อม@" in shown.text
    assert not Email.objects.exists()
    page = f"{here(network)}{Roster.objects.get().pk}/"
    sent = client.post(page, {"send": "1"}, follow=True)
    assert "ส่งแล้ว" in sent.text or "รอส่ง" in sent.text
    assert "nok@example.org" not in sent.text
    assert client.post(page, {"send": "1"}).status_code == 302
    assert deliver() == Invitation.objects.count() == 2
    assert "อสม.csv" in client.get(here(network)).text


def test_the_lines_to_mend_come_as_a_file_no_spreadsheet_runs(as_, malee, network):
    client = as_(malee)
    text = 'อีเมล\nnok@example.org\n"=HYPERLINK(""http://x"")"\n'
    client.post(here(network), {"file": file(text), "days": "30"})
    answer = client.get(f"{here(network)}{Roster.objects.get().pk}/faults.csv")
    assert answer["Content-Type"].startswith("text/csv")
    assert "no-store" in answer["Cache-Control"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert (
        "\r\n3,\"'=HYPERLINK" in answer.content.decode()
        or ",'=HYPERLINK" in answer.content.decode()
    )


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 302),
        (b"\0\0\0", 400),
        (b"PK\x03\x04....", 400),
        (b"," * 1_500_000, 413),
        (b"a@b.org\n" * 9_000, 413),
    ],
    ids=["empty", "nuls", "workbook", "commas", "9,000 lines"],
)
def test_what_cannot_be_read_is_said_in_words(as_, malee, network, data, status):
    upload = SimpleUploadedFile("a.csv", data, "text/csv")
    answer = as_(malee).post(here(network), {"file": upload, "days": "30"})
    assert answer.status_code == status
    if status != 302:
        assert 'role="alert"' in answer.text
        assert not Roster.objects.exists()


def test_without_a_file_it_asks_for_one(as_, malee, network):
    answer = as_(malee).post(here(network), {"days": "30"})
    assert answer.status_code == 400
    assert "เลือกไฟล์" in answer.text


def test_a_file_of_nobody_offers_only_to_throw_it_away(as_, malee, network):
    client = as_(malee)
    shown = client.post(here(network), {"file": file("อีเมล\nก\n"), "days": "30"}, follow=True)
    assert 'name="send"' not in shown.text
    answer = client.post(f"{here(network)}{Roster.objects.get().pk}/", {"discard": "1"})
    assert answer.status_code == 302
    assert not Roster.objects.exists()


def test_what_goes_when_is_said_before_and_after(as_, malee, network):
    client = as_(malee)
    text = "\n".join(f"p{n}@example.org" for n in range(150))
    shown = client.post(here(network), {"file": file(text), "days": "30"}, follow=True)
    assert "100 ฉบับ" in shown.text
    assert "50 ฉบับ" in shown.text
    page = f"{here(network)}{Roster.objects.get().pk}/"
    sent = client.post(page, {"send": "1"}, follow=True)
    assert 'name="stop"' in sent.text
    stopped = client.post(page, {"stop": "1"}, follow=True)
    assert 'name="stop"' not in stopped.text
    assert "100" in stopped.text  # they are on their way
    deliver()
    assert Email.objects.exclude(sent_at=None).count() == 100


def test_more_than_goes_out_in_a_week_is_refused_and_the_file_stays(as_, malee, network, settings):
    settings.FORUMS_PACE = {**settings.FORUMS_PACE, "invitations": [(5, 24 * 60 * 60)]}
    client = as_(malee)
    text = "\n".join(f"p{n}@example.org" for n in range(50))
    shown = client.post(here(network), {"file": file(text), "days": "30"}, follow=True)
    assert 'name="send"' not in shown.text
    assert "33" in shown.text
    answer = client.post(f"{here(network)}{Roster.objects.get().pk}/", {"send": "1"})
    assert answer.status_code == 409
    assert not Invitation.objects.exists()


def test_nobody_else_sees_the_addresses(as_, malee, somchai, network):
    as_(malee).post(here(network), {"file": file(), "days": "30"})
    page = f"{here(network)}{Roster.objects.get().pk}/"
    addresses = (here(network), page, f"{page}faults.csv")
    for path in addresses:
        assert as_(None).get(path).status_code == 302
        assert as_(somchai).get(path).status_code == 403
    join(network, somchai, role=Role.SPOKESPERSON)
    for path in addresses:
        assert as_(somchai).get(path).status_code == 403
    other = make_network("อื่น", somchai)
    assert as_(somchai).get(page.replace(here(network), here(other))).status_code == 404


def test_another_coordinator_sees_it_once_it_was_sent(as_, malee, somchai, network):
    join(network, somchai, role=Role.COORDINATOR)
    as_(malee).post(here(network), {"file": file(), "days": "30"})
    page = f"{here(network)}{Roster.objects.get().pk}/"
    assert as_(somchai).get(page).status_code == 404
    as_(malee).post(page, {"send": "1"})
    assert as_(somchai).get(page).status_code == 200
