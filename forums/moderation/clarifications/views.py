"""Ask for a reply, see what became of it, take it back; for moderators: take it down, or pin it again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.second_step import lacks_second_step
from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.topics.models import Topic
from forums.moderation.clarifications import actions
from forums.moderation.clarifications.forms import ClarifyForm
from forums.moderation.clarifications.models import Clarification
from forums.moderation.clarifications.permissions import can_decide
from forums.moderation.desks.site import to_second_step
from forums.moderation.forms import ActForm


@signed_in
def clarify(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask that one's reply be pinned; where it waits or stands already, what became of it."""
    topic = _topic(request, pk)
    if topic.author_id == request.user.pk:
        raise NotAllowed(_("You wrote this topic: your side stands in its text."))
    hers = Clarification.objects.filter(topic=topic, member=request.user).order_by("-pk").first()
    if hers is not None and hers.ended_at is None:
        return redirect("clarification", pk=topic.pk, reply=hers.pk)
    form = ClarifyForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.ask(
            member=request.user,
            topic=topic,
            named=data["named"],
            how=data["how"],
            body=data["body"],
        ),
    )
    if sent.done:
        messages.success(request, _("The moderators have it. You will be told what they decide."))
        return redirect("clarification", pk=topic.pk, reply=sent.made.pk)
    context = {"topic": topic, "form": form, "last": hers}
    return render(request, "clarifications/ask.html", context, status=sent.status)


@signed_in
def one(request: MemberRequest, pk: int, reply: int) -> HttpResponse:
    """One reply: for her who asked, with what became of it; for moderators, who pin it or take it down."""
    topic = _topic(request, pk)
    found = _reply(request, topic, reply)
    may_decide = can_decide(request.user, found)
    if not may_decide and found.member_id != request.user.pk:
        raise NotAllowed
    form = None
    status = 200
    if may_decide and not found.waits:
        if request.user.is_staff and lacks_second_step(request.user):
            return to_second_step(request)
        form = ActForm(*posted(request), moderator=request.user)
        act = actions.take_down if found.pinned_at else actions.pin_reply
        sent = Submission(
            form,
            lambda data: act(moderator=request.user, clarification=found, reason=data["reason"]),
            passing=NotAllowed,
        )
        if sent.done:
            messages.success(request, _("Done; it stands in the log, with your reason."))
            return redirect(topic)
        status = sent.status
    context = {
        "topic": topic,
        "reply": found,
        "form": form,
        "hers": found.member_id == request.user.pk,
    }
    return render(request, "clarifications/reply.html", context, status=status)


@require_POST
@signed_in
def take_back(request: MemberRequest, pk: int, reply: int) -> HttpResponse:
    """She wants it no more."""
    topic = _topic(request, pk)
    found = get_object_or_404(Clarification, pk=reply, topic=topic, member=request.user)
    actions.take_back(member=request.user, clarification=found)
    messages.success(request, _("Your reply is taken back."))
    return redirect(topic)


def _topic(request: HttpRequest, pk: int) -> Topic:
    topics = Topic.objects.visible_to(request.user).select_related("board")
    return get_object_or_404(topics, pk=pk)


def _reply(request: HttpRequest, topic: Topic, pk: int) -> Clarification:
    there = Clarification.objects.visible_to(request.user).select_related("member")
    found: Clarification = get_object_or_404(there, pk=pk, topic=topic)
    found.topic = topic
    return found
