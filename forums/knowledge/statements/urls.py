from django.urls import path

from forums.knowledge.statements import views

urlpatterns = [
    path("t/<int:pk>/common/write/", views.write, name="statement_write"),
    path("t/<int:pk>/common/waiting/", views.waiting, name="statements_waiting"),
    path("t/<int:pk>/common/<int:number>/look/", views.look, name="statement_look"),
    path("statements/", views.mine, name="statements"),
    path("statements/<int:pk>/take-back/", views.take_back, name="statement_take_back"),
]
