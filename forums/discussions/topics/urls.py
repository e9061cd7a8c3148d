from django.urls import path

from forums.discussions.posts import feeds
from forums.front.topics import views

urlpatterns = [
    path("", views.topic_list, {"order": "home"}, name="home"),
    path("new/", views.topic_list, {"order": "new"}, name="new"),
    path("unanswered/", views.topic_list, {"order": "unanswered"}, name="unanswered"),
    path("hot/", views.topic_list, {"order": "hot"}, name="hot"),
    path("start/", views.start, name="start"),
    path("b/<str:slug>/new/", views.start, name="topic_start"),
    path("t/<int:pk>/edit/", views.edit, name="topic_edit"),
    path("t/<int:pk>/delete/", views.delete, name="topic_delete"),
    path("p/<int:pk>/accept/", views.accept, name="accept"),
    path("similar/", views.similar, name="similar"),
    path("tags/", views.tags, name="tags"),
    path("tags/suggest/", views.suggest_tags, name="tag_suggestions"),
    path("tags/<str:slug>/", views.tag, name="tag"),
    path("feed/", feeds.newest, name="feed"),
    path("tags/<str:slug>/feed/", feeds.tag, name="tag_feed"),
    path("t/<int:pk>/feed/", feeds.topic, name="topic_feed"),
]

# After every other address under /t/: the slug may be any word.
topic_urls = [
    path("t/<int:pk>/", views.topic, name="topic_by_id"),
    path("t/<int:pk>/<str:slug>/", views.topic, name="topic"),
]
