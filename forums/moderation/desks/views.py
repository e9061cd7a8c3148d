"""For whoever keeps order in a board, on the site's own pages: what can be decided about a topic or post, and a page for
each that asks why."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.second_step import lacks_second_step
from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.desks.acts import POST_ACTS, TOPIC_ACTS, ModerationAct
from forums.moderation.desks.site import to_second_step
from forums.moderation.lookups import number_in
from forums.moderation.permissions import can_keep_order


@require_safe
@signed_in
def acts(request: MemberRequest) -> HttpResponse:
    """All that can be decided about the one topic or post that `?topic=` or `?post=` names."""
    target, topic = _looked_after(request)
    name = _name(target)
    offered = [
        (offer, f"/moderation/act/{offer.act}/?{name}={target.pk}")
        for offer in _offers(target)
        if offer.by_networks and offer.applies(target)
    ]
    context = {"target": target, "topic": topic, "offered": offered}
    return render(request, "moderation/acts.html", context)


@signed_in
def act(request: MemberRequest, act: str) -> HttpResponse:
    """Ask why, and do it: to the one topic or post that `?topic=` or `?post=` names."""
    known = {offer.act.value for offer in (*POST_ACTS, *TOPIC_ACTS) if offer.by_networks}
    if act not in known:
        raise Http404
    target, topic = _looked_after(request)
    found = next((each for each in _offers(target) if each.act == act and each.by_networks), None)
    if found is None:
        raise Http404
    if request.user.is_staff and lacks_second_step(request.user):
        return to_second_step(request)
    if not found.applies(target):
        messages.info(request, _("It is so already: nothing is left to do."))
        return redirect(target)
    begun = {"numbers": request.GET.get("numbers", "")}
    form = found.form(*posted(request), moderator=request.user, initial=begun)
    sent = Submission(
        form,
        lambda data: found.run(moderator=request.user, **{_name(target): target}, **data),
        passing=NotAllowed,
    )
    if sent.done:
        messages.success(request, _("Done; it stands in the log, with your reason."))
        return redirect(target)
    context = {"offer": found, "target": target, "topic": topic, "form": form}
    return render(request, "moderation/act.html", context, status=sent.status)


def _looked_after(request: MemberRequest) -> tuple[Topic | Post, Topic]:
    """The topic or post, and the topic it stands in; Http404 where it cannot be seen, NotAllowed for who keeps no order
    there."""
    target = _target(request)
    topic = target.topic if isinstance(target, Post) else target
    if not can_keep_order(request.user, topic.board):
        raise NotAllowed
    return target, topic


def _target(request: HttpRequest) -> Topic | Post:
    is_post = "post" in request.GET
    number = number_in(request.GET.get("post" if is_post else "topic", ""))
    if number is None:
        raise Http404
    if is_post:
        posts = Post.objects.visible_to(request.user).select_related("topic__board", "author")
        return get_object_or_404(posts, pk=number)
    topics = Topic.objects.visible_to(request.user).select_related("board")
    return get_object_or_404(topics, pk=number)


def _name(target: Topic | Post) -> str:
    return "post" if isinstance(target, Post) else "topic"


def _offers(target: Topic | Post) -> tuple[ModerationAct, ...]:
    return POST_ACTS if isinstance(target, Post) else TOPIC_ACTS
