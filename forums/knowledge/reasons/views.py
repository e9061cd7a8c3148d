"""Say why: write it as a comment, or choose one that is there; take it off again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, signed_in
from forums.discussions.naming.saying import say_untold
from forums.discussions.posts.models import Post
from forums.discussions.standpoints.choosing import choice
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import can_reply
from forums.knowledge.reasons import actions
from forums.knowledge.reasons.forms import SIDES, SayWhyForm
from forums.knowledge.reasons.models import StatementReason
from forums.knowledge.reasons.permissions import can_give
from forums.knowledge.reasons.quoted import comments_of, reason_of
from forums.knowledge.statements.models import Fate, Statement


@signed_in
def reason(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Give a reason about one statement; what she gave before stands above the form."""
    member = request.user
    topic = topic_at(pk, member)
    statement = _statement(request, topic, number)
    if statement.fate is not Fate.OPEN:
        raise actions.NoReasonHere
    if not can_give(member, topic, statement):
        raise NotAllowed
    hers = reason_of(member, statement)
    comments = _may_be_chosen(comments_of(member, topic), statement)
    form = SayWhyForm(
        request.POST if request.method == "POST" else None,
        comments=comments,
        choice=choice(member, topic_id=topic.pk, host=topic.board.network_id),
        initial={"side": _asked_side(request, hers)},
    )
    sent = Submission(form, lambda data: _write(request, topic, statement, form, data))
    if sent.done:
        post = sent.made.post
        if post.became is not None:
            say_untold(request, post.became)
        messages.success(request, _("Your reason stands in the topic, with your name."))
        return redirect(f"/p/{post.pk}/held/" if post.held_at else post.get_absolute_url())
    context = {
        "section": "topics", "topic": topic, "statement": statement, "form": form, "hers": hers,
        "may_write": can_reply(member, topic),
    }  # fmt: skip
    return render(request, "reasons/reason.html", context, status=sent.status)


@require_POST
@signed_in
def take_off(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Her comment is no reason any more; it stays."""
    topic = topic_at(pk, request.user)
    statement = _statement(request, topic, number)
    actions.take_off(member=request.user, statement=statement)
    messages.success(
        request, _("It is no reason about this statement any more. The comment stays.")
    )
    return redirect("reason", pk=topic.pk, number=statement.number)


def _write(
    request: MemberRequest,
    topic: Topic,
    statement: Statement,
    form: SayWhyForm,
    data: dict[str, Any],
) -> StatementReason:
    about = {"member": request.user, "topic": topic, "statement": statement, "side": data["side"]}
    if form.points:
        post = get_object_or_404(Post, pk=data["comment"], author=request.user)
        return actions.point_at(**about, post=post)
    return actions.give_reason(
        **about,
        body=data["body"],
        submission=data["submission"],
        with_ai=data["with_ai"],
        **form.spoken,
    )


def _statement(request: HttpRequest, topic: Topic, number: int) -> Statement:
    there = Statement.objects.visible_to(request.user)
    found: Statement = get_object_or_404(there, topic=topic.pk, number=number)
    found.topic = topic
    return found


def _may_be_chosen(posts: Any, statement: Statement) -> list[Post]:
    """Those that are not said to be about another statement."""
    return [
        post
        for post in posts
        if not hasattr(post, "reason_about") or post.reason_about.statement_id == statement.pk
    ]


def _asked_side(request: HttpRequest, hers: StatementReason | None) -> int | None:
    """What the page she comes from says, else what she said before."""
    asked = request.GET.get("side", "")
    known = [side.value for side, _words in SIDES if str(side.value) == asked]
    return known[0] if known else hers.side if hers else None
