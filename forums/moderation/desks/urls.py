from django.urls import path

from forums.moderation.desks import views

urlpatterns = [
    path("moderation/acts/", views.acts, name="moderation_acts"),
    path("moderation/act/<slug:act>/", views.act, name="moderation_act"),
]
