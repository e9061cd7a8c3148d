from django.urls import path

from forums.front.members import views

urlpatterns = [path("u/<str:handle>/", views.member, name="member")]
