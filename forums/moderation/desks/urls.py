from django.urls import path

from forums.moderation.desks import views

urlpatterns = [path("moderation/act/<slug:act>/", views.act, name="moderation_act")]
