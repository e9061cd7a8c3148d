from django.urls import path

from forums.front.topic import views

# After every other address under /t/: the slug may be any word.
urlpatterns = [
    path("t/<int:pk>/", views.topic, name="topic_by_id"),
    path("t/<int:pk>/<str:slug>/", views.topic, name="topic"),
]
