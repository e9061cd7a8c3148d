from django.urls import path

from forums.groups.organisations import views

_O = "o/<str:slug>/"

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
]
