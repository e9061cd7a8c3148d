"""Pages of private messages."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Member
from forums.base.afterwards import is_looked_at
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.reading.messages import actions, lists
from forums.reading.messages.forms import MessageForm, NewMessageForm, TakesForm
from forums.reading.messages.models import (
    Conversation,
    Message,
    MessageChoice,
    Participant,
    Takes,
)
from forums.text.handles import handle_key


@require_safe
@never_cache
@signed_in
def conversations(request: MemberRequest) -> HttpResponse:
    """Her conversations, what was said last first."""
    context = {"page": lists.page_of(request.user, request.GET)}
    return render(request, "messages/list.html", context)


@require_http_methods(WRITES)
@never_cache
@signed_in
def new(request: MemberRequest) -> HttpResponse:
    """Begin to write to one to seven members; to one she talks with already, in that conversation."""
    asked = request.GET.get("to", "")[:100]
    if request.method != "POST" and (there := _talks_with(request.user, asked)):
        return redirect(f"{there.get_absolute_url()}#write")
    form = NewMessageForm(*posted(request), initial={"to": asked}, member=request.user)
    sent = Submission(
        form,
        lambda data: actions.begin(
            writer=request.user,
            people=data["to"],
            body=data["body"],
            submission=data["submission"],
        ),
        drafts_of=request,
    )
    if sent.done:
        return redirect(_place_of(sent.made))
    return render(request, "messages/new.html", {"form": form}, status=sent.status)


def _talks_with(member: Member, handle: str) -> Conversation | None:
    key = handle_key(handle.lstrip("@"))
    person = Member.objects.shown().filter(handle_key=key).first() if key else None
    return lists.with_her_alone(member, person) if person else None


def _place_of(message: Message) -> str:
    return f"/messages/{message.conversation_id}/#last"


@require_http_methods(WRITES)
@never_cache
@signed_in
def conversation(request: MemberRequest, pk: int) -> HttpResponse:
    """What was said, the newest at the bottom, and the box to say more. What is shown is read."""
    member = request.user
    mine = _place_in(request, pk)
    form = MessageForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.send(
            writer=member,
            conversation=mine.conversation,
            body=data["body"],
            submission=data["submission"],
        ),
        drafts_of=request,
    )
    if sent.done:
        return redirect(_place_of(sent.made))
    page = lists.messages_of(member, mine, request.GET)
    if mine.unread_from and page.rows and is_looked_at(request):
        actions.mark_read(member=member, place=mine, until=page.rows[-1].pk)
    people = lists.others_in([pk], member).get(pk, [])
    context = {
        "conversation": mine.conversation,
        "names": lists.names_of(people),
        "people": [lists.reference(each) for each in people],
        "muted": mine.muted_at is not None,
        "page": page,
        "form": form,
        "closed": actions.refusal(member, mine.conversation, people),
    }
    return render(request, "messages/conversation.html", context, status=sent.status)


def _place_in(request: MemberRequest, pk: int) -> Participant:
    places = Participant.objects.of(request.user).select_related("conversation")
    return get_object_or_404(places, conversation=pk)


@require_POST
@signed_in
def mute(request: MemberRequest, pk: int) -> HttpResponse:
    """Be told nothing of a conversation (`on` is 1), or again (0)."""
    found = _place_in(request, pk).conversation
    on = request.POST.get("on", "1") == "1"
    actions.mute(member=request.user, conversation=found, on=on)
    if on:
        messages.success(request, _("You are told nothing more of this conversation."))
    else:
        messages.success(request, _("You are told again when somebody writes here."))
    return redirect(found)


@require_http_methods(WRITES)
@never_cache
@signed_in
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    """Leave a conversation, after reading what that does."""
    found = _place_in(request, pk).conversation
    if request.method == "POST":
        actions.leave(member=request.user, conversation=found)
        messages.success(request, _("You have left the conversation."))
        return redirect("conversations")
    people = lists.others_in([pk], request.user).get(pk, [])
    context = {"conversation": found, "names": lists.names_of(people)}
    return render(request, "messages/leave.html", context)


@require_POST
@signed_in
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one's own message back."""
    found = _message(request, pk)
    actions.take_back(member=request.user, message=found)
    messages.success(request, _("Taken back: its text is gone for everyone."))
    return redirect(f"/messages/{found.conversation_id}/")


@require_safe
@signed_in
def report(request: MemberRequest, pk: int) -> HttpResponse:
    """Where a message was reported once; now everything is at one place."""
    return redirect(f"/report/message/{_message(request, pk).pk}/")


def _message(request: HttpRequest, pk: int) -> Message:
    seen = Message.objects.visible_to(request.user).select_related("writer")
    return get_object_or_404(seen, pk=pk)


@require_http_methods(WRITES)
@never_cache
@signed_in
def choices(request: MemberRequest) -> HttpResponse:
    """From whom she takes messages."""
    hers = MessageChoice.objects.filter(member=request.user).values_list("takes", flat=True)
    initial = {"takes": hers.first() or Takes.EVERYONE}
    form = TakesForm(*posted(request), initial=initial)
    sent = Submission(form, lambda data: actions.choose(member=request.user, takes=data["takes"]))
    if sent.done:
        messages.success(request, _("Saved."))
        return redirect("settings_messages")
    context = {"section": "settings", "form": form}
    return render(request, "messages/choices.html", context, status=sent.status)
