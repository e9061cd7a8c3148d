"""Wiring only: each noun's addresses, in one list."""

from forums.activities.urls import urlpatterns as activities
from forums.discussions.boards.urls import urlpatterns as boards
from forums.discussions.posts.urls import urlpatterns as posts
from forums.discussions.topics.urls import topic_urls
from forums.discussions.topics.urls import urlpatterns as topics
from forums.discussions.voices.urls import urlpatterns as voices
from forums.front.members.urls import urlpatterns as members
from forums.front.networks.urls import urlpatterns as networks
from forums.groups.memberships.urls import urlpatterns as memberships
from forums.groups.organisations.urls import urlpatterns as organisations
from forums.ledger.urls import urlpatterns as ledger
from forums.moderation.urls import urlpatterns as moderation
from forums.pages.urls import urlpatterns as pages
from forums.search.results.urls import urlpatterns as search

urlpatterns = [
    *posts,
    *topics,
    *voices,
    *boards,
    *memberships,
    *organisations,
    *activities,
    *ledger,
    *networks,
    *members,
    *moderation,
    *search,
    *pages,
    *topic_urls,
]
