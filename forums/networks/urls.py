from django.urls import path

from forums.networks import views

urlpatterns = [
    path("networks/", views.directory, name="networks"),
    path("n/<str:slug>/", views.overview, name="network"),
]
