"""Addresses of providers, below /accounts/: /line/login/, /3rdparty/…; all are 404 while none is on."""

from django.urls import path

from accounts.providers import views
from accounts.timing import in_the_same_time

urlpatterns = [
    path("3rdparty/", views.connections, name="socialaccount_connections"),
    path("3rdparty/signup/", in_the_same_time(views.signup), name="socialaccount_signup"),
    path("3rdparty/<int:account>/disconnect/", views.disconnect, name="provider_disconnect"),
]
for provider, (there, back) in views.ways.items():
    urlpatterns += [
        path(f"{provider}/login/", there, name=f"{provider}_login"),
        path(f"{provider}/login/callback/", back, name=f"{provider}_callback"),
    ]
