"""Wiring only: each noun's addresses, in one list."""

from forums.activities.urls import urlpatterns as activities
from forums.boards.urls import urlpatterns as boards
from forums.ledger.urls import urlpatterns as ledger
from forums.members.urls import urlpatterns as members
from forums.memberships.urls import urlpatterns as memberships
from forums.moderation.urls import urlpatterns as moderation
from forums.networks.urls import urlpatterns as networks
from forums.organisations.urls import urlpatterns as organisations
from forums.pages.urls import urlpatterns as pages
from forums.posts.urls import urlpatterns as posts
from forums.search.urls import urlpatterns as search
from forums.topics.urls import topic_urls
from forums.topics.urls import urlpatterns as topics
from forums.voices.urls import urlpatterns as voices

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
