from django.urls import path

from forums.activities.hosting import views

urlpatterns = [
    path("activities/<int:pk>/edit/", views.edit, name="activity_edit"),
    path("activities/<int:pk>/cancel/", views.cancel, name="activity_cancel"),
    path("activities/<int:pk>/report/", views.report, name="activity_report"),
    path("activities/<int:pk>/hosts/", views.hosts, name="activity_hosts"),
    path("n/<str:slug>/activities/new/", views.announce, name="activity_new"),
]
