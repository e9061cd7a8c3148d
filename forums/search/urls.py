from django.urls import path

from forums.search import views

urlpatterns = [path("search/", views.search, name="search")]
