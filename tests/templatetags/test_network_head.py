"""forums.templatetags.network_head: what a network's pages begin with is, by shape, what its templates print."""

import itertools
from types import SimpleNamespace

import pytest
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from forums.groups.memberships.network_page import Tab
from forums.groups.networks.models import Network
from forums.templatetags import network_head as tags
from forums.text import dates
from tests.answers import page
from tests.make import join, make_member, make_network

ODD = "{aim} <b>&\"' {follow} %s {{ x }}"
NOW = timezone.now()


def network(**known: object) -> Network:
    return Network(slug="คลอง", name=ODD, aim=ODD, colour="khram", emblem="hands", **known)


def test_a_shape_prints_what_the_template_prints(monkeypatch):
    monkeypatch.setattr(tags, "follow", lambda *_of: "<follow>")
    buttons = [("เข้าร่วม", False, ""), ("", True, ""), ("", False, "สมาชิก"), ("", False, "")]
    states: list[dict[str, object]] = [
        {}, {"verified_at": NOW}, {"hidden_at": NOW}, {"archived_at": NOW},
        {"picture": "0b5f3c1e-0000-4000-8000-000000000000"},
    ]  # fmt: skip
    everyone = itertools.product(("th", "en"), states, buttons, ([], ["รัฐ", "ธุรกิจ"]))
    for language, state, (join_label, by_invitation, role_label), sectors in everyone:
        one = network(**state)
        context = {
            "network": one, "what_it_is": "เครือข่าย", "sectors": sectors, "join_label": join_label,
            "by_invitation": by_invitation, "role_label": role_label, "role": role_label,
        }  # fmt: skip
        with override(language):
            day = dates.day(NOW) if one.archived_at else ""
            more = {"follow": "<follow>", "day": day}
            printed = render_to_string("networks/_head.html", context | more)
            assert tags.network_head(Context(context)) == printed


@pytest.mark.parametrize(("tab", "path"), [("overview", "/n/a/"), ("topics", "/n/a/topics/new/")])
def test_tabs_say_which_is_open_and_whether_it_is_the_page(tab, path):
    there = SimpleNamespace(get_absolute_url=lambda: "/n/a/")
    for count in (0, 3, 12):
        tabs = [
            Tab("overview", "ภาพรวม", "/n/a/"),
            Tab("topics", "กระทู้", "/n/a/topics/"),
            Tab("members", "สมาชิก", "/n/a/members/", count),
        ]
        context = {
            "network": there,
            "request": SimpleNamespace(path=path),
            "tabs": tabs,
            "tab": tab,
        }
        current = "page" if path == "/n/a/" else "true"
        printed = render_to_string("networks/_tabs.html", context | {"current": current})
        assert tags.network_tabs(Context(context)) == printed


def test_each_network_has_its_own(as_, malee, somchai):
    odd, other = make_network(ODD, malee, aim=ODD), make_network("ป่าชุมชน")
    join(odd, somchai)
    html = page(as_(make_member()), odd.get_absolute_url())
    assert "{aim} &lt;b&gt;&amp;&quot;&#x27; {follow} %s {{ x }}" in html
    assert "<b>2</b>" in html
    html = page(as_(other.registered_by), other.get_absolute_url())
    assert "ป่าชุมชน" in html
    assert "{aim}" not in html
    assert "<b>1</b>" in html


@pytest.mark.django_db
@pytest.mark.parametrize("ending", ["", "topics/"])
def test_the_tab_of_the_page_itself_is_told_so_whatever_letters_its_address_has(client, ending):
    network = make_network("คนรักคลอง", make_member())
    answer = client.get(f"{network.get_absolute_url()}{ending}").content.decode()
    assert f'href="{network.get_absolute_url()}{ending}" aria-current="page"' in answer
