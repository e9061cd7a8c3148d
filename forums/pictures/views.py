"""Pictures come in and go out; and what a text will look like, before it is sent."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from forums.base.asking_first import asked_about
from forums.base.errors import BadPicture
from forums.base.picture_giving import stored_picture
from forums.base.rate_limits import light_pace
from forums.base.view_helpers import MemberRequest, signed_in, wants_json, wants_part
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown, picture_path
from forums.pictures.forms import STANDS_STILL, PictureForm
from forums.pictures.models import Attachment
from forums.pictures.preview import preview_html
from forums.text.render import picture_address


@require_POST
@signed_in
def upload(request: MemberRequest) -> HttpResponse:
    """Take in a picture (fields picture, alt, caption) and say how a text shows it.

    Scripts (Accept: application/json) get JSON; a plain form gets a page with the line to copy.
    Refusals are answered by `roypalang.error_pages.refused`, in JSON as {"error": …}.
    """
    form = PictureForm(request.POST, request.FILES)
    if not form.is_valid():
        raise BadPicture(str(next(iter(form.errors.values()))[0]))
    picture = save_picture(uploader=request.user, **form.values)
    url = picture_address(id=str(picture.pk), size=picture.sizes[-1])
    line = markdown(picture)
    if not wants_json(request):
        context = {"picture": picture, "markdown": line, "url": url}
        if picture.stands_still:
            messages.info(request, STANDS_STILL)
        return render(request, "posts/uploaded.html", context, status=201)
    answer = {
        "id": str(picture.pk),
        "address": picture.address,
        "markdown": line,
        "width": picture.width,
        "height": picture.height,
        "url": url,
        "small": picture_address(id=str(picture.pk), size=picture.sizes[0]),
    }
    if picture.stands_still:
        answer["note"] = str(STANDS_STILL)
    return JsonResponse(answer, status=201, json_dumps_params={"ensure_ascii": False})


@require_safe
def largest(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The address a text names a picture by: redirects to its largest size."""
    picture, _open = _visible(request, pk)
    return redirect(picture_address(id=str(picture.pk), size=picture.sizes[-1]))


@require_safe
@csp_override({"default-src": [CSP.NONE], "sandbox": True})  # type: ignore[dict-item]
def picture(request: HttpRequest, pk: UUID, size: int) -> HttpResponseBase:
    """One size of a picture, to whoever may read the post it stands in: asked anew on every GET.

    What everyone may read may be kept for an hour, by anyone. What only some may read is kept by
    their own browser and never shown again without asking here first, so that it is gone at once
    for a member who was removed, or when the post is hidden.
    """
    found, open_to_all = _visible(request, pk)
    if size not in found.sizes:
        raise Http404
    # A size of an id never changes: what it is called says what it is.
    etag = f'"{found.pk.hex}-{size}"'
    response = stored_picture(request, picture_path(found, size), etag=etag, is_there=True)
    if not open_to_all and response.status_code != 503:
        response["Cache-Control"] = "private, no-cache"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _visible(request: HttpRequest, pk: UUID) -> tuple[Attachment, bool]:
    """The picture, and whether everyone may see it; Http404 when this reader may not."""
    for_all = Attachment.objects.visible_to(AnonymousUser()).filter(pk=pk).first()
    if for_all or not request.user.is_authenticated:  # the session is not touched for what is open
        if for_all is None:
            raise Http404
        return for_all, True
    return get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk), False


@require_POST
@light_pace("preview")
@signed_in
def preview(request: MemberRequest) -> HttpResponse:
    """What `body` will look like in `topic` or `board`. With ?hints=1 only what its writer may want to take out of it.

    Scripts get a fragment, a plain form a whole page. Raises BadText for nothing, or too much.
    """
    body = request.POST.get("body", "")
    context: dict[str, Any] = {"asked": asked_about(body)}
    if "hints" in request.GET:
        return render(request, "components/hints.html", context)
    shown = preview_html(body, reader=request.user, where=request.POST)
    context |= {"preview": shown, "body": body}
    part = wants_part(request)
    return render(request, "components/preview.html" if part else "posts/preview.html", context)
