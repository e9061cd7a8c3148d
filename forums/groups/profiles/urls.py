from django.urls import path

from forums.groups.profiles import views

urlpatterns = [
    path("networks/new/", views.register, name="network_register"),
    path("n/<str:slug>/edit/", views.edit, name="network_edit"),
    path("n/<str:slug>/confirm/", views.confirm, name="network_confirm"),
    path("pictures/networks/<uuid:picture>/<int:size>.webp", views.picture, name="network_picture"),
]
