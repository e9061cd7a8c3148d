"""What an announcement asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text, field_of, says
from forums.base.limits import fitting_title
from forums.discussions.boards.models import Board, OpenTo
from forums.discussions.posts.forms import BodyForm
from forums.discussions.topics.models import TITLE_LENGTH
from forums.groups.networks.models import Network


class AnnounceForm(BodyForm):
    everyone_reads = ("title", "body")
    field_order = ["title", "body", "board"]

    title = Text(
        label=_("Title"),
        limit=TITLE_LENGTH,
        help_text=_("It stands in every member's notifications: say what it is about."),
        error_messages={"required": _("Please give it a title.")},
    )
    board = forms.ModelChoiceField(
        label=_("In which board, and who reads it"),
        queryset=Board.objects.none(),
        to_field_name="slug",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose in which board it stands."),
            "invalid_choice": _("This is no board of the network. Choose another."),
        },
    )

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = field_of(self, "board", forms.ModelChoiceField)
        field.queryset = Board.objects.filter(network=network).order_by("position", "id")
        labels = dict(OpenTo.choices)
        boards = list(field.queryset)
        field.choices = [
            (board.slug, f"{board.name} · {labels[OpenTo(board.open_to)]}") for board in boards
        ]
        if len(boards) == 1:
            field.initial = boards[0].slug

    def clean_title(self) -> str:
        return says(fitting_title, self.cleaned_data["title"], TITLE_LENGTH)

    @property
    def has_boards(self) -> bool:
        return bool(field_of(self, "board", forms.ModelChoiceField).choices)
