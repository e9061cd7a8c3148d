"""Wiring only: each noun's addresses, in one list."""

from forums.boards.urls import urlpatterns as boards
from forums.members.urls import urlpatterns as members
from forums.moderation.urls import urlpatterns as moderation
from forums.pages.urls import urlpatterns as pages
from forums.posts.urls import urlpatterns as posts
from forums.search.urls import urlpatterns as search
from forums.topics.urls import topic_urls
from forums.topics.urls import urlpatterns as topics

urlpatterns = [*posts, *topics, *boards, *members, *moderation, *search, *pages, *topic_urls]
