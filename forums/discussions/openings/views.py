"""The forms that write a topic: start, edit, delete it; choose the answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Member
from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, posted, signed_in
from forums.discussions.boards.models import Board
from forums.discussions.naming.saying import say_untold
from forums.discussions.openings import actions
from forums.discussions.openings.forms import EditTopicForm, StartForm
from forums.discussions.posts.models import Post
from forums.discussions.standpoints.choosing import Choice, choice
from forums.discussions.topics.beside import tag_names
from forums.discussions.topics.models import TRAITS, Topic, TopicKind
from forums.discussions.topics.permissions import can_delete
from forums.groups.memberships.models import roles_of
from forums.pictures.actions import save_picture
from forums.pictures.forms import Composing
from forums.pictures.models import Attachment


@signed_in
def start(request: MemberRequest, slug: str = "") -> HttpResponse:
    """Start a topic: choose its kind, then write. With `hello` in the address it is one's first word here."""
    hello = "hello" in request.GET
    initial = {
        "kind": request.GET.get("kind") or TopicKind.CONVERSATION,
        "board": slug,
        "title": _title_of_hello(request.user) if hello else "",
    }
    form = StartForm(
        *posted(request),
        initial=initial,
        member=request.user,
        at=slug,
        choice=_choice(request, slug),
    )
    sent = Composing(
        request,
        form,
        lambda data: actions.start_topic(
            author=request.user,
            board=data["board"],
            kind=data["kind"],
            title=data["title"],
            body=data["body"],
            tags=data["tags"],
            cover=_cover(request, data),
            submission=data["submission"],
            with_ai=data["with_ai"],
            **form.spoken,
        ),
        where={"board": request.POST.get("board", "")},
    )
    if sent.done:
        say_untold(request, sent.made.became)
        return redirect(sent.made)
    context = {"form": form, "kinds": TRAITS.items(), "hello": hello, **sent.shown}
    return render(request, "topics/start.html", context, status=sent.status)


def _title_of_hello(member: Member) -> str:
    """What a newcomer may begin with; hers to change."""
    names = {"name": member, "place": member.place}
    if member.place:
        return _("%(name)s from %(place)s says hello") % names
    return _("%(name)s says hello") % names


def _choice(request: HttpRequest, slug: str) -> Choice:
    """From where she may speak; the network of the board in the address is proposed."""
    host = None
    if slug and roles_of(request.user):
        boards = Board.objects.visible_to(request.user).filter(slug=slug)
        host = boards.values_list("network_id", flat=True).first()
    return choice(request.user, host=host)


@signed_in
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a topic's title, text, tags and cover."""
    found = get_object_or_404(
        Topic.objects.visible_to(request.user).select_related("board", "author", "cover"), pk=pk
    )
    post = get_object_or_404(Post, topic=found, number=0, reply_number=0)
    actions.refuse_unless_editable(request.user, found)
    if request.method == "POST":
        form = EditTopicForm(request.POST, request.FILES)
        form.stands(found.title, post.body)
    else:
        form = EditTopicForm(
            initial={
                "title": found.title,
                "with_ai": post.with_ai,
                "body": post.body,
                "tags": " ".join(tag_names(found.pk)),
                "revision": post.revision_count,
            }
        )
    sent = Composing(
        request,
        form,
        lambda data: actions.edit_topic(
            editor=request.user,
            topic=found,
            title=data["title"],
            body=data["body"],
            tags=data["tags"],
            cover=_cover(request, data) or (None if data["remove_cover"] else found.cover),
            reason=data["reason"],
            seen_revision=data["revision"],
            with_ai=data["with_ai"],
        ),
        where={"topic": found.pk},
    )
    if sent.done:
        say_untold(request, sent.made.became)
        return redirect(sent.made)
    context = {"topic": found, "form": form, **sent.shown}
    return render(request, "topics/edit.html", context, status=sent.status)


def _cover(request: MemberRequest, data: dict[str, Any]) -> Attachment | None:
    if not data.get("cover"):
        return None
    return save_picture(uploader=request.user, file=data["cover"], alt=data["title"])


@signed_in
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask, then take back a topic nobody has answered."""
    found = get_object_or_404(Topic.objects.visible_to(request.user).select_related("board"), pk=pk)
    if request.method == "POST":
        actions.delete_topic(member=request.user, topic=found)
        messages.success(
            request, _("The topic is deleted. For an hour you can take that back, on its page.")
        )
        return redirect(found.board)
    if not can_delete(request.user, found):
        raise NotAllowed(_("Only its author can delete a topic, and only before it is answered."))
    return render(request, "topics/delete.html", {"topic": found})


@require_POST
@signed_in
def undelete(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back that one has deleted one's own topic, for an hour."""
    found = get_object_or_404(Topic.objects.visible_to(request.user).select_related("board"), pk=pk)
    actions.take_back_deletion(member=request.user, topic=found)
    messages.success(request, _("Your topic stands where it stood."))
    return redirect(found)


@require_POST
@signed_in
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    """Mark a post as the answer to the question it stands under, or take the mark back."""
    post = get_object_or_404(
        Post.objects.visible_to(request.user).select_related("topic__board"), pk=pk
    )
    chosen = post if request.POST.get("on", "1") == "1" else None
    actions.accept_answer(member=request.user, topic=post.topic, post=chosen)
    return redirect(post)
