"""The house's pages, links and rules in the admin; every write goes through the actions of `pages` and `rules`."""

from typing import Any, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import Member
from forums.moderation.permissions import can_moderate
from forums.moderation.rules.actions import retire_rule, write_rule
from forums.moderation.rules.forms import HouseRuleForm
from forums.moderation.rules.models import HouseRule
from forums.pages import actions
from forums.pages.forms import CommunityLinkForm, PageForm
from forums.pages.models import CommunityLink, Page


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    form = PageForm
    list_display = ["title", "slug", "position", "in_footer", "staff_only", "updated_at"]
    search_fields = ["title", "slug"]
    show_full_result_count = False

    def view_on_site(self, obj: Page) -> str:
        return obj.get_absolute_url()

    def save_model(self, request: HttpRequest, obj: Page, form: Any, change: bool) -> None:
        actions.save_page(
            page=obj,
            slug=obj.slug,
            title=obj.title,
            body=obj.body,
            position=obj.position,
            in_footer=obj.in_footer,
            staff_only=obj.staff_only,
        )

    def delete_model(self, request: HttpRequest, obj: Page) -> None:
        actions.delete_page(page=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Page]) -> None:
        for page in queryset:
            actions.delete_page(page=page)


@admin.register(CommunityLink)
class CommunityLinkAdmin(admin.ModelAdmin):
    form = CommunityLinkForm
    list_display = ["name", "url", "position"]
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: CommunityLink, form: Any, change: bool) -> None:
        actions.save_link(link=obj, name=obj.name, url=obj.url, position=obj.position)

    def delete_model(self, request: HttpRequest, obj: CommunityLink) -> None:
        actions.delete_link(link=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[CommunityLink]) -> None:
        for link in queryset:
            actions.delete_link(link=link)


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
