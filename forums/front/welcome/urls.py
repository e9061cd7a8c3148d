from django.urls import path

from forums.front.welcome import views

urlpatterns = [
    path("welcome/", views.first_step, name="first_step"),
    path("welcome/networks/", views.networks, name="first_networks"),
    path("welcome/close/", views.close, name="first_step_close"),
]
