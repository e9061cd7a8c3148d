from django.urls import path

from forums.boards import views

urlpatterns = [
    path("boards/", views.boards, name="boards"),
    path("b/<str:slug>/", views.board, name="board"),
]
