from django.urls import path

from forums.search.suggestions import views

urlpatterns = [
    path("search/suggest/", views.suggest, name="search_suggest"),
    path("suggest/<str:kind>/", views.suggest_names, name="suggest_names"),
]
