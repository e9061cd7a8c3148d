"""One press of a button in a form that writes a text: attach a picture, preview, or send."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import messages
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from forums.base.errors import ForumError
from forums.base.form_fields import Text, says
from forums.base.limits import fitting_line
from forums.base.view_helpers import MemberRequest, Submission, fill, refuse
from forums.pictures.actions import save_picture
from forums.pictures.files import markdown
from forums.pictures.models import WORDS_LENGTH, Attachment
from forums.pictures.preview import preview_html

STANDS_STILL = _("This picture moved. Here its first moment stands still.")


class PictureForm(forms.Form):
    """A picture with its words: the panel of an editor, and what a script sends to /upload/."""

    picture = forms.FileField(
        label=_("Picture"),
        allow_empty_file=True,  # said by the action, as of all that is no picture
        error_messages={"required": _("Please choose a picture first.")},
    )
    alt = Text(label=_("What does it show?"), required=False, limit=WORDS_LENGTH)
    caption = Text(label=_("Words under the picture"), required=False, limit=WORDS_LENGTH)

    def clean_alt(self) -> str:
        return says(fitting_line, self.cleaned_data["alt"], WORDS_LENGTH)

    def clean_caption(self) -> str:
        return says(fitting_line, self.cleaned_data["caption"], WORDS_LENGTH)

    @property
    def values(self) -> dict[str, Any]:
        """What `save_picture` is given."""
        data = self.cleaned_data
        return {"file": data["picture"], "alt": data["alt"], "caption": data["caption"]}


class Composing[Made](Submission[Made]):
    """A submission by a form that keeps drafts, and can also `attach` and `preview`: then it comes again, with what
    was asked.

    So it does when it is sent with a picture chosen that does not stand in the text yet: it stands there
    now (`attached`), and is looked at before it is sent.
    """

    preview: SafeString | None = None
    attached: Attachment | None = None
    panel: PictureForm | None = None  # as it was refused

    def __init__(
        self,
        request: MemberRequest,
        form: forms.BaseForm,
        write: Callable[[dict[str, Any]], Made],
        *,
        text: str = "body",
        where: Mapping[str, Any] = MappingProxyType({}),
        passing: type[ForumError] | tuple[()] = (),
        refuse: Callable[[Any, ForumError], int] = refuse,
    ) -> None:
        """`text` is the field that pictures are added to, and that is previewed; `where` it will stand, for that."""
        if "picture" not in form.fields and (
            "attach" in request.POST or request.FILES.get("picture")
        ):
            self._attach(request, form, text)
            return
        if "preview" not in request.POST:
            super().__init__(form, write, passing=passing, refuse=refuse, drafts_of=request)
            return
        try:
            typed = request.POST.get(text, "")
            self.preview = preview_html(typed, reader=request.user, where=where)
        except ForumError as error:
            self.refusal, self.status = error, refuse(form, error)

    @property
    def shown(self) -> dict[str, Any]:
        """What components/editor.html, and the preview under it, are given."""
        return {"preview": self.preview, "attached": self.attached, "panel": self.panel}

    def _attach(self, request: MemberRequest, form: forms.BaseForm, text: str) -> None:
        """Put the chosen picture at the end of the text, or say beside it why not."""
        panel = PictureForm(request.POST, request.FILES)
        taken = Submission(panel, lambda _data: save_picture(uploader=request.user, **panel.values))
        if not taken.done:
            self.panel, self.refusal, self.status = panel, taken.refusal, taken.status
            return
        self.attached = taken.made
        if taken.made.stands_still:
            messages.info(request, STANDS_STILL)
        before = request.POST.get(text, "").rstrip()
        fill(form, **{text: f"{before}\n\n{markdown(taken.made)}\n"})
