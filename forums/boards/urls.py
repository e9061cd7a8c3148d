from django.urls import path

from forums.boards import feeds, views

urlpatterns = [
    path("boards/", views.boards, name="boards"),
    path("b/<str:slug>/", views.board, name="board"),
    path("b/<str:slug>/feed/", feeds.board, name="board_feed"),
]
