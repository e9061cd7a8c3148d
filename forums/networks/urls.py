from django.urls import path

from forums.networks import directory_views, views

urlpatterns = [
    path("networks/", directory_views.directory, name="networks"),
    path("n/<str:slug>/", views.overview, name="network"),
]
