"""What browsers and caches are told of errors, cookies and sessions; of every page: test_routes.py."""

from allauth.account.models import EmailAddress
from django.test import Client

from forums.discussions.openings.actions import edit_topic
from tests.clients import signed_in
from tests.make import make_member, make_topic
from tests.security.world import PASSWORD


def test_an_error_page_is_never_kept(world):
    for path in ("/nowhere/", "/t/999999/", "/b/%00/", "/hot/?before=x"):
        response = Client().get(path)
        assert response.status_code in {400, 404}
        assert "no-store" in response.headers["Cache-Control"], path
        assert "Content-Security-Policy" in response.headers


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(world, client):
    malee = world.people["malee"]
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    client.get("/accounts/login/")
    answer = client.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    assert answer.status_code == 302
    for name in ("csrftoken", "sessionid"):
        assert client.cookies[name]["httponly"], name
        assert client.cookies[name]["samesite"] == "Lax", name


def test_signing_in_changes_the_number_of_the_session(world, client):
    malee = world.people["malee"]
    EmailAddress.objects.create(user=malee, email=malee.email, primary=True, verified=True)
    session = client.session
    session["kept"] = "from before"
    session.save()
    client.cookies["sessionid"] = before = session.session_key
    client.post("/accounts/login/", {"login": "malee", "password": PASSWORD})
    assert client.session.session_key != before
    assert client.get("/settings/").status_code == 200


def test_no_browser_remembers_the_way_from_a_title_that_was_changed(db, client):
    malee = make_member()
    topic = make_topic(malee, title="ฝนแรก")
    first = topic.get_absolute_url()
    edit_title(topic, malee, "ฝนหลงฤดู")
    moved = client.get(first)
    assert (moved.status_code, moved["Cache-Control"]) == (301, "no-cache")
    edit_title(topic, malee, "ฝนแรก")  # a browser that remembered would go in a circle now
    assert client.get(first).status_code == 200
    moved = signed_in(malee).get(moved.url)
    assert (moved.status_code, moved["Cache-Control"]) == (301, "private, no-cache")


def edit_title(topic, editor, title):
    topic.refresh_from_db()
    body = topic.posts.get(number=0).body
    edit_topic(editor=editor, topic=topic, title=title, body=body, tags=[], cover=None)
