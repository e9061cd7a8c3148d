"""From where a text is spoken, as forms ask it."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.asking_first import AsksFirst
from forums.base.form_fields import field_of
from forums.discussions.standpoints.choosing import MYSELF, Choice, Spoken
from forums.groups.memberships.models import MyNetwork


class SpeaksFrom(AsksFirst):
    """A text everyone may read, with the place it is spoken from, which is asked where there is a choice."""

    speak_from = forms.TypedChoiceField(
        label=_("From where do you speak?"),
        coerce=Spoken.read,
        empty_value=None,
        error_messages={
            "required": _(
                "Choose from where you speak, then send again. What you wrote is still here."
            ),
            "invalid_choice": _("You are not in this network, or no longer."),
        },
        help_text=_(
            "It stands beside this text, and is offered first in your next one in this topic."
        ),
    )

    def __init__(self, *args: Any, choice: Choice | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(choice or Choice())

    def offer(self, choice: Choice) -> None:
        """Ask for this choice; again, when more is known. Nothing is chosen for her but what she said before."""
        if not choice.places:
            self.fields.pop("speak_from", None)
            return
        field = field_of(self, "speak_from", forms.TypedChoiceField)
        field.choices = [("", _("Choose first from where you speak")), *_answers(choice.places)]
        if choice.before:
            field.initial = str(choice.before)
            field.help_text = _(
                "You chose this before in this topic. You may change it from this text on; "
                "earlier ones stay as they were."
            )

    @property
    def spoken(self) -> dict[str, Any]:
        """What the actions want to know of it."""
        spoken: Spoken | None = self.cleaned_data.get("speak_from")
        return spoken._asdict() if spoken else {}


def _answers(places: Iterable[MyNetwork]) -> Iterator[tuple[str, Any]]:
    """What can be answered to from where one speaks: herself, as a member of each, for those she may."""
    yield str(Spoken(MYSELF)), _("Myself, in my own name")
    for place in places:
        name = {"network": place.name}
        yield str(Spoken(place.network_id)), _("From “%(network)s”, as one of its members") % name
        if place.speaks:
            yield (
                str(Spoken(place.network_id, in_name=True)),
                _("In the name of “%(network)s”") % name,
            )
