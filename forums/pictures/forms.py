"""One press of a button in a form that writes a text: attach a picture, preview, or send."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import BadPicture, ForumError
from forums.base.view_helpers import MemberRequest, Submission, refuse
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.pictures.models import Attachment
from forums.pictures.preview import preview_html

STANDS_STILL = gettext_lazy("This picture moved. Here its first moment stands still.")


class Composing[Made](Submission[Made]):
    """A submission by a form that can also `attach` and `preview`: then it comes again, with what was asked."""

    preview: SafeString | None = None

    def __init__(
        self,
        request: MemberRequest,
        form: BaseForm,
        write: Callable[[dict[str, Any]], Made],
        *,
        text: str = "body",
        passing: type[ForumError] | tuple[()] = (),
        refuse: Callable[[Any, ForumError], int] = refuse,
    ) -> None:
        """`text` is the field that pictures are added to, and that is previewed."""
        if not request.POST.keys() & {"attach", "preview"}:
            super().__init__(form, write, passing=passing, refuse=refuse)
            return
        try:
            if "attach" in request.POST:
                form.data = _with_picture(request, text)
            else:
                self.preview = preview_html(request.POST.get(text, ""))
        except ForumError as error:
            self.refusal, self.status = error, refuse(form, error)


def _with_picture(request: MemberRequest, text: str) -> QueryDict:
    """The typed data with the attached picture's Markdown at the end of the text."""
    data = request.POST.copy()
    picture = sent_picture(request)
    if picture.stands_still:
        messages.info(request, STANDS_STILL)
    data[text] = data.get(text, "").rstrip() + f"\n\n{markdown(picture)}\n"
    return data


def sent_picture(request: MemberRequest) -> Attachment:
    """Save the picture a form sent along (fields picture, alt, caption).

    Raises BadPicture when no file was chosen, and what `save_picture` raises.
    """
    file = request.FILES.get("picture")
    if not file:
        raise BadPicture(_("Please choose a picture first."))
    return save_picture(
        uploader=request.user,
        file=file,
        alt=request.POST.get("alt", ""),
        caption=request.POST.get("caption", ""),
    )
