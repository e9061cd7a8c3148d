from django.urls import path

from forums.moderation.holding import views

urlpatterns = [
    path("p/<int:pk>/held/", views.held, name="held"),
    path("t/<int:pk>/held/", views.held_topic, name="held_topic"),
]
