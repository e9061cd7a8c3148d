"""Beside a text of a topic: which of its words mean different things to different networks."""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from forums.knowledge.glossary.cards import words_in

register = template.Library()


@register.simple_tag(name="words_in")
def words_in_text(topic: Any, text: str) -> SafeString:
    """Links to the cards of those words of the topic that stand in `text`; nothing where none does. One query."""
    return render_to_string("glossary/_words_in.html", {"words": words_in(topic, text)})
