from django.urls import path

from accounts.bounces import views

urlpatterns = [path("accounts/email/again/", views.write_again, name="mail_again")]
