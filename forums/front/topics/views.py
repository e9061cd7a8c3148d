"""Pages of topics: the lists, one topic, and the forms that write it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums.activities import rows as strip
from forums.base.errors import NotAllowed
from forums.base.view_helpers import page_number, pager, signed_in
from forums.discussions.boards.models import Board
from forums.discussions.openings import actions
from forums.discussions.openings.forms import KIND_HINTS, EditTopicForm, StartForm
from forums.discussions.posts import cards, stream
from forums.discussions.posts.composing import Composing
from forums.discussions.posts.forms import reply_form
from forums.discussions.posts.labels import words
from forums.discussions.posts.models import PAGE, Attachment, Post
from forums.discussions.standpoints.choosing import Choice, choice
from forums.discussions.topics import lists
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import Kind, Tag, Topic
from forums.discussions.topics.permissions import can_accept, can_delete, can_edit, can_reply
from forums.discussions.voices.permissions import is_shared
from forums.groups.directory import lists as directory
from forums.groups.memberships.models import roles_of
from forums.groups.memberships.permissions import can_moderate_in
from forums.pictures.storage import save_picture
from forums.search.related.lists import shown_under, similar_topics
from forums.text.slugs import slugify

LISTS: dict[str, Callable[..., lists.Page]] = {
    "home": lists.latest,
    "new": lists.newest,
    "unanswered": lists.unanswered,
    "hot": lists.hot,
}


@require_safe
def topic_list(request: HttpRequest, order: str) -> HttpResponse:
    """Home and its sisters: latest, new, unanswered, hot."""
    topics = Topic.objects.for_list(request.user)
    if order == "home" and request.user.is_authenticated and request.user.see_others:
        page = lists.latest_seeing_others(topics, request.GET, member=request.user)
    else:
        page = LISTS[order](topics, request.GET)
    welcome = order == "home" and page.is_first and not request.user.is_authenticated
    context: dict[str, Any] = {"order": order, "page": page, "welcome": welcome}
    context["networks"] = directory.active() if order == "home" else []
    boards = list(Board.objects.visible_to(request.user).of_the_house()[:60])
    context["boards"] = [board for board in boards if board.parent_id is None][:12]
    context["activities"] = strip.coming(request.user) if order == "home" else []
    holding = {board.parent_id for board in boards}
    context["rooms"] = [board for board in boards if board.pk not in holding][:8]
    return render(request, "topics/list.html", context)


@require_safe
def topic(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One topic: its text and a page of comments, each with its first ten replies."""
    found = topic_at(pk, request.user)
    if slug != found.slug:
        query = request.GET.urlencode()
        return redirect(found.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    pages = max(1, -(-found.last_number // PAGE))
    number = page_number(request, pages=pages)
    trees = stream.page_rows(found.pk, first=(number - 1) * PAGE + (number > 1), last=number * PAGE)
    opener = trees.pop(0) if number == 1 and trees and trees[0]["number"] == 0 else None
    rows = stream.flat(trees) + ([opener] if opener else [])
    accepted = None
    if found.accepted_post_id and number == 1:
        accepted = stream.one_row(found.accepted_post_id)
    stream.mark_reactions(rows, request.user)
    may_reply = can_reply(request.user, found)
    may = {
        "open": found.is_listed and found.locked_at is None,
        "may_react": request.user.is_authenticated,
        "may_accept": can_accept(request.user, found),
        "may_delete": may_reply and can_delete(request.user, found),
        "met": bool(found.voices),
        "may_moderate": can_moderate_in(request.user, found.board.network_id),
    }
    cards.set_cards(stream.flat(trees), topic=found, member=request.user, **may)
    cards.set_threads(trees)
    tags, people, networks = lists.around(found)
    return render(
        request,
        "topics/topic.html",
        {
            "topic": found,
            "opener": opener,
            "comments": trees,
            "accepted": accepted,
            "tags": tags,
            "people": people,
            "networks": networks,
            "voice_count": sum(1 for network in networks if network["posts"]),
            "related": shown_under(found, request.user),
            **pager(number, pages),
            "may_reply": may_reply,
            "activities": strip.of_topic(found, request.user) if found.has_activities else [],  # type: ignore[attr-defined]
            "may_share": request.user.is_authenticated and is_shared(found),
            "may_edit": may_reply and can_edit(request.user, found),
            "form": reply_form(request.user, found) if may_reply else None,
            **may,
            **words(),
        },
    )


@signed_in
def start(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Start a topic: choose its kind, then write."""
    initial = {"kind": request.GET.get("kind") or Kind.CONVERSATION, "board": slug}
    if request.method != "POST":
        form = StartForm(
            initial=initial, member=request.user, at=slug, choice=_choice(request, slug)
        )
        return _start_page(request, form)
    form = StartForm(
        request.POST, request.FILES, member=request.user, at=slug, choice=_choice(request, slug)
    )
    composing = Composing(
        request,
        form,
        lambda data: actions.start_topic(
            author=request.user,  # type: ignore[arg-type]
            board=data["board"],
            kind=data["kind"],
            title=data["title"],
            body=data["body"],
            tags=data["tags"],
            cover=_cover(request, data),
            submission=data["submission"],
            **form.spoken,
        ),
    )
    return composing.sent or _start_page(request, form, composing)


def _choice(request: HttpRequest, slug: str) -> Choice:
    """From where she may speak; the network of the board in the address is proposed."""
    host = None
    if slug and roles_of(request.user):
        boards = Board.objects.visible_to(request.user).filter(slug=slug)
        host = boards.values_list("network_id", flat=True).first()
    return choice(request.user, host=host)


def _start_page(
    request: HttpRequest, form: StartForm, composing: Composing | None = None
) -> HttpResponse:
    kinds = [(kind, label, KIND_HINTS[Kind(kind)]) for kind, label in Kind.choices]
    context = {"form": form, "kinds": kinds, "preview": composing and composing.preview}
    status = composing.status if composing else 200
    return render(request, "topics/start.html", context, status=status)


@signed_in
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a topic's title, text, tags and cover."""
    found = get_object_or_404(
        Topic.objects.visible_to(request.user).select_related("board", "author", "cover"), pk=pk
    )
    post = get_object_or_404(Post, topic=found, number=0, reply_number=0)
    if not can_edit(request.user, found):
        raise NotAllowed(_("Only its author can change a topic, and only while it is open."))
    context: dict[str, Any] = {"topic": found}
    if request.method != "POST":
        form = EditTopicForm(
            initial={
                "title": found.title,
                "body": post.body,
                "tags": " ".join(tag["name"] for tag in lists.tags_of(found.pk)),
                "revision": post.revision_count,
            }
        )
        return render(request, "topics/edit.html", context | {"form": form})
    form = EditTopicForm(request.POST, request.FILES)
    composing = Composing(
        request,
        form,
        lambda data: actions.edit_topic(
            editor=request.user,  # type: ignore[arg-type]
            topic=found,
            title=data["title"],
            body=data["body"],
            tags=data["tags"],
            cover=_cover(request, data) or (None if data["remove_cover"] else found.cover),
            reason=data["reason"],
            seen_revision=data["revision"],
        ),
    )
    context |= {"form": form, "preview": composing.preview}
    return composing.sent or render(request, "topics/edit.html", context, status=composing.status)


def _cover(request: HttpRequest, data: dict[str, Any]) -> Attachment | None:
    if not data.get("cover"):
        return None
    return save_picture(uploader=request.user, file=data["cover"], alt=data["title"])  # type: ignore[arg-type]


@signed_in
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then take back a topic nobody has answered."""
    found = get_object_or_404(Topic.objects.visible_to(request.user).select_related("board"), pk=pk)
    if request.method == "POST":
        actions.delete_topic(member=request.user, topic=found)  # type: ignore[arg-type]
        messages.success(request, _("The topic is deleted."))
        return redirect(found.board)
    if not can_delete(request.user, found):
        raise NotAllowed(_("Only its author can delete a topic, and only before it is answered."))
    return render(request, "topics/delete.html", {"topic": found})


@require_POST
@signed_in
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a post as the answer to the question it stands under, or take the mark back."""
    post = get_object_or_404(
        Post.objects.visible_to(request.user).select_related("topic__board"), pk=pk
    )
    chosen = post if request.POST.get("on", "1") == "1" else None
    actions.accept_answer(member=request.user, topic=post.topic, post=chosen)  # type: ignore[arg-type]
    return redirect(post)


@require_safe
@signed_in
def similar(request: HttpRequest) -> HttpResponse:
    """A fragment: topics near the title being typed."""
    title = request.GET.get("title", "")[:300]
    return render(
        request, "topics/_similar.html", {"topics": similar_topics(title, member=request.user)}
    )


@require_safe
def tags(request: HttpRequest) -> HttpResponse:
    """The tags most used in topics everyone may read."""
    found = Tag.objects.filter(topic_count__gt=0).order_by("-topic_count", "sort_key")[:200]
    return render(request, "topics/tags.html", {"tags": found})


@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """The topics of one tag, and its networks. A tag only on what one may not read is 404, like no tag."""
    found = get_object_or_404(Tag, slug=slug)
    topics = Topic.objects.for_list(request.user).filter(taggedtopic__tag=found)
    page = lists.newest(topics, request.GET)
    networks, more_networks = directory.tagged(found.slug)
    if not page.rows and page.is_first and not networks:
        raise Http404
    context = {"tag": found, "page": page, "networks": networks, "more_networks": more_networks}
    return render(request, "topics/tag.html", context)


@require_safe
@signed_in
def suggest_tags(request: HttpRequest) -> HttpResponse:
    """A fragment: tags that begin with what is being typed."""
    words = request.GET.get("q", "")[:300].split()
    typed = slugify(words[-1]) if words else ""
    found = Tag.objects.filter(topic_count__gt=0, slug__startswith=typed)
    return render(
        request, "topics/_tags.html", {"tags": found.order_by("-topic_count", "sort_key")[:8]}
    )
