from django.contrib import admin
from django.urls import path

from forums.moderation.notes import views

_within = admin.site.admin_view

urlpatterns = [
    path("admin/notes/<int:pk>/", _within(views.member_notes), name="staff_notes"),
    path("admin/notes/<int:pk>/gone/", _within(views.note_gone), name="staff_note_gone"),
]
