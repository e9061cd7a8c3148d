from django.urls import path

from forums.discussions.voices import views

# Two words behind a topic's number: one alone may be a topic's slug.
urlpatterns = [
    path("t/<int:pk>/by/network/", views.by_network, name="topic_by_network"),
    path("t/<int:pk>/by/others/", views.others, name="topic_others"),
    path("t/<int:pk>/by/networks/", views.taking_part, name="topic_networks"),
    path("t/<int:pk>/by/networks/invite/", views.invite, name="topic_invite"),
    path("t/<int:pk>/by/networks/ask/", views.ask, name="topic_ask"),
    path("t/<int:pk>/by/networks/answer/", views.answer, name="topic_answer"),
    path("t/<int:pk>/by/networks/take-off/", views.take_off, name="topic_take_off"),
    path("t/<int:pk>/by/view/<str:slug>/", views.view, name="topic_view"),
    path("t/<int:pk>/by/view/<str:slug>/history/", views.view_history, name="topic_view_history"),
    path("n/<str:slug>/topics/waiting/", views.waiting, name="network_topics_waiting"),
]
