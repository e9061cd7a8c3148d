"""The list of crawlers, for administrators; every write goes through `crawlers.actions`."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from forums.moderation.crawlers import actions
from forums.moderation.crawlers.forms import CrawlerForm
from forums.moderation.crawlers.models import Crawler


@admin.register(Crawler)
class CrawlerAdmin(admin.ModelAdmin):
    form = CrawlerForm
    list_display = ["sign", "treatment", "seconds", "note"]
    list_filter = ["treatment"]
    search_fields = ["sign"]
    show_full_result_count = False

    def save_model(self, request: HttpRequest, obj: Crawler, form: Any, change: bool) -> None:
        actions.save_crawler(
            crawler=obj,
            sign=obj.sign,
            treatment=obj.treatment,
            seconds=obj.seconds,
            note=obj.note,
        )

    def delete_model(self, request: HttpRequest, obj: Crawler) -> None:
        actions.delete_crawler(crawler=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Crawler]) -> None:
        for crawler in queryset:
            actions.delete_crawler(crawler=crawler)
