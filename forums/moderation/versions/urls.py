from django.urls import path

from forums.moderation.versions import views

urlpatterns = [
    path("p/<int:pk>/history/<int:number>/close/", views.close, name="close_version"),
    path("p/<int:pk>/history/<int:number>/open/", views.reopen, name="open_version"),
    path(
        "t/<int:pk>/by/view/<str:slug>/history/<int:number>/close/",
        views.close_view,
        name="close_view",
    ),
    path(
        "t/<int:pk>/by/view/<str:slug>/history/<int:number>/open/",
        views.reopen_view,
        name="open_view",
    ),
]
