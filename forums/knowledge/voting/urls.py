from django.urls import path

from forums.knowledge.voting import views

urlpatterns = [
    path("t/<int:pk>/common/vote/", views.card, name="vote"),
    path("t/<int:pk>/common/vote/done/", views.done, name="vote_done"),
    path("t/<int:pk>/common/vote/mine/", views.mine, name="vote_mine"),
    path("t/<int:pk>/common/vote/network/", views.count_for, name="vote_network"),
    path("t/<int:pk>/common/rounds/", views.rounds, name="rounds"),
    path("t/<int:pk>/common/rounds/close/", views.close, name="round_close"),
]
