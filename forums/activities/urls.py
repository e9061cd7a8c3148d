from django.urls import path

from forums.activities.attendance import views
from forums.activities.calendars import feeds
from forums.activities.hosting import views as managing_views

urlpatterns = [
    path("activities/", views.activities, name="activities"),
    path("activities/<int:pk>/calendar.ics", feeds.one, name="activity_ics"),
    path("activities/<int:pk>/answer/", views.answer, name="activity_answer"),
    path("activities/<int:pk>/edit/", managing_views.edit, name="activity_edit"),
    path("activities/<int:pk>/cancel/", managing_views.cancel, name="activity_cancel"),
    path("activities/<int:pk>/report/", managing_views.report, name="activity_report"),
    path("activities/<int:pk>/hosts/", managing_views.hosts, name="activity_hosts"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>/<str:slug>/", views.activity, name="activity_named"),
    path("n/<str:slug>/activities/", views.of_network, name="network_activities"),
    path("n/<str:slug>/activities/new/", managing_views.announce, name="activity_new"),
    path("n/<str:slug>/activities.ics", feeds.of_network, name="network_ics"),
    path("calendar/<str:secret>.ics", feeds.of_member, name="calendar"),
    path("settings/calendar/", feeds.settings, name="settings_calendar"),
]
