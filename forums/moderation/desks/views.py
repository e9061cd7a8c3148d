"""For whoever keeps order in a board, on the site's own pages: what can be decided about a topic, a post, or what stands in
one, and a page for each that asks why."""

from collections.abc import Sequence
from typing import Any, NamedTuple

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
from forums.groups.memberships.permissions import can_moderate_in
from forums.moderation.desks.acts import POST_ACTS, TOPIC_ACTS, ModerationAct
from forums.moderation.desks.site import to_second_step
from forums.moderation.desks.withdrawals import PART_ACTS
from forums.moderation.lookups import number_in
from forums.moderation.subjects import Subject, subject_at

_OFFERS = {"post": POST_ACTS, "topic": TOPIC_ACTS, **PART_ACTS}


class LookedAfter(NamedTuple):
    """What is decided about, by its kind, with where it stands: `topic` where it has one, `url` where one goes back to.
    `part`: of what has no page among topics and posts, how it is named."""

    kind: str
    target: Any
    topic: Topic | None
    url: str
    part: Subject | None = None

    @property
    def offers(self) -> Sequence[ModerationAct]:
        return _OFFERS[self.kind]


@require_safe
@signed_in
def acts(request: MemberRequest) -> HttpResponse:
    """All that can be decided about the one thing that `?topic=`, `?post=`, `?poll=` … names."""
    there = _looked_after(request)
    offered = [
        (offer, f"/moderation/act/{offer.act}/?{there.kind}={there.target.pk}")
        for offer in there.offers
        if offer.by_networks and offer.applies(there.target)
    ]
    context = {**there._asdict(), "offered": offered}
    return render(request, "moderation/acts.html", context)


@signed_in
def act(request: MemberRequest, act: str) -> HttpResponse:
    """Ask why, and do it: to the one thing that `?topic=`, `?post=`, `?poll=` … names."""
    known = {each.act.value for offers in _OFFERS.values() for each in offers if each.by_networks}
    if act not in known:
        raise Http404
    there = _looked_after(request)
    found = next((each for each in there.offers if each.act == act and each.by_networks), None)
    if found is None:
        raise Http404
    if request.user.is_staff and lacks_second_step(request.user):
        return to_second_step(request)
    if not found.applies(there.target):
        messages.info(request, _("It is so already: nothing is left to do."))
        return redirect(there.url)
    begun = {"numbers": request.GET.get("numbers", "")}
    form = found.form(*posted(request), moderator=request.user, initial=begun)
    sent = Submission(
        form,
        lambda data: found.run(moderator=request.user, **{there.kind: there.target}, **data),
        passing=NotAllowed,
    )
    if sent.done:
        messages.success(request, _("Done; it stands in the log, with your reason."))
        return redirect(there.url)
    context = {**there._asdict(), "offer": found, "form": form}
    return render(request, "moderation/act.html", context, status=sent.status)


def _looked_after(request: MemberRequest) -> LookedAfter:
    """Http404 where it cannot be seen, NotAllowed for who keeps no order there."""
    there, network = _there(request)
    if not can_moderate_in(request.user, network):
        raise NotAllowed
    return there


def _there(request: HttpRequest) -> tuple[LookedAfter, int | None]:
    """What the address names, and in whose boards it stands."""
    kind = next((each for each in ("post", *PART_ACTS) if each in request.GET), "topic")
    asked = request.GET.get(kind, "")
    if kind in PART_ACTS:
        part = subject_at(kind, asked, request.user)
        if part is None:
            raise Http404
        topic = getattr(part.thing, "topic", None)
        return LookedAfter(kind, part.thing, topic, part.url, part), part.network_id
    number = number_in(asked)
    if number is None:
        raise Http404
    target: Any
    if kind == "post":
        posts = Post.objects.visible_to(request.user).select_related("topic__board", "author")
        target = get_object_or_404(posts, pk=number)
        topic = target.topic
    else:
        topics = Topic.objects.visible_to(request.user).select_related("board")
        target = topic = get_object_or_404(topics, pk=number)
    return LookedAfter(kind, target, topic, target.get_absolute_url()), topic.board.network_id
