"""What becomes of the lines and the indentation of a template."""

import pytest
from django.template import Context, Engine
from django.template.base import TextNode
from django.template.loader import get_template

from roypalang.templates import join_lines

LIBRARIES = {"i18n": "django.templatetags.i18n"}


def printed(source: str, **context) -> str:
    template = Engine(libraries=LIBRARIES).from_string(source)
    join_lines(template.nodelist)
    return template.render(Context(context))


@pytest.mark.parametrize(
    ("source", "page"),
    [
        ("<ul>\n  <li>\n    One\n  </li>\n</ul>\n", "<ul><li>One</li></ul>"),
        ("<b>{{ a }}</b>\n<i>{{ b }}</i>", "<b>A</b><i>B</i>"),
        ("<b>{{ a }}</b> <i>{{ b }}</i>", "<b>A</b> <i>B</i>"),
        ('<b>{{ a }}</b>{{ " " }}\n<i>{{ b }}</i>', "<b>A</b> <i>B</i>"),
        ("<p>\n  {{ a }}\n  {{ b }}\n</p>", "<p>A B</p>"),
        ("<p>some\n   words\n  {{ a }}</p>", "<p>some words A</p>"),
        ("<p>\n  {% if a %}\n    {{ a }}\n  {% else %}\n    no\n  {% endif %}\n</p>", "<p>A</p>"),
        (
            "{% for n in n %}\n  <i>{{ n }}</i>\n{% empty %}\n  none\n{% endfor %}",
            "<i>1</i><i>2</i>",
        ),
        ('<a href="/"\n   class="x">{{ a }}</a>', '<a href="/" class="x">A</a>'),
        ('<a {% if a %}\n   id="a"{% endif %}\n   class="x">', '<a  id="a" class="x">'),
        ('<a title=">\n {{ a }}">\n  {{ b }}</a>', '<a title="> A">B</a>'),
        ("1 <\n{{ a }}", "1 < A"),
    ],
)
def test_a_line_break_is_seen_between_words_and_nowhere_else(source, page):
    assert printed(source, a="A", b="B", n=[1, 2]) == page


@pytest.mark.parametrize("name", ["pre", "textarea", "script"])
def test_what_stands_in_an_element_that_keeps_its_lines_is_kept(name):
    source = f"<div>\n  <{name}\n    id='x'>\n  one\n    {{{{ a }}}}\n  two\n</{name}>\n</div>"
    assert printed(source, a="A") == f"<div><{name} id='x'>\n  one\n    A\n  two\n</{name}></div>"


def test_a_value_keeps_its_lines():
    assert printed("<p>\n  {{ a }}\n</p>", a="one\n  two") == "<p>one\n  two</p>"


def test_a_message_is_found_under_the_words_it_has():
    source = "{% load i18n %}\n<p>{% blocktranslate %}one\n  two{% endblocktranslate %}</p>"
    assert printed(source) == "<p>one\n  two</p>"


@pytest.mark.parametrize("number", [1, 2])
def test_a_trimmed_message_is_the_one_django_would_ask_for(number):
    source = (
        "{% load i18n %}{% blocktranslate trimmed count n=n %}\n  {{ n }} comment\n    more 5%\n"
        "{% plural %}\n  There are\n  {{ n }}\n{% endblocktranslate %}"
    )
    expected = {1: "1 comment more 5%", 2: "There are 2"}[number]
    assert printed(source, n=number) == expected
    assert (
        Engine(libraries=LIBRARIES).from_string(source).render(Context({"n": number})) == expected
    )


def test_our_pages_are_joined_once_and_kept():
    template = get_template("components/empty.html").template
    assert "\n" not in template.render(Context({"title": "x"}))
    assert template is get_template("components/empty.html").template
    assert "\n" in template.source


def test_what_others_wrote_is_left_alone():
    nodes = get_template("admin/filter.html").template.nodelist
    assert any("\n" in node.s for node in nodes if isinstance(node, TextNode))
