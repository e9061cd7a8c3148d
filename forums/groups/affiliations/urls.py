from django.urls import path

from forums.groups.affiliations import views

_N, _O = "n/<str:slug>/organisations/", "o/<str:slug>/networks/"

urlpatterns = [
    path(_O, views.of_organisation, name="organisation_networks"),
    path(f"{_O}<int:pk>/yes/", views.organisation_agrees, name="organisation_agrees"),
    path(f"{_O}<int:pk>/no/", views.organisation_parts, name="organisation_parts"),
    path(_N, views.of_network, name="network_organisations"),
    path(f"{_N}<int:pk>/yes/", views.network_agrees, name="network_agrees"),
    path(f"{_N}<int:pk>/no/", views.network_parts, name="network_parts"),
]
