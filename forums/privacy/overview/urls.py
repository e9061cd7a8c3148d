from django.urls import path

from forums.privacy.overview import views

urlpatterns = [
    path("settings/privacy/", views.mine, name="settings_privacy"),
    path("privacy/data/", views.data, name="privacy_data"),
]
