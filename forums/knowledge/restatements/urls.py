from django.urls import path

from forums.knowledge.restatements import views

urlpatterns = [
    path("p/<int:pk>/restate/", views.restate, name="restate"),
    path("p/<int:pk>/restatements/", views.restatements, name="restatements"),
    path("p/<int:pk>/restatements/<int:number>/", views.answer, name="restatement_answer"),
]
