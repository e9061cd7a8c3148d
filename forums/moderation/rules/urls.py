from django.urls import path

from forums.moderation.rules import views

urlpatterns = [path("rules/", views.rules, name="rules")]
