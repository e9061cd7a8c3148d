from django.urls import path

from forums.discussions.announcements import views

_HERE = "n/<str:slug>/announcements/"

urlpatterns = [
    path(_HERE, views.announcements, name="network_announcements"),
    path(f"{_HERE}new/", views.new, name="network_announce"),
    path(f"{_HERE}<int:pk>/back/", views.take_back, name="network_announcement_back"),
    path(f"{_HERE}<int:pk>/again/", views.again, name="network_announcement_again"),
]
