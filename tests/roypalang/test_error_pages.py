"""What goes wrong is said in Thai, in the site's dress, and gives the typed text back."""

import re

import pytest
from django.core.exceptions import BadRequest
from django.template import TemplateDoesNotExist
from django.test import Client, RequestFactory
from django.urls import get_resolver

from forums.base.errors import NotAllowed, TooFast
from roypalang import error_pages, given_back
from tests.make import make_topic

pytestmark = pytest.mark.django_db

TEXT = "ยาว <script>alert(1)</script> & “พิมพ์ตั้งนาน”\nสองบรรทัด"
ESCAPED = "ยาว &lt;script&gt;alert(1)&lt;/script&gt; &amp; “พิมพ์ตั้งนาน”\nสองบรรทัด"
JSON = {"Accept": "application/json"}
PART = {"X-Requested-With": "fetch"}


def in_dress(response, status: int) -> bool:
    return (
        response.status_code == status
        and '<html lang="th"' in response.text
        and 'class="site-head"' in response.text
        and "no-store" in response["Cache-Control"]
    )


@pytest.fixture
def strict(malee) -> Client:
    """Malee's browser, the CSRF check switched on."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(malee)
    return client


def main(response) -> str:
    """What stands between header and footer."""
    return response.text[response.text.index("<main") : response.text.index("</main")]


# -- each status --------------------------------------------------------------------------------


def test_a_missing_page_is_a_404_in_dress(as_, malee):
    for reader in (None, malee):
        response = as_(reader).get("/nowhere/")
        assert in_dress(response, 404)
        assert "ไม่พบหน้านี้" in response.text
        assert 'href="/search/"' in main(response)  # what to do next
        assert "noindex" in response.text


def test_a_404_gives_the_typed_text_back(as_, malee):
    response = as_(malee).post("/t/999999/reply/", {"body": TEXT, "password": "geheim"})
    assert in_dress(response, 404)
    assert ESCAPED in response.text
    assert "geheim" not in response.text


def test_a_visitor_who_writes_gets_a_403_with_her_text(as_):
    response = as_(None).post(f"/t/{make_topic().pk}/reply/", {"body": TEXT})
    assert in_dress(response, 403)
    assert ESCAPED in response.text


def test_only_texts_are_given_back_and_not_without_end(as_):
    fields = {"body": "ก" * 200_000, "title": "หัว", "secret": "ลับ"}
    response = as_(None).post("/nowhere/", fields)
    assert response.text.count("ก" * 1000) == given_back.MAX_GIVEN_BACK // 1000
    assert "หัว" in response.text
    assert "ลับ" not in response.text


@pytest.mark.parametrize(
    "address", ["/", "/t/1/reply/", "/preview/", "/nowhere/", "/accounts/login/"]
)
@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "latin-1", "nonsense"])
def test_a_form_in_another_charset_is_no_500(strict, address, charset):
    strict.cookies["csrftoken"] = "a" * 32
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    response = strict.generic("POST", address, "body=x".encode("utf-16"), content_type=kind)
    assert 400 <= response.status_code < 500
    assert '<html lang="th"' in response.text


def test_a_body_of_ten_megabytes_is_a_413(strict):
    for address in ("/preview/", "/t/1/reply/", "/nowhere/"):
        body = b"body=" + b"x" * 10_000_000
        kind = "application/x-www-form-urlencoded"
        response = strict.post(address, body, content_type=kind)
        assert response.status_code in {404, 413}
        assert '<html lang="th"' in response.text
    response = strict.post("/preview/", body, content_type=kind, headers=JSON)
    assert (response.status_code, list(response.json())) == (413, ["error"])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data"),
        (b"nonsense", "multipart/form-data; boundary=" + "x" * 300),
        (b"&".join(b"a%d=1" % n for n in range(2000)), "application/x-www-form-urlencoded"),
        (b"body=%ff%fe%00", "application/x-www-form-urlencoded"),
    ],
)
def test_a_broken_form_is_no_500(strict, body, kind):
    for address in ("/preview/", "/upload/", "/nowhere/"):
        response = strict.post(address, body, content_type=kind)
        assert 400 <= response.status_code < 500, address


def test_a_nul_byte_in_the_address_is_a_400_in_dress(as_):
    for address in ("/search/?q=%00", "/b/%00/"):
        assert in_dress(as_(None).get(address), 400), address


def test_no_error_page_trips_over_a_form_that_cannot_be_read(rf):
    kind = "application/x-www-form-urlencoded; charset=utf-16"
    request = rf.generic("POST", "/", b"body=x", content_type=kind)
    with pytest.raises(BadRequest):
        _ = request.POST
    assert error_pages.bad_request(request, BadRequest("utf-16")).status_code == 400
    assert error_pages.page_not_found(request).status_code == 404
    assert error_pages.permission_denied(request).status_code == 403


def test_too_many_requests_are_a_429_with_a_time(rf):
    response = error_pages.too_many_requests(rf.get("/"))
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "เร็วไป" in response.text
    assert get_resolver().resolve_error_handler(500) is error_pages.server_error
    from allauth.core.ratelimit import respond_429

    assert respond_429(rf.get("/")).status_code == 429


def test_a_refusal_says_its_words_its_status_and_the_text(rf):
    response = error_pages.refused(
        rf.post("/", {"body": TEXT, "reason": "เพราะ"}), NotAllowed("ยังไม่ได้")
    )
    assert response.status_code == 403
    assert "ยังไม่ได้" in response.text
    assert ESCAPED in response.text
    assert "เพราะ" in response.text
    response = error_pages.refused(rf.post("/", {}), TooFast(wait=7))
    assert (response.status_code, response["Retry-After"]) == (429, "7")


def test_scripts_get_json_or_one_line(rf):
    refusal = NotAllowed("ยัง <b>ไม่ได้</b>")
    answer = error_pages.refused(rf.post("/", headers=JSON), refusal)
    assert answer["Content-Type"] == "application/json"
    part = error_pages.refused(rf.post("/", headers=PART), refusal)
    assert part.text.strip() == '<p class="error" role="alert">ยัง &lt;b&gt;ไม่ได้&lt;/b&gt;</p>'


def test_the_way_back_leads_only_to_this_site(rf):
    own = error_pages.page_not_found(rf.get("/x", headers={"Referer": "http://testserver/t/1/"}))
    assert 'href="http://testserver/t/1/"' in own.text
    for elsewhere in ("https://evil.example/", "javascript:alert(1)", "//evil.example"):
        page = error_pages.page_not_found(rf.get("/x", headers={"Referer": elsewhere}))
        assert elsewhere not in page.text


# -- 500 ----------------------------------------------------------------------------------------


def test_a_500_page_needs_nothing(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = error_pages.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "ขออภัย" in response.text
    assert "css/site" in response.text
    assert "<script" not in response.text


def test_a_500_page_stands_when_templates_do_not(rf, monkeypatch):
    def broken(_name):
        raise TemplateDoesNotExist("500.html")

    monkeypatch.setattr("django.template.loader.get_template", broken)
    response = error_pages.server_error(rf.get("/"))
    assert (response.status_code, "ขออภัย" in response.text) == (500, True)


def test_a_view_that_breaks_shows_the_500_page(as_, monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("a bug")

    monkeypatch.setattr("forums.pictures.views.asked_about", broken)
    from tests.make import make_member

    client = as_(make_member())
    client.raise_request_exception = False
    response = client.post("/preview/", {"body": "ก"})
    assert response.status_code == 500
    assert "a bug" not in response.text
    assert "ขออภัย" in response.text


# -- CSRF ---------------------------------------------------------------------------------------


def stale_form(client: Client, address: str, fields: dict, *, site: str = "same-origin"):
    client.cookies["csrftoken"] = "a" * 32
    headers = {"Sec-Fetch-Site": site} if site else {}
    return client.post(address, {"csrfmiddlewaretoken": "b" * 32, **fields}, headers=headers)


def test_a_form_with_an_old_token_gives_the_text_back_and_a_button_to_send_it(strict, malee):
    topic = make_topic()
    address = f"/t/{topic.pk}/reply/"
    response = stale_form(strict, address, {"body": TEXT, "to": "", "submission": "", "send": "1"})
    assert in_dress(response, 403)
    assert ESCAPED in response.text
    assert f'method="post" action="{address}"' in response.text
    # Pressing it sends the same form, now with a token that fits.
    again = {"body": TEXT, "to": "", "submission": "", "send": "1"}
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', main(response))[1]
    sent = strict.post(address, {**again, "csrfmiddlewaretoken": token})
    assert sent.status_code == 302, main(sent)
    assert topic.posts.get(number=1).body == TEXT


@pytest.mark.parametrize("site", ["none", ""])
def test_a_form_nobody_vouches_for_can_only_be_copied(strict, site):
    response = stale_form(strict, f"/t/{make_topic().pk}/reply/", {"body": TEXT}, site=site)
    assert response.status_code == 403
    assert ESCAPED in response.text
    assert "csrfmiddlewaretoken" not in main(response)


@pytest.mark.parametrize("address", ["/t/1/reply/", "/nowhere/"])
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://testserver.evil.example"},
        {"Referer": "https://evil.example/"},
    ],
)
def test_a_strangers_form_puts_no_words_on_our_page(strict, address, headers):
    fields = {"body": "โทร 0 8123 4567", "title": "ด่วน", "csrfmiddlewaretoken": "b" * 32}
    response = strict.post(address, fields, headers=headers)
    assert response.status_code in (403, 404)
    assert "4567" not in main(response)
    assert "ด่วน" not in main(response)


def test_whose_session_ended_sends_again_after_signing_in(strict, malee):
    topic = make_topic()
    address = f"/t/{topic.pk}/reply/"
    gone = Client(enforce_csrf_checks=True)
    gone.cookies["csrftoken"] = "a" * 32
    fields = {"body": TEXT, "to": "", "csrfmiddlewaretoken": "a" * 32}
    ours = {"Sec-Fetch-Site": "same-origin"}
    response = gone.post(address, fields, headers=ours)
    assert in_dress(response, 403)
    assert "/accounts/login/?next=" in main(response)
    # She signs in beside it, which changes the token, and presses the button; then once more.
    pressed = stale_form(strict, address, {"body": TEXT, "to": ""})
    assert "มาลี คำหล้า" in main(pressed)  # in whose name it is sent: it may be another's now
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', main(pressed))[1]
    again = {"body": TEXT, "to": "", "csrfmiddlewaretoken": token}
    assert strict.post(address, again, headers=ours).status_code == 302
    assert topic.posts.get(number=1).body == TEXT


def test_a_password_is_never_given_back(strict):
    fields = {"login": "malee", "password": "geheim-1", "password1": "geheim-2"}
    response = stale_form(strict, "/accounts/login/", fields)
    assert response.status_code == 403
    assert "geheim" not in response.text
    response = stale_form(strict, "/accounts/login/", fields | {"bio": "ฉัน"})
    assert "geheim" not in response.text
    assert "ฉัน" in response.text


def test_a_form_of_very_many_fields_can_only_be_copied(strict):
    fields = {f"f{n}": "x" for n in range(given_back.MAX_FIELDS + 1)}
    response = stale_form(strict, "/preview/", fields | {"body": TEXT})
    assert ESCAPED in response.text
    assert "csrfmiddlewaretoken" not in main(response)


def test_scripts_with_an_old_token_get_json(strict):
    response = strict.post("/upload/", {}, headers=JSON)
    assert (response.status_code, list(response.json())) == (403, ["error"])


def test_no_error_page_speaks_english(rf):
    from html.parser import HTMLParser

    class Words(HTMLParser):
        said = ""

        def handle_data(self, data):
            self.said += data

    pages = [
        error_pages.bad_request(rf.get("/")),
        error_pages.permission_denied(rf.get("/")),
        error_pages.page_not_found(rf.get("/")),
        error_pages.too_many_requests(rf.get("/")),
        error_pages.server_error(rf.get("/")),
        error_pages.csrf_failure(
            rf.post("/", {"body": "ก"}, headers={"Sec-Fetch-Site": "same-origin"})
        ),
        error_pages.csrf_failure(rf.post("/", {"body": "ก"})),
    ]
    for page in pages:
        words = Words()
        words.feed(main(page))
        assert not [letter for letter in words.said if letter.isascii() and letter.isalpha()]


@pytest.fixture
def rf() -> RequestFactory:
    return RequestFactory()


# -- what is given back -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "labels"),
    [
        ({"title": "ก", "body": "ข", "board": "x", "tags": "ค"}, ["หัวข้อ", "เนื้อหา", "แท็ก"]),
        ({"title": "ก", "holder": "ข", "since": "", "seen": "x"}, ["หน้าที่", "ใคร"]),
        ({"answer0": "ก", "answer1": "ข", "seen": "x"}, ["คำถามแรก", "คำถามที่สอง"]),
        ({"bio": "ก", "display_name": "ข"}, ["เกี่ยวกับฉัน", "ชื่อที่แสดง"]),
    ],
)
def test_every_form_gives_its_texts_back_by_its_own_labels(rf, sent, labels):
    given = given_back.typed(rf.post("/", sent))
    assert [str(text.label) for text in given] == labels
    assert [text.text for text in given] == [sent[text.name] for text in given]


@pytest.mark.parametrize("name", ["password", "password1", "oldpassword", "code", "login", "seen"])
def test_no_secret_is_given_back(rf, name):
    assert given_back.typed(rf.post("/", {name: "ลับ"})) == []
