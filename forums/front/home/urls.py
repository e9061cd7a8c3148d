from django.urls import path

from forums.front.home import views

urlpatterns = [
    path("", views.topic_list, {"order": "home"}, name="home"),
    path("new/", views.topic_list, {"order": "new"}, name="new"),
    path("unanswered/", views.topic_list, {"order": "unanswered"}, name="unanswered"),
    path("hot/", views.topic_list, {"order": "hot"}, name="hot"),
]
