from django.urls import path

from forums.knowledge.common_ground import views

urlpatterns = [
    path("t/<int:pk>/common/", views.common_ground, name="topic_common"),
    path("t/<int:pk>/common/<int:number>/", views.statement, name="topic_statement"),
]
