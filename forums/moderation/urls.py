from django.urls import path

from forums.moderation import views
from forums.moderation.desks import views as act_views

urlpatterns = [
    path("moderation/log/", views.moderation_log, name="moderation_log"),
    path("moderation/act/<slug:act>/", act_views.act, name="moderation_act"),
]
