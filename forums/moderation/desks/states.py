"""The states of topics and posts in words, and the admin's filter for them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

STATES = {
    "hidden_at": _("hidden"),
    "locked_at": _("closed to replies"),
    "pinned_at": _("pinned"),
    "deleted_at": _("deleted by its author"),
}


def state_of(obj: Any) -> str:
    """The states of a topic or post, '' for an ordinary one."""
    return ", ".join(
        str(label) for column, label in STATES.items() if getattr(obj, column, None) is not None
    )


class StateFilter(admin.SimpleListFilter):
    """States are rare, and each has an index of its own."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        columns = {field.name for field in model_admin.opts.get_fields()}
        return [(column, label) for column, label in STATES.items() if column in columns]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any] | None:
        if self.value() in dict(self.lookup_choices):
            return queryset.filter(**{f"{self.value()}__isnull": False})
        return None
