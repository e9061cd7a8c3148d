from django.urls import path

from forums.groups.staff_requests import views

urlpatterns = [path("n/<str:slug>/ask/", views.ask, name="network_ask")]
