"""What is typed into a topic."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Hidden, Text, says
from forums.base.limits import fitting_title
from forums.discussions.boards.models import Board
from forums.discussions.posts.forms import BodyForm, SpeakingForm
from forums.discussions.topics.models import TITLE_LENGTH, TopicKind
from forums.groups.memberships.models import roles_of
from forums.tags.models import MAX_TAGS
from forums.tags.tagging import split_tags


class TopicForm(BodyForm):
    everyone_reads = ("title", "body")
    field_order = ["kind", "board", "speak_from", "title", "body", "tags", "cover"]

    title = Text(
        label=_("Title"),
        limit=TITLE_LENGTH,
        help_text=_("One line that tells a passer-by what it is about."),
        error_messages={"required": _("Please give it a title.")},
    )
    tags = Text(
        label=_("Tags"),
        required=False,
        max_length=600,
        help_text=_("Up to %(limit)d, with spaces between them.") % {"limit": MAX_TAGS},
    )
    cover = forms.FileField(
        label=_("Cover picture"),
        required=False,
        help_text=_("For an article: a wide picture above the text. What moves stands still."),
    )

    def clean_title(self) -> str:
        return says(fitting_title, self.cleaned_data["title"], TITLE_LENGTH)

    def clean_tags(self) -> list[str]:
        return says(split_tags, self.cleaned_data["tags"])


class StartForm(SpeakingForm, TopicForm):
    kind = forms.ChoiceField(
        label=_("What kind of topic is it?"),
        choices=TopicKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose what kind of topic it is.")},
    )
    board = forms.ModelChoiceField(
        label=_("Board"),
        queryset=Board.objects.none(),
        to_field_name="slug",
        empty_label=_("Choose a board"),
        error_messages={
            "invalid_choice": _(
                "You may not start a topic in this board. Choose another; what you wrote is still here."
            )
        },
    )

    def __init__(self, *args: Any, member: Any, at: str = "", **kwargs: Any) -> None:
        """`at` is the slug of the board whose page she comes from."""
        super().__init__(*args, **kwargs)
        board = self.fields["board"]
        assert isinstance(board, forms.ModelChoiceField)  # noqa: S101
        # Hers and the house's: other networks' open boards are many, and are met on their own pages.
        near = Q(network=None) | Q(network__in=list(roles_of(member))) | Q(slug=at)
        boards = Board.objects.writable_by(member).filter(near)
        board.queryset = boards.select_related("parent", "network").order_by(
            F("network__sort_key").asc(nulls_first=True), "position", "id"
        )
        board.choices = [("", board.empty_label), *grouped(board.queryset)]


def grouped(boards: Iterable[Board]) -> list[tuple[str, Any]]:
    """Choices for a select: rooms stand in groups, named after the board, or the network, they are of."""
    tops: dict[Any, str] = {}
    groups: dict[Any, list[tuple[str, str]]] = {}
    for board in boards:
        top = board.network or board.parent or board
        key = (type(top), top.pk)
        tops.setdefault(key, top.name)
        groups.setdefault(key, []).append((board.slug, board.name))
    return [
        (tops[pk], rooms) if rooms != [(rooms[0][0], tops[pk])] else rooms[0]
        for pk, rooms in groups.items()
    ]


class EditTopicForm(TopicForm):
    reason = forms.CharField(
        label=_("What did you change, and why?"),
        max_length=200,
        required=False,
        help_text=_("Stands in the history, for everyone to read."),
    )
    revision = forms.IntegerField(required=False, min_value=0, max_value=32000, widget=Hidden)
    remove_cover = forms.BooleanField(label=_("Take the cover picture away"), required=False)
