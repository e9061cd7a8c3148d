from django.urls import path

from forums.groups.links import views

urlpatterns = [
    path("n/<str:slug>/links/", views.links, name="network_links"),
    path("n/<str:slug>/links/<int:pk>/confirm/", views.confirm_link, name="network_link_confirm"),
    path("n/<str:slug>/links/<int:pk>/end/", views.end_link, name="network_link_end"),
]
