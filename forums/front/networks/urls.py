from django.urls import path

from forums.front.networks import feeds, views

urlpatterns = [
    path("n<int:pk>/", views.by_id, name="network_by_id"),
    path("n/<str:slug>/", views.overview, name="network"),
    path("n/<str:slug>/feed/", feeds.network, name="network_feed"),
    path("n/<str:slug>/topics/", views.topics, name="network_topics"),
    path("n/<str:slug>/timeline/", views.whole_timeline, name="network_timeline"),
    path("n/<str:slug>/history/", views.history, name="network_history"),
    path("n/<str:slug>/manage/", views.manage, name="network_manage"),
]
