from django.urls import path

from forums.networks import directory_views, feeds, views

urlpatterns = [
    path("networks/", directory_views.directory, name="networks"),
    path("n/<str:slug>/", views.overview, name="network"),
    path("n/<str:slug>/feed/", feeds.network, name="network_feed"),
]
