"""Pages of posts: reply, thread, permalink, edit, history, delete, and the two marks."""

import re
import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums.base.drafts import open_with_draft
from forums.base.errors import BadText, NotAllowed
from forums.base.offline import readable_offline
from forums.base.rate_limits import light_pace
from forums.base.view_helpers import (
    MemberRequest,
    page_number,
    pager,
    posted,
    signed_in,
    wants_json,
    wants_part,
)
from forums.discussions.naming.saying import say_untold
from forums.discussions.posts import actions, cards, revisions, stream
from forums.discussions.posts.forms import EditForm, ReplyForm, reply_form, sent_reply_form
from forums.discussions.posts.labels import labels
from forums.discussions.posts.locks import post_to_mark
from forums.discussions.posts.models import (
    THREAD_PAGE,
    TREE,
    PartedPost,
    Post,
    PostQuerySet,
    ReactionKind,
)
from forums.discussions.posts.permissions import (
    can_delete,
    can_read_closed,
    can_see_history,
)
from forums.discussions.posts.quoting import quoted
from forums.discussions.posts.registry import posts_served
from forums.discussions.standpoints.choosing import choice
from forums.discussions.topics.loading import topic_with_board
from forums.discussions.topics.models import PAGE, Topic
from forums.discussions.topics.permissions import can_accept, can_reply, is_asked, is_shut
from forums.groups.memberships.permissions import can_moderate_in
from forums.pictures.forms import Composing
from forums.text.cleaning import THAI_DIGITS
from forums.text.diff import diff

_NUMBER = re.compile(r"\s*#?([0-9]{1,9})(?:[-. ]([0-9]{1,9}))?\s*")


def visible_post(request: HttpRequest, pk: int) -> Post:
    """The post, with its topic and board, or 404 for one whose topic the reader may not open."""
    return get_object_or_404(_visible(request), pk=pk)


def _visible(request: HttpRequest) -> PostQuerySet:
    return Post.objects.visible_to(request.user).select_related("topic__board", "author")


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The permalink: redirects to wherever the post stands; of her own in a topic she may not open, to her words."""
    if (found := _visible(request).filter(pk=pk).first()) is None:
        get_object_or_404(Post, pk=pk, author_id=request.user.pk)
        return redirect("own_words", pk=pk)
    return redirect(_place(found, found.topic))


def _place(post: Post, topic: Topic) -> str:
    """The address of the page of `topic` that `post` stands on, and where on it."""
    if post.reply_number > TREE:
        page, path = -(-post.reply_number // THREAD_PAGE), f"/p/{post.root_id}/thread/"
    else:
        page, path = -(-post.number // PAGE), topic.get_absolute_url()
    return f"{path}{f'?page={page}' if page > 1 else ''}#p{post.pk}"


@require_safe
def newest(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirects to the newest post of a topic that can be read."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    found = topic.posts.shown().order_by("-created_at", "-pk").first()
    return redirect(_place(found, topic) if found else topic)


@require_safe
def numbered(request: HttpRequest, pk: int) -> HttpResponse:
    """Redirects to the post of a topic with the number `no` (5, 5-2), or the nearest before it.

    Digits may be Thai, and telephones whose keys have no hyphen write 5.2 or 5 2.
    """
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    base = topic.merged_base or 0
    topic = _where_it_stands(request, topic)
    asked = _NUMBER.fullmatch(request.GET.get("no", "").translate(THAI_DIGITS))
    if not asked:
        raise BadText(_("Write the number of a comment, like 12, or of a reply to it, like 12-3."))
    number, reply_number = int(asked[1]) + base, int(asked[2] or 0)
    place = PartedPost.objects.filter(topic=topic, number=number, reply_number=reply_number)
    if topic.parted_at is not None and (moved := place.first()):
        return redirect("post", pk=moved.post_id)
    posts = topic.posts.order_by("-number", "-reply_number")
    found = posts.filter(number__lte=min(number, topic.last_number), reply_number=0).first()
    if found and found.number == number and reply_number:
        found = posts.filter(number=number, reply_number__lte=reply_number).first()
    return redirect(_place(found, topic) if found else topic)


@require_safe
@readable_offline
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """A comment with all its replies, in the order they were written."""
    found = visible_post(request, pk)
    if found.root_id or found.number == 0:
        return redirect(f"/p/{found.root_id}/thread/" if found.root_id else found.topic)
    pages = max(1, -(-found.last_reply_number // THREAD_PAGE))
    number = page_number(request, pages=pages)
    comment = stream.one_row(found.pk, request.user)
    comment.replies = stream.thread_rows(
        found.pk, request.user, first=(number - 1) * THREAD_PAGE + 1, last=number * THREAD_PAGE
    )
    rows = [comment, *comment.replies]
    stream.mark_reactions(rows, request.user)
    may_reply = can_reply(request.user, found.topic) and not found.is_gone
    may = {
        "open": found.topic.is_shown and not is_shut(found.topic),
        "may_write": is_asked(request.user, found.topic),
        "may_react": request.user.is_authenticated,
        "may_accept": can_accept(request.user, found.topic),
        "met": bool(found.topic.voices),
        "may_moderate": can_moderate_in(request.user, found.topic.board.network_id),
    }
    cards.set_cards(rows, topic=found.topic, member=request.user, **may)
    cards.set_threads([comment])
    response = render(
        request,
        "posts/thread.html",
        {
            "topic": found.topic,
            "comment": comment,
            "pager": pager(number, pages),
            "may_reply": may_reply,
            **may,
            "form": reply_form(request.user, found.topic, initial={"to": found.pk})
            if may_reply
            else None,
            **labels(),
        },
    )
    posts_served(request, response, found.topic, rows)
    return response


@signed_in
def reply(request: MemberRequest, pk: int) -> HttpResponse:
    """Write a comment, or with `to` an answer to a post."""
    topic = _where_it_stands(request, topic_with_board(pk, request.user))
    asked = request.POST if request.method == "POST" else request.GET
    topic = _topic_of_answered(request, topic, asked.get("to", ""))
    if request.method != "POST":
        to = _answered(topic, request.GET.get("to", ""))
        body = quoted(to) if to and "quote" in request.GET else ""
        form = reply_form(request.user, topic, initial={"to": to.pk if to else None, "body": body})
        actions.refuse_unless_open(request.user, topic)
        open_with_draft(request, form)
        return _reply_page(request, form, topic, to)
    form = sent_reply_form(request.user, topic, request.POST)
    to = _answered(topic, request.POST.get("to", ""))
    sent = Composing(
        request,
        form,
        lambda data: actions.reply(
            author=request.user,
            topic=topic,
            body=data["body"],
            parent=to,
            submission=data["submission"],
            with_ai=data["with_ai"],
            **form.spoken,
        ),
        where={"topic": topic.pk},
    )
    if wants_json(request):
        return _told(form, sent)
    if sent.done:
        say_untold(request, sent.made.became)
        return redirect(_to_read(sent.made))
    form.offer(choice(request.user, topic_id=topic.pk, host=topic.board.network_id))
    return _reply_page(request, form, topic, to, sent)


def _where_it_stands(request: HttpRequest, topic: Topic) -> Topic:
    """The topic itself, or that it was merged into, if its reader may open it."""
    while topic.merged_into_id is not None:
        topic = topic_with_board(topic.merged_into_id, request.user)
    return topic


def _topic_of_answered(request: HttpRequest, topic: Topic, to: str) -> Topic:
    """Where the post that is answered stands now: moderators may have split it off while somebody wrote."""
    if topic.parted_at is None or not to.isdecimal() or len(to) > 18:
        return topic
    parted = PartedPost.objects.filter(topic=topic, post=int(to)).exists()
    found = _visible(request).filter(pk=int(to)).first() if parted else None
    return found.topic if found else topic


def _to_read(post: Post) -> str:
    """Where its author reads what she has just written: while it waits, on a page that says why."""
    return f"/p/{post.pk}/held/" if post.held_at is not None else post.get_absolute_url()


def _told(form: ReplyForm, sent: Composing[Post]) -> JsonResponse:
    """The answer to a reply that was written without signal (static/js/worker/replies.js): its post, or why not."""
    if sent.done:
        return JsonResponse({"url": _to_read(sent.made)})
    errors = [str(error) for errors in form.errors.values() for error in errors]
    return JsonResponse({"error": " ".join(errors)}, status=sent.status)


def _answered(topic: Topic, pk: str) -> Post | None:
    """The post of `topic` that is answered; None when the topic itself is. Http404 for a stranger."""
    if not pk:
        return None
    if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
        raise Http404
    return get_object_or_404(Post.objects.select_related("author"), pk=pk, topic=topic)


def _reply_page(
    request: HttpRequest,
    form: ReplyForm,
    topic: Topic,
    to: Post | None,
    sent: Composing[Post] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "topic": topic,
        "answered": stream.one_row(to.pk, request.user) if to else None,
        **(sent.shown if sent else {}),
        **labels(),
    }
    status = sent.status if sent else 200
    return render(request, "posts/reply.html", context, status=status)


@signed_in
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a post; the old text stays in its history."""
    found = visible_post(request, pk)
    if found.number == 0:
        return redirect("topic_edit", pk=found.topic_id)
    actions.refuse_unless_editable(request.user, found)
    form = EditForm(
        *posted(request),
        initial={
            "body": found.body,
            "revision": found.revision_count,
            "with_ai": found.with_ai,
        },
    )
    sent = Composing(
        request,
        form,
        lambda data: actions.edit_post(
            editor=request.user,
            post=found,
            body=data["body"],
            reason=data["reason"],
            seen_revision=data["revision"],
            with_ai=data["with_ai"],
        ),
        where={"topic": found.topic_id},
    )
    if sent.done:
        say_untold(request, sent.made.became)
        return redirect(_to_read(sent.made))
    context = {"post": found, "topic": found.topic, "form": form, **sent.shown}
    return render(request, "posts/edit.html", context, status=sent.status)


@require_safe
@light_pace("history")
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version of a post, and what each changed."""
    found = visible_post(request, pk)
    if not can_see_history(request.user, found):
        raise Http404
    last = found.revision_count
    if not last:
        raise Http404
    number = page_number(request, pages=last) if "page" in request.GET else last
    may_read_closed = can_read_closed(request.user, found)
    versions = revisions.around(found, number, closed_too=may_read_closed)
    before = versions.before.body if versions.before else ""
    return render(
        request,
        "posts/history.html",
        {
            "post": found,
            "topic": found.topic,
            "versions": versions,
            "shown": versions.shown,
            "before": versions.before,
            "lines": diff(before, versions.shown.body),
            "may_read_closed": may_read_closed,
            "log_of": f"post={found.pk}" if found.number else f"topic={found.topic_id}",
            "may_close": may_read_closed and number < last,
            "may_moderate": can_moderate_in(request.user, found.topic.board.network_id),
        },
    )


@signed_in
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask, then take back one's own post."""
    found = visible_post(request, pk)
    if request.method == "POST":
        actions.delete_post(member=request.user, post=found)
        messages.success(
            request,
            _("Your post is deleted; a line keeps its place. For an hour you can take that back."),
        )
        return redirect(found)
    if not can_delete(request.user, found):
        raise NotAllowed(_("Only its author can delete a post."))
    return render(
        request,
        "posts/delete.html",
        {
            "post": found,
            "topic": found.topic,
            "row": stream.one_row(found.pk, request.user),
            **labels(),
        },
    )


@require_POST
@signed_in
def undelete(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back that one has deleted one's own post, for an hour."""
    found = visible_post(request, pk)
    actions.take_back_deletion(member=request.user, post=found)
    messages.success(request, _("Your post stands where it stood."))
    return redirect(found)


@require_POST
@signed_in
def react(request: MemberRequest, pk: int, kind: str) -> HttpResponse:
    """Give a mark (`on` is 1) or take it back (0). Scripts get the two buttons, others a redirect."""
    if kind not in ReactionKind.values:
        raise Http404
    found = actions.react(
        member=request.user,
        post=post_to_mark(pk, request.user),
        kind=ReactionKind(kind),
        on=request.POST.get("on", "1") == "1",
    )
    if not wants_part(request):
        return redirect(found)
    row = stream.one_row(found.pk, request.user)
    stream.mark_reactions([row], request.user)
    return render(request, "posts/_marks.html", {"p": row, "may_react": True, **labels()})


@require_safe
@never_cache
def sent(request: HttpRequest) -> JsonResponse:
    """Whether the form filled in as `submission` has become a post of this member: {"sent": true}.

    An answer that was lost on the way leaves the writer's device with a draft of what is already
    there. It asks here before it offers the text a second time.
    """
    try:
        submission = uuid.UUID(request.GET.get("submission", ""))
    except ValueError:
        return JsonResponse({"sent": False})
    known = (
        request.user.is_authenticated
        and Post.objects.filter(author=request.user, submission=submission).exists()
    )
    return JsonResponse({"sent": known})
