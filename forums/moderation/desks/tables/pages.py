"""The house's pages and links in the admin; every write goes through `pages.actions`."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from forums.pages import actions
from forums.pages.forms import CommunityLinkForm, PageForm
from forums.pages.models import CommunityLink, Page


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    form = PageForm
    list_display = ["title", "slug", "position", "in_footer", "updated_at"]
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
