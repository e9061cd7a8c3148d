from django.urls import path

from forums.search.results import views
from forums.search.suggestions import views as suggest_views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggest/", suggest_views.suggest, name="search_suggest"),
]
