"""Wordings of the terms in the admin: published by an administrator, never changed."""

from typing import Any, cast

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import Member
from forums.moderation.permissions import can_administer, can_moderate
from forums.privacy.agreements.actions import publish
from forums.privacy.agreements.forms import WordingForm
from forums.privacy.agreements.models import Wording


@admin.register(Wording)
class WordingAdmin(admin.ModelAdmin):
    form = WordingForm
    fields = ["said", "age", "terms"]
    list_display = ["version", "said", "published_at"]
    ordering = ["-published_at", "-pk"]
    show_full_result_count = False
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return can_moderate(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return can_moderate(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return can_administer(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Wording, form: Any, change: bool) -> None:
        clean = form.cleaned_data
        made = publish(
            moderator=cast(Member, request.user),
            said=clean["said"],
            age=clean["age"],
            terms=clean["terms"],
        )
        obj.pk, obj.version = made.pk, made.version
