from django.urls import path

from forums.discussions.openings import views

urlpatterns = [
    path("start/", views.start, name="start"),
    path("b/<str:slug>/new/", views.start, name="topic_start"),
    path("t/<int:pk>/edit/", views.edit, name="topic_edit"),
    path("t/<int:pk>/delete/", views.delete, name="topic_delete"),
    path("t/<int:pk>/undelete/", views.undelete, name="topic_undelete"),
    path("p/<int:pk>/accept/", views.accept, name="accept"),
]
