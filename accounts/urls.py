"""Addresses of members: /accounts/… (allauth), /settings/…, and profile pictures."""

from allauth.account import views as account
from allauth.mfa.webauthn.views import login_webauthn
from django.urls import include, path, re_path

from accounts import views
from accounts.providers.offered import with_buttons
from accounts.timing import in_the_same_time
from forums.base.rate_limits import light_pace

urlpatterns = [
    path(
        "accounts/signup/",
        with_buttons(in_the_same_time(views.signup)),
        name="account_signup",
    ),
    path(
        "accounts/password/reset/",
        in_the_same_time(account.password_reset),
        name="account_reset_password",
    ),
    path(
        "accounts/login/code/",
        in_the_same_time(account.request_login_code),
        name="account_request_login_code",
    ),
    re_path(
        r"accounts/confirm-email/(?P<key>[-:\w]+)/$",  # as allauth writes it
        views.ConfirmEmail.as_view(),
        name="account_confirm_email",
    ),
    path("accounts/email/", views.ChangeEmail.as_view(), name="account_email"),
    path("accounts/2fa/recovery-codes/kept/", views.keep_codes, name="recovery_codes_kept"),
    path("accounts/sessions/<int:session>/end/", views.end_session, name="session_end"),
    path("accounts/inactive/", views.inactive, name="account_inactive"),
    path("accounts/login/", with_buttons(account.login), name="account_login"),
    path("", include("accounts.bounces.urls")),
    path("accounts/", include("accounts.providers.urls")),
    # One by one: allauth.urls has doors for providers that we leave shut.
    path("accounts/", include("allauth.account.urls")),
    path(  # each time it is asked, a session is made
        "accounts/2fa/webauthn/login/",
        light_pace("ways_in", by_address=True)(login_webauthn),
        name="mfa_login_webauthn",
    ),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("accounts/sessions/", include("allauth.usersessions.urls")),
    path("settings/", views.overview, name="settings"),
    path("settings/profile/", views.profile, name="settings_profile"),
    path("settings/profile/picture/remove/", views.remove_picture, name="settings_picture_remove"),
    path("settings/see-others/", views.see_others, name="settings_see_others"),
    path("settings/display/", views.display, name="settings_display"),
    path(
        "pictures/members/<uuid:picture>/<int:size>.webp",
        views.member_picture,
        name="member_picture",
    ),
]
