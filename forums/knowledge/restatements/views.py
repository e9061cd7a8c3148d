"""Say what another means; what others say a post means; its author's answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.posts.models import Post
from forums.knowledge.restatements import actions, lists
from forums.knowledge.restatements.forms import FitsForm, RestateForm
from forums.knowledge.restatements.models import Restatement
from forums.knowledge.restatements.permissions import can_answer_at, can_restate
from forums.text.glance import glance

_SHOWN = 600  # characters of the post


@signed_in
def restate(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what this post's author means."""
    post = _post(request, pk)
    form = RestateForm(*posted(request))
    if not form.is_bound:
        actions.refuse_restating(request.user, post)
    sent = Submission(
        form,
        lambda data: actions.restate(member=request.user, post=post, body=data["body"]),
    )
    if sent.done:
        messages.success(
            request,
            _("%(name)s will say whether this is it. Until then only you two can read it.")
            % {"name": post.author},
        )
        return redirect("restatements", pk=post.pk)
    context = _about(post) | {"form": form, "tries": lists.hers(post, request.user)}
    return render(request, "restatements/restate.html", context, status=sent.status)


@require_safe
def restatements(request: HttpRequest, pk: int) -> HttpResponse:
    """What others say this post means, and what its author says of it."""
    return _page(request, _post(request, pk), None, 200)


@require_POST
@signed_in
def answer(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """Its author says: that is it, or not yet."""
    post = _post(request, pk)
    there = Restatement.objects.visible_to(request.user).filter(post=post)
    found: Restatement = get_object_or_404(there, pk=number)
    form = FitsForm(request.POST, auto_id=f"r{found.pk}-%s")
    sent = Submission(
        form,
        lambda data: actions.answer(
            member=request.user, restatement=found, fits=data["fits"], missing=data["missing"]
        ),
    )
    if sent.done:
        said = _("You understand each other.") if sent.made.fits else _("They will read it.")
        messages.success(request, said)
        return redirect("restatements", pk=post.pk)
    return _page(request, post, (found.pk, form), sent.status)


def _page(
    request: HttpRequest, post: Post, sent: tuple[int, FitsForm] | None, status: int
) -> HttpResponse:
    may_answer = can_answer_at(request.user, post)
    rows = lists.rows_of(post, request.user, may_answer=may_answer)
    for row in rows:
        if row.may_answer:
            row.form = FitsForm(auto_id=f"r{row.pk}-%s")
        if sent and sent[0] == row.pk:
            row.form = sent[1]
    context = _about(post) | {
        "rows": rows,
        "understood": lists.understood(rows),
        "is_mine": post.author_id == request.user.pk,
        "may_restate": can_restate(request.user, post),
    }
    return render(request, "restatements/of_post.html", context, status=status)


def _about(post: Post) -> dict[str, object]:
    return {"post": post, "topic": post.topic, "words": glance(post.body_html, _SHOWN)}


def _post(request: HttpRequest, pk: int) -> Post:
    """A post whose text can be read, with its author, topic and board."""
    found = Post.objects.visible_to(request.user).select_related("author", "topic__board__parent")
    post: Post = get_object_or_404(found.select_related("topic__board__network", "author"), pk=pk)
    if post.is_gone:
        raise Http404
    return post
