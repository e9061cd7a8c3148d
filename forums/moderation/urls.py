from django.urls import path

from forums.moderation import views

urlpatterns = [path("moderation/log/", views.moderation_log, name="moderation_log")]
