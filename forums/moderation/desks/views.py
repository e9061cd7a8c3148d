"""One page that asks why, for the acts a topic or a post offers where it stands."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.second_step import lacks_second_step
from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.desks.acts import POST_ACTS, TOPIC_ACTS, ModerationAct
from forums.moderation.desks.site import to_second_step
from forums.moderation.lookups import number_in
from forums.moderation.permissions import can_keep_order


@signed_in
def act(request: MemberRequest, act: str) -> HttpResponse:
    """Ask why, and do it: to the one topic or post that `?topic=` or `?post=` names."""
    offer, target = _asked(request, act)
    topic = target.topic if isinstance(target, Post) else target
    if not can_keep_order(request.user, topic.board):
        raise NotAllowed
    if request.user.is_staff and lacks_second_step(request.user):
        return to_second_step(request)
    if not offer.applies(target):
        messages.info(request, _("It is so already: nothing is left to do."))
        return redirect(target)
    form = offer.form(*posted(request), moderator=request.user)
    name = "post" if isinstance(target, Post) else "topic"
    sent = Submission(
        form,
        lambda data: offer.run(moderator=request.user, **{name: target}, **data),
        passing=NotAllowed,
    )
    if sent.done:
        messages.success(request, _("Done; it stands in the log, with your reason."))
        return redirect(target)
    context = {"offer": offer, "target": target, "topic": topic, "form": form}
    return render(request, "moderation/act.html", context, status=sent.status)


def _asked(request: HttpRequest, act: str) -> tuple[ModerationAct, Topic | Post]:
    """Which act on what; Http404 for what is none, or cannot be seen."""
    is_post = "post" in request.GET
    number = number_in(request.GET.get("post" if is_post else "topic", ""))
    offers = POST_ACTS if is_post else TOPIC_ACTS
    offer = next((offer for offer in offers if offer.act == act and offer.asks_only_why), None)
    if offer is None or number is None:
        raise Http404
    if is_post:
        posts = Post.objects.visible_to(request.user).select_related("topic__board", "author")
        return offer, get_object_or_404(posts, pk=number)
    topics = Topic.objects.visible_to(request.user).select_related("board")
    return offer, get_object_or_404(topics, pk=number)
