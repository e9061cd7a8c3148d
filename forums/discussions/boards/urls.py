from django.urls import path

from forums.discussions.boards import views

urlpatterns = [
    path("boards/", views.boards, name="boards"),
    path("n/<str:slug>/boards/", views.network_board_list, name="network_boards"),
    path("n/<str:slug>/boards/<int:pk>/", views.network_board, name="network_board"),
    path(
        "n/<str:slug>/boards/<int:pk>/close/", views.network_board_close, name="network_board_close"
    ),
]
