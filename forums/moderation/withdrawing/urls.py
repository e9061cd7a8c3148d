from django.urls import path

from forums.moderation.withdrawing import views

urlpatterns = [
    path("decisions/about/<slug:kind>/<int:pk>/", views.about_hers, name="about_hers"),
]
