from django.urls import path

from forums.activities.calendars import feeds

urlpatterns = [
    path("activities/<int:pk>/calendar.ics", feeds.one, name="activity_ics"),
    path("n/<str:slug>/activities.ics", feeds.of_network, name="network_ics"),
    path("calendar/<str:secret>.ics", feeds.of_member, name="calendar"),
    path("settings/calendar/", feeds.calendar_settings, name="settings_calendar"),
]
