"""Boards in the admin: for administrators; every write goes through `boards.actions`."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forums.discussions.boards import actions
from forums.discussions.boards.forms import BoardForm
from forums.discussions.boards.models import Board, tree_order


@admin.register(Board)
class BoardAdmin(admin.ModelAdmin):
    form = BoardForm
    actions = None  # no deleting of several at once
    list_display = ("tree", "slug", "read_level", "write_level", "topics", "position")
    list_display_links = ("tree",)
    list_select_related = ("parent",)
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    search_fields = ("name", "slug")
    sortable_by = ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if (
            field and db_field.name == "parent"
        ):  # a plain choice, without Django's four buttons behind it
            field.widget = field.widget.widget
        return field

    def get_queryset(self, request: HttpRequest) -> QuerySet[Board]:
        """The house's own; a network's boards are its coordinators' to look after."""
        return super().get_queryset(request).filter(network=None)

    def get_ordering(self, request: HttpRequest) -> Any:
        return tree_order()

    @admin.display(description=_("name"))
    def tree(self, board: Board) -> str:
        """Rooms stand under their board."""
        return f"— {board.name}" if board.parent_id else board.name

    @admin.display(description=_("topics"))
    def topics(self, board: Board) -> int:
        return board.topic_count

    def view_on_site(self, board: Board) -> str:
        return board.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Board, form: Any, change: bool) -> None:
        actions.save_board(
            board=obj,
            name=obj.name,
            slug=obj.slug,
            scope=obj.scope,
            parent=obj.parent,
            position=obj.position,
            colour=obj.colour,
            emblem=obj.emblem,
            read_level=obj.read_level,
            write_level=obj.write_level,
        )

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """One sentence on what stands in the way, where Django would list every topic in the board."""
        boards = list(objs)
        reasons = [reason for board in boards if (reason := actions.why_not_delete(board))]
        return [str(board) for board in boards], {_("boards"): len(boards)}, set(), reasons

    def delete_model(self, request: HttpRequest, obj: Board) -> None:
        actions.delete_board(board=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Board]) -> None:
        for board in queryset:
            actions.delete_board(board=board)
