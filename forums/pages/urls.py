from django.urls import path

from forums.pages import views

urlpatterns = [path("pages/<slug:slug>/", views.page, name="page")]
