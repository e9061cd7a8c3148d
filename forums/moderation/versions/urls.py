from django.urls import path

from forums.moderation.versions import views

urlpatterns = [
    path("p/<int:pk>/history/<int:number>/close/", views.close, name="close_version"),
    path("p/<int:pk>/history/<int:number>/open/", views.reopen, name="open_version"),
]
