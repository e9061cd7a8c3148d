from django.urls import path

from forums.groups.contacts import views

urlpatterns = [
    path(f"n/<str:slug>/{part}/{rest}", view, {"part": part}, name=name)
    for part in views.PARTS
    for rest, view, name in (
        ("", views.entry_list, "network_entries"),
        ("<int:pk>/", views.entry, "network_entry"),
        ("<int:pk>/move/", views.move, "network_entry_move"),
        ("<int:pk>/remove/", views.remove, "network_entry_remove"),
    )
]
