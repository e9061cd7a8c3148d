from django.urls import path

from forums.moderation.sanctions import views

urlpatterns = [path("settings/standing/", views.standing, name="settings_standing")]
