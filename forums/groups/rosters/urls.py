from django.urls import path

from forums.groups.rosters import views

_HERE = "n/<str:slug>/invitations/list/"

urlpatterns = [
    path(_HERE, views.bring, name="network_rosters"),
    path(f"{_HERE}<int:pk>/", views.roster, name="network_roster"),
    path(f"{_HERE}<int:pk>/faults.csv", views.faults, name="network_roster_faults"),
]
