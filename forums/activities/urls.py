from django.urls import path

from forums.activities import views

urlpatterns = [
    path("activities/", views.activities, name="activities"),
    path("n/<str:slug>/activities/", views.of_network, name="network_activities"),
]
