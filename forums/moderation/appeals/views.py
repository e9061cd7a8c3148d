"""The statement of reasons, with the form that asks to look again: signed in, or by the letter's link."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import Member
from forums.base.rate_limits import light_pace
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.moderation.appeals import actions
from forums.moderation.appeals.forms import AppealForm
from forums.moderation.appeals.models import Appeal
from forums.moderation.appeals.permissions import can_appeal, can_read_reasons
from forums.moderation.letters import from_letter
from forums.moderation.models import Decision
from forums.moderation.statements.reasons import loaded, reasons_of


@require_http_methods(WRITES)
@signed_in
def reasons(request: MemberRequest, pk: int) -> HttpResponse:
    """What was decided about what is hers, and why; she may ask here that somebody else looks again."""
    return _page(request, _hers(pk, request.user.pk), request.user)


@never_cache
@require_http_methods(WRITES)
@light_pace("letters", by_address=True)
def reasons_by_letter(request: HttpRequest, token: str) -> HttpResponse:
    """The same to who has the letter: a suspended member cannot sign in."""
    named = from_letter(token)
    if named is None:
        raise Http404
    decision = _hers(*named)
    reader = get_object_or_404(Member, pk=named[1])
    return _page(request, decision, reader, by_letter=True)


def _hers(pk: int, member_id: int) -> Decision:
    decision = loaded(pk)
    if decision is None or not can_read_reasons(member_id, decision):
        raise Http404
    return decision


def _page(
    request: HttpRequest, decision: Decision, reader: Member, *, by_letter: bool = False
) -> HttpResponse:
    form = AppealForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.appeal(member=reader, decision=decision, words=data["words"]),
    )
    if sent.done:
        messages.success(request, _("Sent. Somebody else looks at it again, and you will be told."))
        return redirect(request.path)
    asked = Appeal.objects.filter(decision=decision).first()
    undone = actions.was_undone(decision)
    context: dict[str, Any] = {
        "reasons": reasons_of(decision, reader),
        "decision": decision,
        "appeal": asked,
        "same_moderator": asked is not None
        and asked.answered_by_id is not None
        and asked.answered_by_id == decision.moderator_id,
        "undone": undone,
        "may_appeal": asked is None
        and not undone
        and can_appeal(reader.pk, decision, timezone.now()),
        "form": form,
        "by_letter": by_letter,
    }
    return render(request, "appeals/reasons.html", context, status=sent.status)
