from django.urls import path

from forums.moderation.clarifications import views

urlpatterns = [
    path("t/<int:pk>/clarify/", views.clarify, name="clarify"),
    path("t/<int:pk>/clarify/<int:reply>/", views.one, name="clarification"),
    path("t/<int:pk>/clarify/<int:reply>/back/", views.take_back, name="clarification_back"),
]
