"""Which posts of a topic somebody means who types their numbers: "5, 8, 12-3", "20 to 30"."""

import re

from django.utils.translation import gettext as _

from forums.base.errors import BadText
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.text.cleaning import THAI_DIGITS

MOST = 500  # texts that one split moves
_ONE = r"#?([0-9]{1,9})(?:-([0-9]{1,9}))?"
_RANGE = re.compile(rf"{_ONE}\s*(?:to|ถึง|\.\.|…|–|—)\s*{_ONE}")
_SINGLE = re.compile(_ONE)


def heads_meant(topic: Topic, typed: str) -> list[Post]:
    """The comments and replies of `topic` (locked) whose numbers were typed, by id. Raises BadText for what is no number,
    and where nothing of it is there."""
    wanted: list[tuple[int, int]] = []
    spans: list[tuple[int, int]] = []
    for part in re.split(r"[,;\n]+", typed.translate(THAI_DIGITS)):
        if not (part := part.strip()):
            continue
        if span := _RANGE.fullmatch(part):
            spans.append((int(span[1]), int(span[3])))
        elif all(_SINGLE.fullmatch(each) for each in part.split()):
            found = [_SINGLE.fullmatch(each) for each in part.split()]
            wanted += [(int(each[1]), int(each[2] or 0)) for each in found if each]
        else:
            raise BadText(_("Write numbers of comments, like 5, 8, 12-3, or 20 to 30."))
    posts = Post.objects.filter(topic=topic, number__gt=0)
    heads = {
        post.pk: post
        for number, reply_number in wanted[:MOST]
        for post in posts.filter(number=number, reply_number=reply_number)
    }
    for first, last in spans:
        between = posts.filter(number__range=(first, last), reply_number=0).order_by("pk")
        heads |= {post.pk: post for post in between[: MOST + 1]}
    if not heads:
        raise BadText(_("None of these numbers is in this topic."))
    return [heads[pk] for pk in sorted(heads)]


def with_answers(heads: list[Post]) -> list[Post]:
    """These and all that answers them, locked, by id. Raises BadText for more than one split moves."""
    chosen = {post.pk for post in heads}
    roots = {post.root_id or post.pk for post in heads}
    thread = Post.objects.select_for_update(of=("self",)).filter(root__in=roots).order_by("pk")
    own = Post.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk")
    found = {post.pk: post for post in own}
    for post in thread:  # a parent is older than what answers it
        if post.parent_id in found:
            found[post.pk] = post
    if len(found) > MOST:
        raise BadText(_("Up to %(most)d texts at once, please.") % {"most": MOST})
    return [found[pk] for pk in sorted(found)]
