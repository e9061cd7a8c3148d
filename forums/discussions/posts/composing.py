"""One press of a button in a form that writes: attach a picture, preview, or send."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import SafeString

from forums.base.errors import ForumError
from forums.base.view_helpers import refuse
from forums.pictures.preview import preview_html
from forums.pictures.storage import attach_from_request


class Composing:
    """What became of it: `sent` (where to go on), else the form again with `preview` and `status`."""

    def __init__(
        self, request: HttpRequest, form: BaseForm, write: Callable[[dict[str, Any]], Model]
    ) -> None:
        """`write` is given the clean values and returns what it wrote; a ForumError goes above the form."""
        self.sent: HttpResponse | None = None
        self.preview: SafeString | None = None
        self.status = 200
        try:
            if "attach" in request.POST:
                form.data = _with_picture(request)
            elif "preview" in request.POST:
                self.preview = preview_html(request.POST.get("body", ""))
            elif form.is_valid():
                self.sent = redirect(write(form.cleaned_data))  # type: ignore[call-overload]
            else:
                self.status = 400
        except ForumError as error:
            form.is_valid()  # so that the error has a place to go
            self.status = refuse(form, error)


def _with_picture(request: HttpRequest) -> Any:
    """The typed data with the attached picture's Markdown at the end of the text."""
    data = request.POST.copy()
    if markdown := attach_from_request(request):
        data["body"] = data.get("body", "").rstrip() + f"\n\n{markdown}\n"
    return data
