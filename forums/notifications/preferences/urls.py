from django.urls import path

from forums.notifications.preferences import views

urlpatterns = [
    path("settings/notifications/", views.preferences, name="settings_notifications"),
    path("mail/stop/<str:token>/", views.stop, name="mail_stop"),
]
