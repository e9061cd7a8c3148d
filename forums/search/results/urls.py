from django.urls import path

from forums.search.results import views

urlpatterns = [path("search/", views.search, name="search")]
