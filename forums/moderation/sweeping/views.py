"""One page: what would be taken of a member, the form that takes it, and what was taken before."""

from django.contrib import admin, messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Member
from accounts.proof import need_proof
from forums.base.errors import NotAllowed
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted
from forums.moderation.permissions import can_suspend
from forums.moderation.sweeping import actions
from forums.moderation.sweeping.forms import SweepForm
from forums.moderation.sweeping.models import Sweep
from forums.moderation.sweeping.taking import PhraseMet, phrase_met, taking

_SHOWN = 10


@require_http_methods(WRITES)
def sweep_member(request: MemberRequest, pk: int) -> HttpResponse:
    """404 for nobody, 403 for whom only an administrator decides about."""
    member = get_object_or_404(Member, pk=pk)
    if not can_suspend(request.user, member):
        raise NotAllowed(
            _("Only an administrator can do this to a moderator, and nobody to herself.")
        )
    if request.method == "POST":
        need_proof(request)
    there = taking(member)
    form = SweepForm(*posted(request), moderator=request.user, patterns=there.patterns)
    met = _asked_again(request, form, member)
    unsent = SweepForm(moderator=request.user, patterns=there.patterns)
    sent = Submission(
        form if met is None else unsent,
        lambda data: actions.sweep(moderator=request.user, member=member, **data),
    )
    if sent.done:
        count = len(sent.made.posts) + len(sent.made.topics) + len(sent.made.parts)
        messages.success(request, _("Taken out of sight: %(count)d texts.") % {"count": count})
        return redirect("sweep", pk=member.pk)
    sweeps = Sweep.objects.filter(member=member).select_related("moderator").order_by("-pk")
    undoable = set(Sweep.objects.undoable().filter(member=member).values_list("pk", flat=True))
    context = {
        **admin.site.each_context(request),
        "title": _("Everything of %(name)s at once") % {"name": member},
        "member": member,
        "there": there,
        "form": form,
        "met": met,
        "sweeps": [(each, each.pk in undoable) for each in sweeps[:_SHOWN]],
    }
    return render(request, "admin/queue/sweep.html", context, status=sent.status)


def _asked_again(request: MemberRequest, form: SweepForm, member: Member) -> PhraseMet | None:
    """What a phrase would have met, until it was seen."""
    typed = request.POST.get("phrase", "").strip()
    if not typed or request.POST.get("seen") == typed or not form.is_valid():
        return None
    return phrase_met(typed, member)


@require_POST
def sweep_undone(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a sweep back."""
    need_proof(request)
    found = get_object_or_404(Sweep.objects.select_related("member"), pk=pk)
    why = _("A mistake: what was taken for spam is none.")
    if actions.undo_sweep(moderator=request.user, sweep=found, reason=why):
        messages.success(request, _("Undone. What this hid can be read again."))
    else:
        messages.info(request, _("This can be undone no more: it was, or the seven days are over."))
    return redirect("sweep", pk=found.member_id)
