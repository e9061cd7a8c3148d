"""The house's rules in the admin; every write goes through `rules.actions`."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Member
from forums.moderation.permissions import can_moderate
from forums.moderation.rules.actions import retire_rule, write_rule
from forums.moderation.rules.forms import HouseRuleForm
from forums.moderation.rules.models import HouseRule


@admin.register(HouseRule)
class HouseRuleAdmin(admin.ModelAdmin):
    """Rules are written and retired; none is ever deleted, since decisions name them."""

    form = HouseRuleForm
    list_display = ["number", "title", "retired_at"]
    list_display_links = ["number", "title"]
    ordering = ["number"]
    show_full_result_count = False
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_moderate(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_moderate(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return can_moderate(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_moderate(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def view_on_site(self, obj: HouseRule) -> str:
        return obj.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: HouseRule, form: Any, change: bool) -> None:
        moderator = cast(Member, request.user)
        rule = write_rule(
            moderator=moderator,
            number=obj.number,
            title=obj.title,
            text=obj.text,
            rule=obj if change else None,
        )
        obj.pk = rule.pk
        retire_rule(moderator=moderator, rule=rule, retired=not form.cleaned_data["holds"])
