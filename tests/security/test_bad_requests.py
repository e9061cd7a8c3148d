"""Requests no page of ours makes: each gets a 4xx in Thai, and never a 500."""

import threading
import uuid
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from forums.discussions.posts.models import Post
from forums.reading.drafts.actions import keep
from tests.make import make_activity, make_member, make_network, make_topic

FORM = "application/x-www-form-urlencoded"
READING = [
    "/",
    "/new/",
    "/hot/",
    "/unanswered/",
    "/boards/",
    "/search/",
    "/tags/",
    "/moderation/log/",
]


def thai(response) -> bool:
    return '<html lang="th"' in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/b/%00/",
        "/u/%00/",
        "/tags/a%00b/",
        "/t/1/%00/",
        "/search/?q=%00",
        "/?before=%00",
        "/settings/display/?next=%00",
        "/accounts/login/?next=%00",
        "/admin/forums/topic/?q=%00",
    ],
)
def test_a_nul_byte_in_an_address_is_400(member, path):
    response = member.get(path)
    assert response.status_code == 400
    assert thai(response)


@pytest.mark.parametrize(
    "odd", ["%FF", "%C0%AF", "%ED%A0%80", "%E0%A4", "%80", "%", "%zz", "%F4%90%80%80"]
)
def test_what_is_no_utf8_finds_nothing_and_breaks_nothing(member, odd):
    for path in (f"/b/{odd}/", f"/u/{odd}/", f"/tags/{odd}/", f"/pages/{odd}/", f"/{odd}/"):
        response = member.get(path)
        assert response.status_code == 404, path
        assert thai(response)
    for path in READING:
        for name in ("q", "page", "before", "after", "topic"):
            assert member.get(f"{path}?{name}={odd}").status_code in {200, 404}, (path, name)
    for path in ("/preview/", "/settings/display/", "/start/"):
        sent = f"body={odd}&title={odd}&theme={odd}&kind={odd}"
        assert member.post(path, sent, content_type=FORM).status_code in {200, 400}, path


@pytest.mark.parametrize(
    "page",
    ["-1", "0", "1" + "0" * 30, "9" * 5000, "1e9", "%D9%A3", "%C2%B2", "1.0", "", " 1", "NaN"],
)
def test_a_page_that_cannot_be_is_404_or_the_first_one(member, malee, page):
    topic = make_topic(malee)
    for path in [*READING, topic.get_absolute_url(), topic.board.get_absolute_url()]:
        for name in ("page", "before", "after"):
            assert member.get(f"{path}?{name}={page}").status_code in {200, 404}, (path, name)
    assert member.get(f"{topic.get_absolute_url()}?page={page or 'x'}").status_code == 404
    for path in (f"/t/{page}/", f"/p/{page}/", f"/p/{page}/history/"):
        assert member.get(path).status_code == 404, path


def test_ten_megabytes_are_413_in_thai_at_every_form(member, malee):
    topic = make_topic(malee)
    body = b"body=" + b"x" * 10_000_000
    for path in (
        f"/t/{topic.pk}/reply/",
        f"/t/{topic.pk}/edit/",
        "/start/",
        "/settings/profile/",
        "/accounts/login/",
    ):
        response = member.post(path, body, content_type=FORM)
        assert response.status_code in {302, 413}, path  # 302: she is signed in already
        assert response.status_code == 302 or thai(response)
    assert Post.objects.count() == 1


def test_too_many_fields_are_400_in_thai(member, malee):
    path = f"/t/{make_topic(malee).pk}/reply/"
    fields = "&".join(f"p{n}=1" for n in range(1500))
    assert member.post(path, fields, content_type=FORM).status_code == 400
    files = {f"p{n}": "x" for n in range(500)}
    response = member.post(path, files)
    assert response.status_code == 400
    assert thai(response)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (f"{FORM}; charset=utf-16", "body=สวัสดี".encode("utf-16")),
        (f"{FORM}; charset=utf-7", b"body=+ADw-script+AD4-"),
        ("multipart/form-data", b"body=x"),
        ("multipart/form-data; boundary=", b"--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=body\r\n",
        ),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--",
        ),
        (
            "multipart/form-data; boundary=x",
            b'--x\r\nContent-Disposition: form-data; name="picture"; filename="a.png"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--",
        ),
        ("application/json", b'{"body": "x"}'),
        ("application/json", b"["),
        ("", b"body=x"),
        (FORM, b"\xff\xfe\x00=1&&&="),
    ],
)
def test_a_form_no_browser_sends_is_4xx_in_thai_and_writes_nothing(member, malee, kind, body):
    topic = make_topic(malee)
    for path in (f"/t/{topic.pk}/reply/", "/start/", "/upload/", "/preview/"):
        response = member.generic("POST", path, body, content_type=kind)
        assert 400 <= response.status_code < 500, (path, response.status_code)
        assert thai(response), path
    assert Post.objects.count() == 1


def test_an_expired_form_comes_back_with_its_text(malee):
    client = Client(enforce_csrf_checks=True)
    client.force_login(malee)
    topic = make_topic(malee)
    text = "พิมพ์อยู่ชั่วโมงหนึ่ง <b>จริง</b>"
    response = client.post(f"/t/{topic.pk}/reply/", {"body": text})
    assert response.status_code == 403
    assert "พิมพ์อยู่ชั่วโมงหนึ่ง &lt;b&gt;จริง&lt;/b&gt;" in response.text


def test_a_form_of_invisible_letters_is_refused(member, board):
    for blank in ("\u200b\u200d", "\u2066\u2069", "\ufeff", " \u00a0", "\u3164", "\U000e0041"):
        form = {"kind": "conversation", "board": board.slug, "title": blank, "body": "อ่านได้"}
        assert member.post("/start/", form).status_code == 400, ascii(blank)
        assert member.post("/start/", form | {"title": "อ่านได้", "body": blank}).status_code == 400


@pytest.mark.parametrize(
    "host",
    ["evil.example", "testserver.evil.example", "testserver@evil.example", "a b", "", "[::1"],
)
def test_a_forged_host_is_400_and_sends_no_mail(db, host, mailoutbox):
    make_member("malee", email="malee@example.org")
    client = Client(raise_request_exception=False)
    assert client.get("/", headers={"host": host}).status_code == 400
    asked = client.post(
        "/accounts/password/reset/", {"email": "malee@example.org"}, headers={"host": host}
    )
    assert asked.status_code == 400
    assert mailoutbox == []


def test_a_forged_forwarded_host_changes_no_mail(db, mailoutbox):
    make_member("malee", email="malee@example.org")
    names = (
        "X-Forwarded-Host",
        "X-Host",
        "X-Forwarded-Server",
        "X-Original-URL",
        "X-Rewrite-URL",
        "Forwarded",
    )
    headers = dict.fromkeys(names, "evil.example")
    response = Client().post(
        "/accounts/password/reset/", {"email": "malee@example.org"}, headers=headers
    )
    assert response.status_code == 302
    assert mailoutbox
    assert all("evil" not in str(message.message()) for message in mailoutbox)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["reply", "topic"])
def test_a_form_sent_twenty_times_at_once_is_one_post(what):
    malee = make_member("malee")
    topic = make_topic(make_member(is_staff=True))
    client = Client()
    client.force_login(malee)
    fields = {"body": "ส่งครั้งเดียว", "submission": str(uuid.uuid4())}
    path = f"/t/{topic.pk}/reply/"
    if what == "topic":
        path = "/start/"
        fields |= {"kind": "question", "board": topic.board.slug, "title": "ถามครั้งเดียว"}
    answers: list[tuple[int, str]] = []
    gate = threading.Barrier(20)

    def send() -> None:
        mine = Client()
        mine.cookies = client.cookies.copy()
        gate.wait()
        response = mine.generic("POST", path, urlencode(fields), content_type=FORM)
        answers.append((response.status_code, response.headers.get("Location", "")))
        connection.close()

    threads = [threading.Thread(target=send) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 20
    assert len(set(answers)) == 1, set(answers)
    assert answers[0][0] == 302
    assert Post.objects.filter(author=malee).count() == 1


@pytest.mark.parametrize(
    "path", ["/unread/read/", "/unread/back/", "/activities/{activity}/hosts/", "/t/{topic}/reply/"]
)
def test_a_nul_beside_the_texts_is_4xx_and_changes_nothing(member, malee, path):
    topic, activity = make_topic(malee), make_activity(make_network(coordinator=malee))
    draft = keep(member=malee, place="/start/", fields={"body": ["ก"]}, beginning="ก")
    odd = {"until": "1", "board": "x\0", "network": "x\0", "draft_writer": "x\0", "body": "ก"}
    address = path.format(topic=topic.pk, activity=activity.pk)
    response = member.post(address, {**odd, "draft": f"{draft.key}.9"})
    assert 400 <= response.status_code < 500, response.status_code
    assert thai(response)
    assert Post.objects.count() == 1
