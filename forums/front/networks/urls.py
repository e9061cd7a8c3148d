from django.urls import path

from forums.front.networks import feeds, views
from forums.groups.contacts import views as entry_views
from forums.groups.directory import views as directory_views
from forums.groups.profiles import views as manage_views

urlpatterns = [
    path("networks/", directory_views.directory, name="networks"),
    path("networks/new/", views.register, name="network_register"),
    path("n/<str:slug>/", views.overview, name="network"),
    path("n/<str:slug>/feed/", feeds.network, name="network_feed"),
    path("n/<str:slug>/topics/", views.topics, name="network_topics"),
    path("n/<str:slug>/timeline/", views.whole_timeline, name="network_timeline"),
    path("n/<str:slug>/history/", views.history, name="network_history"),
    path("n/<str:slug>/manage/", manage_views.manage, name="network_manage"),
    path("n/<str:slug>/edit/", manage_views.edit, name="network_edit"),
    path("n/<str:slug>/confirm/", manage_views.confirm, name="network_confirm"),
    path("n/<str:slug>/links/", manage_views.links, name="network_links"),
    path(
        "n/<str:slug>/links/<int:pk>/confirm/",
        manage_views.confirm_link,
        name="network_link_confirm",
    ),
    path("n/<str:slug>/links/<int:pk>/end/", manage_views.end_link, name="network_link_end"),
    path("n/<str:slug>/ask/", manage_views.ask, name="network_ask"),
    *(
        path(f"n/<str:slug>/{part}/{rest}", view, {"part": part}, name=name)
        for part in entry_views.PARTS
        for rest, view, name in (
            ("", entry_views.entry_list, "network_entries"),
            ("<int:pk>/", entry_views.entry, "network_entry"),
            ("<int:pk>/move/", entry_views.move, "network_entry_move"),
            ("<int:pk>/remove/", entry_views.remove, "network_entry_remove"),
        )
    ),
    path("pictures/networks/<uuid:picture>/<int:size>.webp", views.picture, name="network_picture"),
]
