from django.urls import path

from forums.moderation.trust import views

urlpatterns = [path("levels/", views.levels, name="levels")]
