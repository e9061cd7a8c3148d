from django.urls import path

from forums.search import suggest_views, views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", suggest_views.suggest, name="search_suggest"),
]
