from django.urls import path

from forums.memberships import views

urlpatterns = [path("networks/mine/", views.mine, name="my_networks")]
