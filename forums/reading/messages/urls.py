from django.urls import path

from forums.reading.messages import views

urlpatterns = [
    path("messages/", views.conversations, name="conversations"),
    path("messages/new/", views.new, name="message_new"),
    path("messages/<int:pk>/", views.conversation, name="conversation"),
    path("messages/<int:pk>/mute/", views.mute, name="conversation_mute"),
    path("messages/<int:pk>/leave/", views.leave, name="conversation_leave"),
    path("messages/said/<int:pk>/take-back/", views.take_back, name="message_take_back"),
    path("messages/said/<int:pk>/report/", views.report, name="message_report"),
    path("settings/messages/", views.choices, name="settings_messages"),
]
