from django.urls import path

from forums.discussions.topics import views

urlpatterns = [
    path("b/<str:slug>/", views.board, name="board"),
    path("tags/<str:slug>/", views.tag, name="tag"),
]
