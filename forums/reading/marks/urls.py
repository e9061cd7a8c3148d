from django.urls import path

from forums.reading.marks import views

urlpatterns = [
    path("unread/", views.unread, name="unread"),
    path("unread/read/", views.mark_read, name="unread_read"),
    path("unread/back/", views.take_back, name="unread_back"),
    path("settings/unread/", views.window, name="settings_unread"),
]
