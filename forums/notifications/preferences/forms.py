"""The matrix of the settings: a box for each switch and way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forums.notifications.models import MailWish, Preference, Rhythm
from forums.notifications.registry import Switch, switches

HERE, MAIL, PUSH = _("Here"), _("E-mail"), pgettext_lazy("a way of being told", "Phone")


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """A switch with its boxes; None where there is nothing to choose."""

    switch: Switch
    here: BoundField | None
    mail: BoundField | None
    push: BoundField | None


class PreferencesForm(forms.Form):
    """Made of what is registered; `wishes` are the member's, by switch; `pushes`: the site pushes (`push`)."""

    def __init__(
        self, *args: Any, wishes: Mapping[str, Preference], pushes: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._wishes, self.pushes = wishes, pushes
        for _group, group in switches():
            for each in group:
                wish = wishes.get(each.name)
                if not each.always:
                    self._add(f"{each.name}-here", each, HERE, wish is None or wish.here)
                if each.has_email:
                    self._add(f"{each.name}-mail", each, MAIL, wish is None or wish.mail)
                if pushes:
                    self._add(f"{each.name}-push", each, PUSH, wish is None or wish.push)

    def _add(self, name: str, switch: Switch, way: Any, on: bool) -> None:
        box = forms.CheckboxInput(attrs={"aria-label": f"{switch.label}: {way}"})
        self.fields[name] = forms.BooleanField(
            label=str(switch.label), required=False, initial=on, widget=box
        )

    @property
    def groups(self) -> list[tuple[str, list[SwitchRow]]]:
        """The rows under their headings, those headings aside that have none."""
        return [
            (str(group.label), [self._row(each) for each in found])
            for group, found in switches()
            if found
        ]

    def _row(self, switch: Switch) -> SwitchRow:
        boxes = (f"{switch.name}-{way}" for way in ("here", "mail", "push"))
        return SwitchRow(switch, *(self[box] if box in self.fields else None for box in boxes))

    def wishes(self) -> dict[str, tuple[bool, bool, bool]]:
        """What was chosen: by switch, whether here, by e-mail, on the phone. What could not be, stays as it was."""
        return {each.name: self._wish(each.name) for _group, found in switches() for each in found}

    def _wish(self, name: str) -> tuple[bool, bool, bool]:
        clean, old = self.cleaned_data, self._wishes.get(name)
        return (
            clean.get(f"{name}-here", True),
            clean.get(f"{name}-mail", True),
            clean.get(f"{name}-push", old is None or old.push),
        )


class MailWishForm(forms.Form):
    """Whether any emails go to her, and how often a digest does."""

    wants_mail = forms.BooleanField(
        label=_("Send me e-mails"),
        help_text=_("Without it only what guards your account is sent, as codes to sign in with."),
        required=False,
    )
    digest = forms.ChoiceField(
        label=_("A digest of what is new where you follow"),
        choices=Rhythm,
        widget=forms.RadioSelect,
        required=False,  # nothing chosen: as it was
    )

    def __init__(self, *args: Any, wish: MailWish, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"wants_mail": wish.stopped_at is None, "digest": wish.digest}
