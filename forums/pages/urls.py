from django.urls import path

from forums.pages import views

urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("pages/common-ground/", views.common_ground, name="about_common_ground"),
    path("pages/<slug:slug>/", views.page, name="page"),
]
