from django.urls import path

from forums.knowledge.portrayals import views

urlpatterns = [
    path("t/<int:pk>/common/speak/", views.speaking, name="speaking"),
    path("t/<int:pk>/common/speak/for/<str:slug>/", views.portray, name="portray"),
    path("t/<int:pk>/common/speak/<int:number>/", views.portrayal, name="portrayal"),
    path("t/<int:pk>/common/speak/<int:number>/judge/", views.judge, name="portrayal_judge"),
]
