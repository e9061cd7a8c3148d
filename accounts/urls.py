"""Addresses of members: /accounts/… (allauth), /settings/…, and profile pictures."""

from django.urls import include, path

from accounts import views

urlpatterns = [
    path("accounts/signup/", views.signup, name="account_signup"),
    path("accounts/sessions/<int:session>/end/", views.end_session, name="session_end"),
    path("accounts/", include("allauth.urls")),
    path("settings/", views.overview, name="settings"),
    path("settings/profile/", views.profile, name="settings_profile"),
    path("settings/profile/picture/remove/", views.remove_picture, name="settings_picture_remove"),
    path("settings/display/", views.display, name="settings_display"),
    path(
        "pictures/members/<uuid:picture>/<int:size>.webp",
        views.member_picture,
        name="member_picture",
    ),
]
