from django.urls import path

from forums.knowledge.reasons import views

urlpatterns = [
    path("t/<int:pk>/common/reasons/<int:number>/", views.reason, name="reason"),
    path("t/<int:pk>/common/reasons/<int:number>/off/", views.take_off, name="reason_off"),
]
