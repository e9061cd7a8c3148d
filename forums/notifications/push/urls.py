from django.urls import path

from forums.notifications.push import views

urlpatterns = [
    path("settings/notifications/devices/", views.turn_on, name="push_on"),
    path("settings/notifications/devices/<int:pk>/", views.device, name="push_device"),
    path("settings/notifications/devices/<int:pk>/off/", views.turn_off, name="push_off"),
    path("settings/notifications/devices/<int:pk>/try/", views.try_out, name="push_try"),
]
