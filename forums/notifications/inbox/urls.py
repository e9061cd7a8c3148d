from django.urls import path

from forums.notifications.inbox import views

urlpatterns = [
    path("notifications/", views.notifications, name="notifications"),
    path("notifications/read/", views.read, name="notifications_read"),
    path("notifications/unread/", views.unread, name="notifications_unread"),
    path("notifications/<int:pk>/", views.go, name="notification"),
]
