from django.urls import path

from forums.tags import views

urlpatterns = [
    path("tags/", views.tags, name="tags"),
    path("tags/suggest/", views.suggest_tags, name="tag_suggestions"),
]
