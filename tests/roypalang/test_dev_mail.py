"""/dev/mail/: the last mails, while somebody works on the site, and nowhere else."""

import pytest
from django.core.mail import EmailMultiAlternatives, mailers

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings, tmp_path):
    """Mails go into files here, and two have."""
    backend = "django.core.mail.backends.filebased.EmailBackend"
    where = {"file_path": str(tmp_path / "mail")}
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": where}}
    settings.DEBUG = True
    letters = []
    for number in (1, 2):
        letter = EmailMultiAlternatives(
            f"เรื่องที่ {number}", f"ถึงท่าน https://x.example/{number}/ <b>", to=["malee@example.org"]
        )
        letter.attach_alternative(f"<p style='color: red'>ถึง {number}</p>", "text/html")
        letters.append(letter)
    mailers["default"].send_messages(letters)
    return tmp_path / "mail"


def links(answer) -> list[str]:
    return [mail.url for mail in answer.context["mails"]]


def test_the_newest_stand_first_and_each_can_be_read(folder, client):
    answer = client.get("/dev/mail/")
    assert [mail.subject for mail in answer.context["mails"]] == ["เรื่องที่ 2", "เรื่องที่ 1"]
    assert "malee@example.org" in answer.content.decode()
    read = client.get(links(answer)[1]).content.decode()
    assert '<a href="https://x.example/1/"' in read
    assert "&lt;b&gt;" in read


def test_its_html_may_wear_styles_and_load_nothing(folder, client):
    url = links(client.get("/dev/mail/"))[0]
    answer = client.get(f"{url}html/")
    assert "<p style='color: red'>ถึง 2</p>" in answer.content.decode()
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy


def test_what_is_not_among_them_is_not_found(folder, client):
    (folder.parent / "secret").write_text("Subject: secret\n\n")
    name = links(client.get("/dev/mail/"))[0].split("/")[3]
    for address in (
        f"{name}/2/",
        f"{name}/99999999999999999999/",
        "..%2fsecret/0/",
        "x/0/",
        "x/0/html/",
    ):
        assert client.get(f"/dev/mail/{address}").status_code == 404, address


def test_where_none_was_written_the_page_says_so(folder, client):
    for file in folder.iterdir():
        file.unlink()
    assert "ยังไม่มี" in client.get("/dev/mail/").content.decode()
    folder.rmdir()
    assert client.get("/dev/mail/").status_code == 200


@pytest.mark.parametrize("why", ["production", "no debug", "mails are sent"])
def test_nothing_is_there(folder, client, settings, why):
    addresses = ["/dev/mail/", *links(client.get("/dev/mail/"))]
    addresses.append(f"{addresses[-1]}html/")
    if why == "production":
        settings.PRODUCTION = True  # whatever else is on by mistake
    elif why == "no debug":
        settings.DEBUG = False
    else:
        backend = "django.core.mail.backends.smtp.EmailBackend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1"}}}
    assert {client.get(address).status_code for address in addresses} == {404}
