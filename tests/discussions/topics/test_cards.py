"""forums.discussions.topics.cards: a row printed by its shape is, letter for letter, the template's own output."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from django.template import Context, Variable
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from forums.discussions.openings.actions import accept_answer
from forums.discussions.topics import cards, lists
from forums.discussions.topics.models import Topic
from tests.make import join, make_member, make_network, make_post, make_topic


@pytest.fixture
def many(malee, somchai, board):
    """Topics of which each has what another has not."""
    odd = make_member(display_name="{url} <b>&\"' %s {{ x }} {0}", picture="1" * 32)
    network = make_network("<คลอง> & {colour}", malee)
    plain = make_topic(somchai, board, title="{title} <i>", tags=["{name}", "ก & ข"])
    make_post(plain, odd, body="{html}")
    make_post(plain, somchai)
    make_topic(odd, board, title="เครือข่ายคนรักคลอง หนึ่งสองสาม")
    spoken = make_topic(malee, board, title="จากเครือข่าย", speak_from=network.pk)
    make_post(spoken, malee, speak_from=network.pk)
    question = make_topic(malee, board, title="ถาม", kind="question")
    accept_answer(member=malee, topic=question, post=make_post(question, somchai))
    now = timezone.now()
    Topic.objects.filter(pk=spoken.pk).update(locked_at=now, pinned_at=now)
    return network


def test_a_shape_prints_what_the_template_prints(many, board, malee, visitor):
    reader = make_member()
    join(many, reader)
    seen = set()
    for language in ("th", "en"):
        with override(language):
            for member in (visitor, malee, reader):
                page = lists.of_board(board, {}, member=member)
                shown = [(True, row) for row in (*page.apart, *page.rows)]
                shown += [(False, row) for row in lists.latest({}, member=member).rows]
                away = [replace(row, from_others=True) for _here, row in shown]
                cards.set_cards(away)
                shown += [(False, row) for row in away]
                for here, row in shown:
                    printed = render_to_string("topics/_row.html", {"t": row, "here": here})
                    assert row.card == printed, row.title
                    parts = (row.from_others, row.network, row.news, row.beads, row.pinned_at)
                    seen |= {n for n, part in enumerate(parts) if part}
    assert seen == {0, 1, 2, 3, 4}  # each of them was among them


def test_the_row_names_every_value_of_the_template(many, visitor):
    """A value the template reads must be known to the rows and to the shapes, or it would print empty."""
    source = Path("templates/topics/_row.html").read_text()
    everything = cards._row_stand_in(cards._RowShape(*[True] * len(cards._RowShape._fields)))
    row = next(row for row in lists.latest({}, member=visitor).rows if row.network)
    for name in set(re.findall(r"\bt(?:\.\w+)+", source)) - {"t.news"}:
        for t in (everything, row):
            Variable(name).resolve(Context({"t": t}))  # raises for what is not there
    for name in set(re.findall(r"\{\{ (t\.[\w.]+) \}\}", source)):
        assert re.fullmatch(r"\{\w+\}", Variable(name).resolve(Context({"t": everything}))), name


def test_what_looks_like_a_format_or_a_tag_is_printed_as_it_is(many, client):
    page = client.get("/").text
    for escaped in (
        "{title} &lt;i&gt;",
        "{url} &lt;b&gt;&amp;&quot;&#x27; %s {{ x }} {0}",
        ">{name}</a>",
        "&lt;คลอง&gt; &amp; {colour}",
    ):
        assert escaped in page, escaped
