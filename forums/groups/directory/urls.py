from django.urls import path

from forums.groups.directory import views

urlpatterns = [path("networks/", views.directory, name="networks")]
