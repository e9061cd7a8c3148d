from django.urls import path

from forums.groups.affiliations import views as network_views
from forums.groups.organisations import views

_N, _O = "n/<str:slug>/organisations/", "o/<str:slug>/"

urlpatterns = [
    path("organisations/", views.directory, name="organisations"),
    path("organisations/new/", views.register, name="organisation_new"),
    path(_O, views.organisation, name="organisation"),
    path(f"{_O}edit/", views.edit, name="organisation_edit"),
    path(f"{_O}represent/", views.represent, name="represent"),
    *(
        path(f"{_O}people/<int:pk>/{verb}/", views.person, {"verb": verb}, name=f"person_{verb}")
        for verb in ("confirm", "remove", "coordinator", "plain")
    ),
    path(f"{_O}networks/", network_views.of_organisation, name="organisation_networks"),
    path(
        f"{_O}networks/<int:pk>/yes/",
        network_views.organisation_agrees,
        name="organisation_agrees",
    ),
    path(f"{_O}networks/<int:pk>/no/", network_views.organisation_parts, name="organisation_parts"),
    path(_N, network_views.of_network, name="network_organisations"),
    path(f"{_N}<int:pk>/yes/", network_views.network_agrees, name="network_agrees"),
    path(f"{_N}<int:pk>/no/", network_views.network_parts, name="network_parts"),
]
