"""The notes about one member, in the admin."""

from django.contrib import admin, messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Member
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted
from forums.moderation.notes.actions import take_note_away, write_note
from forums.moderation.notes.forms import StaffNoteForm
from forums.moderation.notes.models import StaffNote


@require_http_methods(WRITES)
def member_notes(request: MemberRequest, pk: int) -> HttpResponse:
    """What was noted about her, and a form for one more. 404 for one's own."""
    member = get_object_or_404(Member.objects.exclude(pk=request.user.pk), pk=pk)
    form = StaffNoteForm(*posted(request))
    sent = Submission(form, lambda data: write_note(author=request.user, member=member, **data))
    if sent.done:
        messages.success(request, _("Noted."))
        return redirect("staff_notes", pk=member.pk)
    notes = StaffNote.objects.visible_to(request.user).filter(member=member).in_force()
    context = {
        **admin.site.each_context(request),
        "title": _("Notes about %(name)s") % {"name": member},
        "member": member,
        "notes": notes.select_related("author"),
        "form": form,
    }
    return render(request, "admin/queue/notes.html", context, status=sent.status)


@require_POST
def note_gone(request: MemberRequest, pk: int) -> HttpResponse:
    """Take one away."""
    note = get_object_or_404(StaffNote.objects.visible_to(request.user), pk=pk)
    take_note_away(moderator=request.user, note=note)
    messages.success(request, _("The note is gone."))
    return redirect("staff_notes", pk=note.member_id)
