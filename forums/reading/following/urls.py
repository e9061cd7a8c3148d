from django.urls import path

from forums.reading.following import views

urlpatterns = [
    path("follow/<str:kind>/<int:pk>/", views.follow, name="follow"),
    path("u/<str:handle>/block/", views.block, name="block"),
    path("settings/following/", views.following, name="settings_following"),
    path("settings/following/back/", views.take_back, name="following_back"),
    path("settings/blocked/", views.blocked, name="settings_blocked"),
]
