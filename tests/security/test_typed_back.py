"""Nothing typed is lost: whatever the form, and however its writer was cut off, her words come back.

The forms are found by opening every page of the URL map (routes/*.txt, which another test holds complete) as
everybody, so a new one cannot be forgotten.
"""

import html
import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.urls import resolve

from tests.clients import signed_in
from tests.security.forms_of_pages import Form, forms_of
from tests.security.test_routes import ROWS
from tests.security.world import World

# A code or a sign-in name is never said again, neither is a password (type=password in the page).
NEVER = {"login", "code"}
# This has 11000 characters; up to 200, please. Ensure this value has at most 200 characters (it has 11000).
TOLD = re.compile(r"ข้อความนี้มี \d+ ตัวอักษร ใส่ได้ไม่เกิน (\d+)|ขอไม่เกิน (\d+) ตัวอักษร \(ตอนนี้มี \d+\)")
FAR = 120_000  # letters, more than any form looks at
WHO = ["visitor", "malee", "somchai", "administrator"]


def questions(world: World) -> None:
    """The network asks who comes; one does not see such a form in a network that lets everyone in."""
    network = world.network
    network.questions = ["มาจากไหน", "ทำอะไรได้"]
    network.save(update_fields=["questions"])


def pages(world: World, who: str) -> Iterator[tuple[str, str]]:
    names = world.names()
    client = signed_in(world.people[who])
    for row in ROWS:
        if row.get[who] != 200:
            continue
        address = row.address.format(**names)
        response = client.get(address)
        if response.status_code == 200 and "text/html" in response.get("Content-Type", ""):
            yield address, response.content.decode()


def forms(world: World) -> list[tuple[str, Form]]:
    """Each form of the site once, with one who may fill it in."""
    questions(world)
    found: dict[tuple[str, tuple[str, ...]], tuple[str, Form]] = {}
    for who in WHO:
        for address, page in pages(world, who):
            for form in forms_of(page, address):
                key = (resolve(form.action.partition("?")[0]).route, tuple(sorted(form.texts)))
                found.setdefault(key, (who, form))
    return list(found.values())


def filled(form: Form) -> dict[str, str]:
    words = {name: f"คำ <{name}> ที่พิมพ์ตั้งนาน" for name in form.texts}
    return {**form.fields, **words, **dict.fromkeys(form.secrets, "ลับมาก-7")}


@pytest.fixture(scope="module")
def _found() -> list[tuple[str, Form]]:
    return []


@pytest.fixture
def site(world: World, _found: list[tuple[str, Form]]) -> list[tuple[str, Form]]:
    """Every form, looked for once for all tests: the walk takes half a minute."""
    if not _found:
        _found += forms(world)
    return _found


def cut_off(world: World, how: str, who: str, form: Form):
    """What one reads who sent `form` and was cut off in between."""
    person = {"session ended": None, "another member": "fellow"}.get(how, who)
    member = world.network.memberships.get(member__handle="fellow").member
    member = member if person == "fellow" else world.people[person] if person else None
    client = signed_in(member, enforce_csrf_checks=True)
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    token = ("a" if how == "session ended" else "b") * 32
    headers = {
        "same origin": {"Sec-Fetch-Site": "same-origin"},
        "older browser": {},
        "oldest with origin": {"Origin": "http://testserver"},
        "another member": {"Sec-Fetch-Site": "same-origin"},
        "session ended": {"Sec-Fetch-Site": "same-origin"},
        "another site": {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
        "another site, older browser": {"Origin": "https://evil.example"},
        "another site, no origin": {"Referer": "https://evil.example/"},
    }[how]
    data = {**filled(form), "csrfmiddlewaretoken": token}
    return client.post(form.action, data, headers=headers)


def test_the_walk_finds_the_forms_one_knows(site):
    known = {name for _who, form in site for name in form.texts}
    assert {"body", "title", "answer0", "about", "reason", "note", "alt", "bio", "email"} <= known
    assert len(site) > 40


@pytest.mark.parametrize(
    "how", ["session ended", "same origin", "older browser", "oldest with origin", "another member"]
)
def test_whoever_is_cut_off_gets_all_her_words_back(world, site, how):
    lost = []
    for who, form in site:
        if who == "visitor" and how == "session ended":
            continue  # had none
        response = cut_off(world, how, who, form)
        page = response.content.decode()
        assert 400 <= response.status_code < 500, (form, response.status_code)
        for name in set(form.texts) - NEVER:
            if html.escape(filled(form)[name]) not in page:
                lost.append(f"{form.action} {name}")
        assert "ลับมาก-7" not in page, form
        for name in NEVER & set(form.texts):
            assert html.escape(filled(form)[name]) not in page
    assert not lost, "\n".join(lost)


@pytest.mark.parametrize(
    "how", ["another site", "another site, older browser", "another site, no origin"]
)
def test_what_another_site_sent_is_never_shown_as_hers(world, site, how):
    for who, form in site:
        response = cut_off(world, how, who, form)
        page = response.content.decode()
        assert 400 <= response.status_code < 500, (form, response.status_code)
        assert "ที่พิมพ์ตั้งนาน" not in page, form


def told(world: World, who: str, form: Form, name: str, letters: int) -> set[int]:
    """The limits that are said to who writes so many letters there, and little beside."""
    words = {**dict.fromkeys(form.texts, "ก"), name: "ก" * letters}
    with transaction.atomic():
        answer = signed_in(world.people[who]).post(form.action, {**form.fields, **words})
        transaction.set_rollback(True)
    return {int(first or second) for first, second in TOLD.findall(answer.content.decode())}


def test_whoever_shortens_to_what_she_was_told_is_told_no_other_limit(world, site):
    wrong, looked = [], []
    for who, form in site:
        for name in form.texts:
            for limit in told(world, who, form, name, FAR):
                looked.append(f"{form.action} {name} {limit}")
                if then := told(world, who, form, name, limit) - {limit}:
                    wrong.append(f"{form.action} {name}: {limit}, then {then}")
    assert not wrong, "\n".join(wrong)
    assert len(looked) > 60, "\n".join(looked)
