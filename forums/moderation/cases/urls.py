from django.contrib import admin
from django.urls import path

from forums.moderation.cases import views

_HERE = "n/<str:slug>/queue/"
_within = (
    admin.site.admin_view
)  # the admin's own door: signed in, a moderator, with her second step

urlpatterns = [
    path("admin/queue/", _within(views.site_queue), name="site_queue"),
    path("admin/queue/<int:pk>/", _within(views.site_case), name="site_case"),
    path("admin/queue/<int:pk>/take/", _within(views.site_take), name="site_take"),
    path("admin/queue/<int:pk>/give-back/", _within(views.site_give_back), name="site_give_back"),
    path(_HERE, views.network_queue, name="network_queue"),
    path(f"{_HERE}<int:pk>/", views.network_case, name="network_case"),
    path(f"{_HERE}<int:pk>/take/", views.network_take, name="network_take"),
    path(f"{_HERE}<int:pk>/give-back/", views.network_give_back, name="network_give_back"),
]
