"""Pages of invitations: links and mails that are sent, and the page a link opens."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from forums.groups.invitations import actions as inviting
from forums.groups.invitations.models import Invitation
from forums.groups.invitations.qr import qr_code
from forums.groups.memberships import actions
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Joining, Network
from forums.notifications.actions import deliver
from forums.text.dates import day
from tests.answers import html_of
from tests.english import DATA, ENGLISH, Words
from tests.make import join, make_member, make_network
from tests.needs import needs_shared

# What the radios are called inside, and an address that is data.
HIDDEN = re.compile(
    rf"{DATA.pattern}|\b(member|spokesperson|moderator|coordinator|somchai)\b|https?://\S+"
)


def at(network, page=""):
    return f"{network.get_absolute_url()}{page}"


@pytest.fixture
def link(network, malee):
    return inviting.make_link(coordinator=malee, network=network, days=7, uses=2)


def test_a_coordinator_makes_a_link_to_copy(network, malee, as_):
    browser = as_(malee)
    answer = browser.post(at(network, "invitations/"), {"days": "30", "uses": "๕๐"})
    assert answer.status_code == 302
    made = Invitation.objects.get()
    assert made.max_uses == 50
    assert f"/join/{made.token}/" in html_of(browser.get(at(network, "invitations/")))


@pytest.mark.parametrize(
    ("days", "uses"), [("2", "1"), ("7", "0"), ("7", "501"), ("", ""), ("x", "x")]
)
def test_a_link_of_no_sensible_size_is_refused_in_the_form(network, malee, as_, days, uses):
    answer = as_(malee).post(at(network, "invitations/"), {"days": days, "uses": uses})
    assert answer.status_code == 400
    assert not Invitation.objects.exists()


def test_a_revoked_link_is_shown_no_more(network, malee, as_, link):
    browser = as_(malee)
    browser.post(at(network, f"invitations/{link.pk}/revoke/"))
    page = html_of(browser.get(at(network, "invitations/")))
    assert link.token not in page
    assert "ถอนแล้ว" in page


def test_wrong_addresses_are_named_by_line_and_nothing_is_sent(network, malee, as_):
    typed = "somjit@example.org\nไม่ใช่อีเมล\n\n a@b , c@example.org"
    answer = as_(malee).post(at(network, "invitations/mail/"), {"addresses": typed, "days": "7"})
    page = html_of(answer)
    assert answer.status_code == 400
    assert "บรรทัดที่ 2: “ไม่ใช่อีเมล”" in page
    assert "บรรทัดที่ 4: “a@b”" in page
    assert "somjit@example.org" in page
    assert not Invitation.objects.exists()


TWO = ["somchai@example.org", "nok@example.org"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("สมชาย ใจดี <somchai@example.org>; Nok@Example.ORG", TWO),
        ("สมชาย ใจดี <somchai@example.org>, Nok <nok@example.org>", TWO),
        ("สมชาย ใจดี <somchai@example.org>\r\nNok <nok@example.org>,", TWO),
        ('"ใจดี, สมชาย" <somchai@example.org>, "Nok; M." <nok@example.org>;', TWO),
        ("“ใจดี, สมชาย” <somchai@example.org>，nok@example.org。".replace("。", "."), TWO),
        ("ใจดี, ดร. สมชาย <somchai@example.org>; nok@example.org", TWO),
        ("somchai@example.org <somchai@example.org> Nok <mailto:nok@example.org>", TWO),
        ('"somchai@example.org","nok@example.org"', TWO),
        ("'somchai@example.org'\t(nok@example.org)", TWO),
        ("<somchai@example.org><nok@example.org>", TWO),
        ("somchai@example.org nok <nok@example.org>", TWO),
        ("สมชาย <somchai@example.org", TWO[:1]),
        ('"nok@old.example" <nok@example.org>', TWO[1:]),
    ],
)
def test_a_list_is_read_as_mail_programs_write_it(network, malee, as_, typed, found):
    answer = as_(malee).post(at(network, "invitations/mail/"), {"addresses": typed, "days": "7"})
    assert answer.status_code == 302
    assert [invitation.email for invitation in Invitation.objects.order_by("pk")] == found


def test_the_list_of_the_shared_file_is_read(network, malee, as_):
    typed = needs_shared("data", "cases", "invitations.txt").read_text().splitlines()[0]
    as_(malee).post(at(network, "invitations/mail/"), {"addresses": typed, "days": "7"})
    assert deliver() == 2
    assert sorted(address for sent in mail.outbox for address in sent.to) == sorted(TWO)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("nok.example.org, สมชาย <somchai@example.org>", "nok.example.org"),
        ("สมชาย <somchai@example.org>, นก", "นก"),
        ("สมชาย <>", "<>"),
        ("สมชาย <somchai>", "somchai"),
        ('"สมชาย <somchai@example.org>', "สมชาย"),
    ],
)
def test_no_part_of_a_list_is_lost_without_a_word(network, malee, as_, typed, wrong):
    answer = as_(malee).post(at(network, "invitations/mail/"), {"addresses": typed, "days": "7"})
    assert answer.status_code == 400
    assert f"บรรทัดที่ 1: “{escape(wrong)}”" in html_of(answer)
    assert not Invitation.objects.exists()


def test_up_to_twenty_addresses_go_out(network, malee, as_):
    typed = "\n".join(f"a{n}@example.org" for n in range(21))
    browser, address = as_(malee), at(network, "invitations/mail/")
    assert browser.post(address, {"addresses": typed, "days": "7"}).status_code == 400
    typed = "\n".join(f"a{n}@example.org" for n in range(20))
    assert browser.post(address, {"addresses": typed, "days": "7"}).status_code == 302
    assert deliver() == 20
    assert len(mail.outbox) == 20


def test_too_many_in_a_day_are_told_so(network, malee, as_, settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"invitations": [(1, 86400)]}
    typed = {"addresses": "a@example.org b@example.org", "days": "7"}
    answer = as_(malee).post(at(network, "invitations/mail/"), typed)
    assert answer.status_code == 429
    assert "พรุ่งนี้" in html_of(answer)


def test_the_link_shows_the_network_to_whoever_opens_it(network, malee, as_, link):
    page = html_of(as_(None).get(f"/join/{link.token}/"))
    for words in ("คนรักคลอง", network.aim, "มาลี คำหล้า", "สมาชิก 1 คน"):
        assert words in page
    came_back = quote(f"/join/{link.token}/", safe="")
    assert f"/accounts/signup/?next={came_back}" in page
    assert f"/accounts/login/?next={came_back}" in page


def test_opening_it_uses_nothing_up(as_, link, somchai):
    for reader in (None, somchai):
        as_(reader).get(f"/join/{link.token}/")
    link.refresh_from_db()
    assert link.uses == 0


def test_its_button_lets_one_in_and_twice_is_once(network, as_, link, somchai):
    browser = as_(somchai)
    for _ in range(2):
        assert browser.post(f"/join/{link.token}/").url == at(network)
    link.refresh_from_db()
    assert link.uses == 1


def test_the_address_is_kept_by_no_cache_no_search_no_other_page(as_, link):
    for token, status in ((link.token, 200), ("nothing", 404)):
        answer = as_(None).get(f"/join/{token}/")
        assert answer.status_code == status
    answer = as_(None).get(f"/join/{link.token}/")
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "strict-origin"
    assert "noindex" in answer["X-Robots-Tag"]
    assert 'content="noindex, nofollow"' in html_of(answer)


def make_bad(link, how, member):
    past = timezone.now() - timedelta(days=9)
    if how == "expired":
        Invitation.objects.update(created_at=past, expires_at=past + timedelta(days=1))
    elif how == "revoked":
        Invitation.objects.update(revoked_at=timezone.now())
    elif how == "used up":
        Invitation.objects.update(uses=2)
    elif how == "archived":
        Network.objects.update(archived_at=timezone.now())
    elif how == "in already":
        join(link.network, member)
    elif how == "hidden":
        Network.objects.update(hidden_at=timezone.now())


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("expired", 410, "หมดอายุแล้ว"),
        ("revoked", 410, "ถูกถอนแล้ว"),
        ("used up", 409, "ใช้ครบแล้ว"),
        ("archived", 410, "เก็บเข้าคลังแล้ว"),
        ("in already", 409, "เป็นสมาชิกของเครือข่ายนี้อยู่แล้ว"),
        ("hidden", 404, "ไม่มีหน้านี้"),
    ],
)
def test_a_bad_one_says_why_and_writes_nothing(as_, link, somchai, how, status, words):
    make_bad(link, how, somchai)
    before = Membership.objects.count()
    for answer in (
        as_(somchai).get(f"/join/{link.token}/"),
        as_(somchai).post(f"/join/{link.token}/"),
    ):
        assert answer.status_code == status
        if how != "hidden":
            assert words in html_of(answer)
    assert Membership.objects.count() == before
    link.refresh_from_db()
    assert link.uses == (2 if how == "used up" else 0)


# -- all of them --------------------------------------------------------------------------------


def test_no_page_says_an_english_word(asking, malee, somchai, as_, link):
    actions.ask_to_join(member=somchai, network=asking, answers=["หนองบัว"])
    used = inviting.make_link(coordinator=malee, network=asking, days=7, uses=1)
    third = make_member("ปิ่น")
    inviting.use_invitation(member=third, invitation=used)
    invited = make_network("รับเชิญ", joining=Joining.INVITATION)
    opened = make_network("เปิด", joining=Joining.OPEN)
    pages = [
        "/networks/mine/",
        at(asking, "members/"),
        at(asking, "members/?q=ฮ"),
        at(asking, "members/ปิ่น/"),
        at(asking, "members/ปิ่น/remove/"),
        at(asking, "leave/"),
        at(asking, "requests/"),
        at(asking, "invitations/"),
        at(asking, "invitations/mail/"),
        at(invited, "join/"),
        at(opened, "join/"),
        f"/join/{used.token}/",
    ]
    for address in pages:
        said = " ".join(Words(html_of(as_(malee).get(address))).said)
        assert ENGLISH.findall(HIDDEN.sub("", said)) == [], address
    for address in (at(asking, "join/"), "/networks/mine/", f"/join/{link.token}/"):
        said = " ".join(Words(html_of(as_(somchai).get(address))).said)
        assert ENGLISH.findall(HIDDEN.sub("", said)) == [], address


@pytest.mark.parametrize("page", ["members/", "requests/", "invitations/"])
def test_a_page_costs_the_same_with_two_rows_and_with_forty(network, malee, as_, page, settings):
    settings.FORUMS_PACE = settings.FORUMS_PACE | {"invitations": [(500, 60)]}
    browser = as_(malee)

    def more(count):
        for _ in range(count):
            join(network, make_member())
            actions.ask_to_join(member=make_member(), network=network)
            inviting.make_link(coordinator=malee, network=network, days=7, uses=3)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(at(network, page)).status_code == 200
        return len(captured)

    more(2)
    cost()  # what a process keeps is kept now
    two = cost()
    more(38)
    assert cost() == two <= 9


# -- the sheet --------------------------------------------------------------------------------------


def test_a_sheet_has_all_one_needs_to_come(network, malee, as_, link):
    answer = as_(malee).get(at(network, f"invitations/{link.pk}/sheet/"))
    page = html_of(answer)
    for needed in (network.name, network.aim, link.link, day(link.expires_at)):
        assert needed in page
    assert f'd="{qr_code(link.link).path}"' in page
    assert answer["Cache-Control"] == "private, no-store"
    assert link.token not in answer.wsgi_request.get_full_path()  # so no Referer and no log has it


def test_only_who_may_see_the_invitation_gets_its_sheet(
    network, malee, somchai, moderator, as_, link
):
    url = at(network, f"invitations/{link.pk}/sheet/")
    join(network, somchai)
    for who, status in ((None, 302), (somchai, 403), (moderator, 403), (malee, 200)):
        answer = as_(who).get(url)
        assert answer.status_code == status
        assert (link.token in answer.content.decode()) == (status == 200)
    other = make_network("คนรักป่า", malee)
    assert as_(malee).get(at(other, f"invitations/{link.pk}/sheet/")).status_code == 404
    assert as_(malee).post(url).status_code == 405


def test_one_that_is_over_or_was_sent_to_an_address_has_no_sheet(network, malee, as_, link):
    (mailed,) = inviting.invite_by_mail(
        coordinator=malee, network=network, addresses=["a@example.org"], days=7
    )
    assert as_(malee).get(at(network, f"invitations/{mailed.pk}/sheet/")).status_code == 404
    now = timezone.now()
    before = {"created_at": now - timedelta(days=9), "expires_at": now - timedelta(days=2)}
    over = {"uses": 2}, {"revoked_at": now}, before
    for state in over:
        made = inviting.make_link(coordinator=malee, network=network, days=7, uses=2)
        Invitation.objects.filter(pk=made.pk).update(**state)
        answer = as_(malee).get(at(network, f"invitations/{made.pk}/sheet/"), follow=True)
        assert answer.redirect_chain == [(at(network, "invitations/"), 302)]
        assert made.token not in html_of(answer)


def test_the_page_of_invitations_shows_one_code_and_is_kept_nowhere(network, malee, as_, link):
    newest = inviting.make_link(coordinator=malee, network=network, days=1, uses=1)
    answer = as_(malee).get(at(network, "invitations/"))
    page = html_of(answer)
    assert page.count('class="qr"') == 1
    assert qr_code(newest.link).path in page
    assert page.count('data-act="copy"') == 2
    assert answer["Cache-Control"] == "private, no-store"
