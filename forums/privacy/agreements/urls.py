from django.urls import path

from forums.privacy.agreements import views

urlpatterns = [
    path("agree/", views.agree, name="agree"),
    path("settings/privacy/take-back/", views.take_back, name="profile_take_back"),
]
