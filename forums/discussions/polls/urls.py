from django.urls import path

from forums.discussions.polls import views

urlpatterns = [
    path("t/<int:pk>/polls/", views.polls, name="polls"),
    path("t/<int:pk>/polls/new/", views.new, name="poll_new"),
    path("t/<int:pk>/polls/new/<slug:kind>/", views.new, name="poll_new_of"),
    path("t/<int:pk>/polls/<int:number>/", views.poll, name="poll"),
    path("t/<int:pk>/polls/<int:number>/back/", views.answer_back, name="poll_answer_back"),
    path("t/<int:pk>/polls/<int:number>/close/", views.close, name="poll_close"),
    path("t/<int:pk>/polls/<int:number>/remove/", views.take_back, name="poll_take_back"),
]
