from django.urls import path

from forums.moderation import views

urlpatterns = [
    path("p/<int:pk>/words/", views.own_words, name="own_words"),
    path("moderation/activities/<int:pk>/words/", views.own_activity, name="own_activity"),
]
