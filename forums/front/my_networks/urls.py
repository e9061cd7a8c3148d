from django.urls import path

from forums.front.my_networks import views

urlpatterns = [path("networks/mine/", views.mine, name="my_networks")]
