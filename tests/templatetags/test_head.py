"""forums.templatetags.head: what every page bears is, by shape, what its templates print."""

import itertools
import re
from html import unescape
from types import SimpleNamespace

from django.template import Context
from django.template.loader import render_to_string
from django.utils.translation import override

from forums.templatetags.head import foot, member_head, share, ways
from tests.answers import html_of
from tests.make import make_member

ODD = "{name} <b>&\"' {csrf} %s {{ x }}"


def member(picture: str, *, staff: bool) -> SimpleNamespace:
    return SimpleNamespace(
        display_name=ODD,
        handle="malee",
        get_absolute_url="/u/malee/",
        picture_url=picture,
        is_staff=staff,
    )


def test_a_shape_prints_what_the_template_prints():
    pictures, sections = ("", "/pictures/a.webp?<"), ("", "topics", "notifications")
    counts = list(itertools.product(("", "3", "99+"), (0, 4), ("", "7")))
    everyone = itertools.product(("th", "en"), pictures, (False, True), sections, counts)
    for language, picture, staff, section, (unread, waits, messages) in everyone:
        user = member(picture, staff=staff)
        context = {
            "user": user, "unread": unread, "waits": waits, "unread_messages": messages,
            "section": section, "csrf_token": "abc",
        }  # fmt: skip
        callable_url = {
            "user": SimpleNamespace(**vars(user) | {"get_absolute_url": lambda: "/u/malee/"})
        }
        with override(language):
            printed = render_to_string("components/member_head.html", context)
            assert member_head(Context(context | callable_url)) == printed


def test_each_has_her_own(as_, malee, board):
    odd = make_member(display_name=ODD)
    hers, his = html_of(as_(odd).get("/")), html_of(as_(malee).get("/"))
    assert "{name} &lt;b&gt;&amp;&quot;&#x27; {csrf} %s {{ x }}" in hers
    assert malee.display_name in his
    assert malee.display_name not in hers
    assert "{name}" not in his
    assert 'name="csrfmiddlewaretoken" value="{csrf}"' not in hers


def asked(path: str, name: str | None = None) -> SimpleNamespace:
    match = None if name is None else SimpleNamespace(url_name=name)
    return SimpleNamespace(path=path, resolver_match=match)


def test_the_ways_say_where_one_is():
    for name, section, here in (
        ("home", "", 'href="/" aria-current="page"'),
        ("topic", "", 'href="/" aria-current="true"'),
        ("network", "networks", 'href="/networks/" aria-current="true"'),
        ("networks", "networks", 'href="/networks/" aria-current="page"'),
    ):
        for _twice in range(2):
            html = ways(Context({"request": asked("/", name), "section": section}))
            assert here in html
            assert html.count("aria-current") == 1
    assert "aria-current" not in ways(Context({"request": asked("/nowhere/")}))
    assert "aria-current" not in ways(Context({}))
    assert "data-seek" not in ways(Context({"request": asked("/search/", "search")}))


def test_the_foot_has_what_is_set_up_and_leads_back():
    pages = [{"name": ODD, "url": "/pages/{here}/"}]
    for path, back in (("/t/1/ป่า&<b>/", "/t/1/%E0%B8%9B%E0%B9%88%E0%B8%B2%26%3Cb%3E/"), ("/", "/")):
        html = foot(Context({"request": asked(path), "site_pages": pages, "site_links": []}))
        assert f'href="/settings/display/?next={back}"' in html
        assert "{name} &lt;b&gt;&amp;&quot;&#x27; {csrf} %s {{ x }}" in html
        assert 'href="/pages/{here}/"' in html
    assert ODD[:6] not in foot(Context({}))


def metas(html: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html)
    return {name: unescape(value) for name, value in found}


def test_what_a_link_shows_elsewhere_is_of_its_page_alone(settings):
    settings.SITE_URL = "https://a.example"
    shared = metas(share(Context({"title": ODD, "path": "/t/1/", "drawn": "/drawn/1.png"})))
    assert shared["og:title"] == shared["description"] == shared["og:image:alt"] == ODD
    assert shared["og:url"] == "https://a.example/t/1/"
    assert shared["og:image"] == "https://a.example/drawn/1.png"
    assert shared["og:type"] == "website"
    assert shared["twitter:card"] == "summary_large_image"
    plain = metas(share(Context({"title": "a", "path": "/"}), text="ป่า", kind="profile"))
    assert (plain["og:title"], plain["description"], plain["og:type"]) == ("a", "ป่า", "profile")
    assert "icon-512" in plain["og:image"]
    assert plain["twitter:card"] == "summary"


def test_a_picture_of_the_page_goes_before_a_drawn_one():
    cover = SimpleNamespace(
        address="/pictures/x", sizes=[480, 960], width=960, height=640, alt="ป่า<"
    )
    context = Context({"title": "a", "path": "/", "drawn": "/drawn/1.png"})
    shared = metas(share(context, picture=cover))
    assert shared["og:image"].endswith("/pictures/x/960.webp")
    assert (shared["og:image:width"], shared["og:image:height"]) == ("960", "640")
    assert shared["og:image:alt"] == "ป่า<"


def test_what_is_given_goes_before_what_the_page_knows():
    context = Context({"title": "a", "text": "of the page", "path": "/"})
    assert metas(share(context))["description"] == "of the page"
    assert metas(share(context, text=""))["description"] == "a"
