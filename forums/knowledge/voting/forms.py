"""What is sent on the pages of voting: an answer, for whom it counts, how long a round lasts."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Hidden, field_of
from forums.knowledge.voting.actions import AS_BEFORE
from forums.knowledge.voting.cards import Counting
from forums.knowledge.voting.models import Answered
from forums.knowledge.voting.permissions import BallotStanding

NOBODY = "0"
_CHOOSE = _("Choose one of the three answers.")
_FOR_WHOM = _("Choose first for which network your answers count.")
_APART = {
    BallotStanding.NEWCOMER: _("%(network)s (shown apart in this round)"),
    BallotStanding.JOINED_LATE: _("%(network)s (you joined lately: shown apart in this round)"),
}


class CountForForm(forms.Form):
    """For which of her networks that take part she counts, or for none."""

    network = forms.ChoiceField(
        label=_("For which network do your answers count?"),
        widget=forms.RadioSelect,
        error_messages={"required": _FOR_WHOM, "invalid_choice": _FOR_WHOM},
    )

    def __init__(self, *args: Any, counting: Counting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = []
        for network, standing in counting.places:
            said = str(_APART.get(standing, "%(network)s")) % {"network": network.name}
            choices.append((str(network.network_id), said))
        choices.append((NOBODY, str(_("None of them: show my answers apart"))))
        field = field_of(self, "network", forms.ChoiceField)
        field.choices = choices
        if counting.settled:
            now = counting.network
            self.initial["network"] = str(now.network_id) if now else NOBODY

    def network_id(self) -> int | None:
        """None: nobody."""
        return int(self.cleaned_data["network"]) or None


class VoteForm(CountForForm):
    """An answer; with the first one who has several networks says for which it counts."""

    vote = forms.TypedChoiceField(
        choices=Answered,
        coerce=lambda sent: Answered(int(sent)),
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    important = forms.BooleanField(label=_("This matters to us"), required=False)

    def __init__(self, *args: Any, counting: Counting | None, **kwargs: Any) -> None:
        asked = counting if counting and counting.asks else None
        super().__init__(*args, counting=asked or _NOT_ASKED, **kwargs)
        if asked is None:
            del self.fields["network"]

    def network_id(self) -> int | None:
        return super().network_id() if "network" in self.fields else AS_BEFORE


_NOT_ASKED = Counting(None, BallotStanding.NO_NETWORK, [], settled=False)


class RoundForm(forms.Form):
    """How long the next round lasts."""

    days = forms.TypedChoiceField(
        label=_("How long can one answer?"),
        choices=[(3, _("3 days")), (7, _("7 days")), (14, _("14 days")), (30, _("30 days"))],
        coerce=int,
        initial=7,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how long the round lasts."),
            "invalid_choice": _("Choose how long the round lasts."),
        },
    )

    def lasts(self) -> timedelta:
        return timedelta(days=self.cleaned_data["days"])


class CloseForm(forms.Form):
    """Which round is closed: the one that was open when the page was read."""

    number = forms.IntegerField(min_value=1, max_value=32000, widget=Hidden)
