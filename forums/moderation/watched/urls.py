from django.contrib import admin
from django.urls import path

from forums.moderation.watched import views

_within = admin.site.admin_view  # the admin's own door

urlpatterns = [
    path("admin/watched/", _within(views.watched), name="watched"),
    path("admin/watched/<int:pk>/off/", _within(views.watched_off), name="watched_off"),
]
