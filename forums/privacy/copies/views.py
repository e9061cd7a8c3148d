"""Asking for a copy, and fetching it."""

from uuid import UUID

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums.base.errors import ForumError
from forums.base.view_helpers import MemberRequest, signed_in
from forums.privacy.copies import actions
from forums.privacy.copies.files import packed
from forums.privacy.copies.models import PersonalCopy


@require_POST
@signed_in
def ask(request: MemberRequest) -> HttpResponse:
    """Put it into the worker's hands."""
    try:
        actions.ask(member=request.user)
    except ForumError as error:
        messages.warning(request, str(error.message))
    else:
        messages.success(request, _("We are making your copy, and tell you when it is ready."))
    return redirect("settings_privacy")


@never_cache
@require_safe
@signed_in
@reauthentication_required(app="forums.privacy")
def fetch(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """The file, to whom it is about, after her password or key; anybody else's is not found."""
    mine = PersonalCopy.objects.visible_to(request.user)
    copy = mine.filter(key=key, expires_at__gt=timezone.now()).first()
    if copy is None:
        raise Http404
    try:
        file = open(packed(copy.key), "rb")  # noqa: SIM115 - the response closes it
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"roypalang-{timezone.localtime(copy.ready_at):%Y-%m-%d}.zip"
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
