"""The matrix of the settings: a box for each switch and way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from forums.notifications.models import MailWish, Preference, Rhythm
from forums.notifications.registry import Switch, switches

HERE, MAIL = _("Here"), _("E-mail")


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """A switch with its boxes; None where there is nothing to choose."""

    switch: Switch
    here: BoundField | None
    mail: BoundField | None


class PreferencesForm(forms.Form):
    """Made of what is registered; `wishes` are the member's, by switch."""

    def __init__(self, *args: Any, wishes: Mapping[str, Preference], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for _group, group in switches():
            for each in group:
                wish = wishes.get(each.name)
                if not each.always:
                    self._add(f"{each.name}-here", each, HERE, wish is None or wish.here)
                if each.has_email:
                    self._add(f"{each.name}-mail", each, MAIL, wish is None or wish.mail)

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
        here, mail = f"{switch.name}-here", f"{switch.name}-mail"
        return SwitchRow(
            switch,
            self[here] if here in self.fields else None,
            self[mail] if mail in self.fields else None,
        )

    def wishes(self) -> dict[str, tuple[bool, bool]]:
        """What was chosen: by switch, whether here and whether by e-mail."""
        clean = self.cleaned_data
        return {
            each.name: (clean.get(f"{each.name}-here", True), clean.get(f"{each.name}-mail", True))
            for _group, found in switches()
            for each in found
        }


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
