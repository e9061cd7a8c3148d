"""forums.templatetags.head: what a member's header ends with is, by shape, what its template prints."""

import itertools
from types import SimpleNamespace

from django.template import Context
from django.template.loader import render_to_string
from django.utils.translation import override

from forums.templatetags.head import member_head
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
