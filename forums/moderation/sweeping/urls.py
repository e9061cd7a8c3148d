from django.contrib import admin
from django.urls import path

from forums.moderation.sweeping import views

_within = admin.site.admin_view

urlpatterns = [
    path("admin/sweep/<int:pk>/", _within(views.sweep_member), name="sweep"),
    path("admin/sweep/<int:pk>/undo/", _within(views.sweep_undone), name="sweep_undone"),
]
