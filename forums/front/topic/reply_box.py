"""The box under a topic in which one answers, printed by shape as posts are (decision 010).

Nothing has been typed into it yet, so it is the same for all but for the topic, the name of this filling-in, the
token, whose it is, and from where she may speak: a list of her networks, kept by what they are called.
"""

import re
import secrets
from dataclasses import replace
from functools import lru_cache

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.base.stamps import new_stamp
from forums.discussions.posts.forms import ReplyForm
from forums.discussions.standpoints.choosing import Choice, choice_in
from forums.discussions.topics.models import Topic
from forums.text.render import filled, trusted

# Nobody can write it into what is printed here; addresses are quoted, and it comes through that as it is.
_MARK = secrets.token_hex(8)
_VALUE = re.compile(f"{_MARK}_([a-z]+)_")
_VALUES = ("topic", "url", "csrf", "submission", "member", "speaks")


def reply_box(request: HttpRequest, topic: Topic) -> SafeString:
    """The box in which who asks answers in `topic`, which `topics.loading.topic_at` found."""
    language = get_language() or ""
    asked = choice_in(topic, request.user)
    # What waits for her there is not said here.
    asked = replace(asked, places=tuple(replace(place, waits=0) for place in asked.places))
    return filled(
        _box(language, topic.slow_minutes),
        {
            "topic": topic.pk,
            "url": topic.reply_url,
            "csrf": get_token(request),
            "submission": new_stamp(),
            "member": request.user.pk,
            "speaks": trusted(_speaks(language, asked)),
        },
    )


@lru_cache(maxsize=64)
def _box(_language: str, slow_minutes: int) -> str:
    """With `{name}` for every value; braces that scripts read are doubled."""
    marks = {name: f"{_MARK}_{name}_" for name in _VALUES}
    context = {
        "topic": {"pk": marks["topic"], "reply_url": marks["url"], "slow_minutes": slow_minutes},
        "form": ReplyForm(initial={"submission": marks["submission"]}),
        "speaks": marks["speaks"],
        "user": {"pk": marks["member"]},
        "csrf_token": marks["csrf"],
    }
    printed = render_to_string("posts/_reply_box.html", context)
    return _VALUE.sub(r"{\1}", printed.replace("{", "{{").replace("}", "}}"))


@lru_cache(maxsize=1024)
def _speaks(_language: str, asked: Choice) -> str:
    return render_to_string("voices/_speak_from.html", {"form": ReplyForm(choice=asked)})
