from django.urls import path

from forums.moderation.lost_devices import views

urlpatterns = [
    path("accounts/2fa/lost/", views.lost_device, name="lost_device"),
    path("accounts/2fa/lost/stop/", views.stop, name="lost_device_stop"),
    path(
        "accounts/2fa/lost/stop/<str:token>/",
        views.stop_by_letter,
        name="lost_device_stop_by_letter",
    ),
]
