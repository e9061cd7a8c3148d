from django.urls import path

from forums.moderation import act_views, views

urlpatterns = [
    path("moderation/log/", views.moderation_log, name="moderation_log"),
    path("moderation/act/<slug:act>/", act_views.act, name="moderation_act"),
]
