from django.urls import path

from forums.discussions.posts import feeds, views

urlpatterns = [
    path("t/<int:pk>/reply/", views.reply, name="reply"),
    path("t/<int:pk>/by/newest/", views.newest, name="topic_newest"),
    path("t/<int:pk>/by/number/", views.numbered, name="topic_numbered"),
    path("p/<int:pk>/", views.post, name="post"),
    path("p/<int:pk>/thread/", views.thread, name="thread"),
    path("p/<int:pk>/edit/", views.edit, name="post_edit"),
    path("p/<int:pk>/history/", views.history, name="history"),
    path("p/<int:pk>/delete/", views.delete, name="post_delete"),
    path("p/<int:pk>/undelete/", views.undelete, name="post_undelete"),
    path("p/<int:pk>/mark/<str:kind>/", views.react, name="react"),
    path("sent/", views.sent, name="sent"),
    path("feed/", feeds.newest, name="feed"),
    path("b/<str:slug>/feed/", feeds.board, name="board_feed"),
    path("tags/<str:slug>/feed/", feeds.tag, name="tag_feed"),
    path("t/<int:pk>/feed/", feeds.topic, name="topic_feed"),
]
