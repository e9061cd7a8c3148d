from django.urls import path

from forums.privacy.copies import views

urlpatterns = [
    path("settings/privacy/copy/", views.ask, name="copy_ask"),
    path("settings/privacy/copy/<uuid:key>/", views.fetch, name="copy_fetch"),
]
