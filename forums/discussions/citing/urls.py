from django.urls import path

from forums.discussions.citing import views

urlpatterns = [path("p/<int:pk>/cite/", views.cite, name="cite")]
