from django.urls import path

from forums.moderation.crawlers import views

urlpatterns = [path("robots.txt", views.robots, name="robots")]
