"""What is said once when a template is compiled: the same as Django says for each request."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.template import Context, Engine, Template, TemplateSyntaxError, engines
from django.template.base import NodeList, TextNode, VariableNode
from django.utils.translation import override

from roypalang import templates
from roypalang.folded_templates import Enclosed
from tests.security.test_routes import ROWS, answer, page
from tests.security.world import make_people, make_world

LIBRARIES = {
    "i18n": "django.templatetags.i18n",
    "static": "django.templatetags.static",
    "cache": "django.templatetags.cache",
}


class Files:
    """Templates in a folder, as the site's are found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        finder = ("django.template.loaders.filesystem.Loader", [folder])
        self.engine = Engine(
            loaders=[("roypalang.templates.Loader", [finder])], libraries=LIBRARIES
        )

    def write(self, **sources: str) -> None:
        for name, source in sources.items():
            text = f"{{% load i18n %}}{source}" if "extends" not in source else source
            (self.folder / f"{name}.html").write_text(text)

    def template(self, name: str) -> Template:
        return self.engine.get_template(f"{name}.html")

    def printed(self, name: str, **context: object) -> str:
        return self.template(name).render(Context(context))


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def kinds(nodes: NodeList) -> list[type]:
    return [type(node) for node in nodes]


# -- Messages -----------------------------------------------------------------------------------


def test_messages_and_files_are_text_in_each_language(files: Files) -> None:
    files.write(
        a='{% load static %}<p>{% translate "Boards" %}</p><img src="{% static "a.png" %}">'
    )
    with override("th"):
        thai = files.printed("a")
        assert kinds(files.template("a").nodelist) == [TextNode]
    with override("en"):
        assert files.printed("a") == thai.replace("ห้อง", "Boards") != thai


def test_a_sentence_is_text_and_values(files: Files) -> None:
    files.write(
        a="{% blocktranslate with name=who.name %}Answer {{ name }}{% endblocktranslate %}",
        b="{% blocktranslate %}100% of {{ n }}: 5 %% {{ n }}{% endblocktranslate %}",
    )
    with override("th"):
        assert files.printed("a", who={"name": "<มาลี>"}) == "ตอบ &lt;มาลี&gt;"
        assert kinds(files.template("a").nodelist) == [TextNode, VariableNode]
        assert files.printed("a") == "ตอบ "
        assert files.printed("b", n=3) == "100% of 3: 5 %% 3"


def test_what_is_counted_or_kept_under_a_name_is_left_to_django(files: Files) -> None:
    files.write(
        a="{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
        b='{% translate "Boards" as b %}{% blocktranslate asvar c %}x{% endblocktranslate %}{{ b }}{{ c }}',
        c="{% translate word %}",
    )
    with override("en"):
        assert [files.printed("a", n=n) for n in (1, 2)] == ["1 day", "2 days"]
        assert files.printed("b") == "Boardsx"
        assert files.printed("c", word="Boards") == "Boards"


# -- What is included ---------------------------------------------------------------------------


def test_what_is_included_stands_where_it_is_included(files: Files) -> None:
    files.write(a='<b>{% include "b.html" %}</b>', b="one {{ n }}")
    assert files.printed("a", n=1) == "<b>one 1</b>"
    assert kinds(files.template("a").nodelist) == [TextNode, VariableNode, TextNode]


def test_names_of_what_is_included_are_not_left_behind(files: Files) -> None:
    files.write(
        a='{% include "b.html" with n=2 %}{{ n }}{% include "c.html" %}{{ d }}{% include "b.html" %}',
        b="<i>{{ n }}</i>",
        c='{% if n %}{% translate "Boards" as d %}{% endif %}{{ d }}',
    )
    with override("en"):
        assert files.printed("a", n=1, d=0) == "<i>2</i>1Boards0<i>1</i>"
    assert kinds(files.template("a").nodelist).count(Enclosed) == 2


def test_a_template_may_include_itself_and_what_is_not_there_fails_where_it_is_met(
    files: Files,
) -> None:
    files.write(
        a='{{ n.0 }}{% if n.1 %}{% include "a.html" with n=n.1 %}{% endif %}',
        b='{% if n %}{% include "none.html" %}{% endif %}ok{% include named %}',
        c="!",
    )
    assert files.printed("a", n=[1, [2, [3, None]]]) == "123"
    assert files.printed("b", n=0, named="c.html") == "ok!"
    with pytest.raises(templates.TemplateDoesNotExist):
        files.printed("b", n=1)


def test_a_partial_is_known_by_its_name(files: Files) -> None:
    files.write(
        a='{% partialdef p %}<b>{% translate "Boards" %}{{ n }}</b>{% endpartialdef %}{% partial p %}',
        b='{% for n in ns %}{% include "a.html#p" %}{% endfor %}',
    )
    with override("en"):
        assert files.printed("a", n=1) == "<b>Boards1</b>"
        assert files.printed("b", ns="12") == "<b>Boards1</b><b>Boards2</b>"


# -- Frames -------------------------------------------------------------------------------------


def test_a_page_stands_in_its_frame_and_in_that_ones(files: Files) -> None:
    files.write(
        base="<t>{% block t %}base{% endblock %}</t>{% if on %}{% block c %}{% endblock %}{% endif %}{{ n }}",
        mid='{% extends "base.html" %}{% block c %}<m>{% block inner %}mid{% endblock %}</m>{% endblock %}',
        page='{% extends "mid.html" %}{% load i18n %}{% block t %}{% if on %}{{ block.super }}+{% endif %}page'
        '{% endblock %}{% block inner %}{% translate "Boards" as n %}{{ n }} {{ block.super }}{% endblock %}',
        other='{% extends "base.html" %}{% block t %}{% block new %}other{% endblock %}{% endblock %}',
    )
    with override("en"):
        for _again in range(2):
            assert files.printed("page", on=1, n=7) == "<t>base+page</t><m>Boards mid</m>7"
            assert files.printed("page", on=0, n=7) == "<t>page</t>7"
            assert files.printed("mid", on=1) == "<t>base</t><m>mid</m>"
            assert files.printed("other", on=1) == "<t>other</t>"
            assert files.printed("base", on=1, n=1) == "<t>base</t>1"
    assert TextNode in kinds(files.template("page").nodelist)


def test_a_page_of_a_package_stands_in_a_frame_of_ours(files: Files) -> None:
    files.write(
        base="<t>{% block t %}base{% endblock %}</t>",
        frame='{% extends "base.html" %}{% block t %}<f>{% block f %}{% endblock %}</f>{% endblock %}',
    )
    page = '{% extends "frame.html" %}{% block f %}theirs{% endblock %}'
    assert files.printed("frame") == "<t><f></f></t>"
    assert files.engine.from_string(page).render(Context()) == "<t><f>theirs</f></t>"


def test_a_frame_that_is_named_by_a_value_or_asked_about_is_looked_for_by_django(
    files: Files,
) -> None:
    files.write(
        base="<t>{% block t %}base{% endblock %}</t>",
        a="{% extends frame %}{% block t %}a{% endblock %}",
        b='{% extends "base.html" %}{% block t %}{{ block.name }}{{ block.super|upper }}{% endblock %}',
        c='{% extends "none.html" %}',
    )
    assert files.printed("a", frame="base.html") == "<t>a</t>"
    assert files.printed("b") == "<t>tBASE</t>"
    with pytest.raises((templates.TemplateDoesNotExist, TemplateSyntaxError)):
        files.printed("c")


# -- The site -----------------------------------------------------------------------------------


_CHANGES = re.compile(r"[A-Za-z0-9]{64}|[0-9a-f-]{36}(\.[\w:-]+)?")


class Pages:
    """The site's pages, as they are and as Django alone would print them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = make_world(make_people())
        self.names = self.world.names()
        self.patch = monkeypatch
        backend: Any = engines["django"]
        (self.loader,) = backend.engine.template_loaders
        self.plain: dict[str, Template] = {}

    def made(self, who: str, address: str) -> str:
        caches["process"].clear()
        path = address.format(**self.names)
        return _CHANGES.sub("…", page(answer(self.world, who, "GET", path)))

    def made_by_django(self, who: str, address: str) -> str:
        with self.patch.context() as patch:
            patch.setattr(templates, "fold", lambda *_, **__: None)
            patch.setattr(self.loader, "get_template_cache", self.plain)
            return self.made(who, address)


@pytest.mark.parametrize("language", ["th", "en"])
def test_every_page_is_to_the_letter_what_django_prints(
    db: None, monkeypatch: pytest.MonkeyPatch, settings: Any, language: str
) -> None:
    settings.LANGUAGE_CODE = language
    pages = Pages(monkeypatch)
    looked_at = []
    for n, row in enumerate(ROWS):
        readers = [who for who in ("visitor", "malee", "moderator") if row.get[who] == 200]
        looked_at += [(who, row.address) for who in readers[n % len(readers or "-") :][:1]]
    differ = [
        each
        for each in looked_at[language == "en" :: 2]  # half of them in each language
        # Twice: a minute may have passed between the two.
        if all(pages.made(*each) != pages.made_by_django(*each) for _again in range(2))
    ]
    assert not differ
    assert len(looked_at) > 200
