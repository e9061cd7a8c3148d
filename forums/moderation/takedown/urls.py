from django.urls import path

from forums.moderation.takedown import views

urlpatterns = [
    path("takedown/", views.takedown, name="takedown"),
    path("takedown/<slug:receipt>/", views.receipt, name="takedown_receipt"),
]
