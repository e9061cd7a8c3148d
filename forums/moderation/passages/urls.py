from django.urls import path

from forums.moderation.passages import views

urlpatterns = [
    path("p/<int:pk>/conceal/", views.conceal, name="conceal"),
    path("p/<int:pk>/reveal/", views.reveal, name="reveal"),
]
