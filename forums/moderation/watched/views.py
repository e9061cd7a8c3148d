"""The lists in the admin: what is watched for, a new entry, taking one off, and a box that shows what a text would meet."""

from django.contrib import admin, messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forums.base.keyset import NUMBER, Keyset
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted
from forums.moderation.watched.actions import retire_entry, watch
from forums.moderation.watched.forms import WatchForm
from forums.moderation.watched.matching import lists
from forums.moderation.watched.models import WatchedEntry
from forums.text.render import MAX_SOURCE

SIZE = 50
_NEWEST = Keyset({"pk": NUMBER}, falling=True, onward="before")


@require_http_methods(WRITES)
def watched(request: MemberRequest) -> HttpResponse:
    """The lists, newest first; sent, a new entry. `?try=` is the text that is tried."""
    form = WatchForm(*posted(request))
    sent = Submission(form, lambda data: watch(moderator=request.user, **data))
    if sent.done:
        messages.success(request, _("“%(text)s” is watched for now.") % {"text": sent.made.text})
        return redirect("watched")
    tried = request.GET.get("try", "")[:MAX_SOURCE]
    entries = WatchedEntry.objects.in_force(timezone.now()).select_related("created_by")
    context = {
        **admin.site.each_context(request),
        "title": _("Lists of what is watched for"),
        "form": form,
        "tried": tried,
        "hits": lists().met_in(tried) if tried else [],
        "labels": dict(WatchForm.base_fields["follows"].choices),  # type: ignore[attr-defined]
        "page": _NEWEST.page(entries, request.GET, size=SIZE),
    }
    return render(request, "admin/watched.html", context, status=sent.status)


@require_POST
def watched_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Take an entry off."""
    entry = get_object_or_404(WatchedEntry, pk=pk)
    if retire_entry(moderator=request.user, entry=entry):
        messages.success(request, _("“%(text)s” is watched for no more.") % {"text": entry.text})
    return redirect("watched")
