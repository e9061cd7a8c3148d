from django.urls import path

from forums.groups.memberships import views

urlpatterns = [
    path("n/<str:slug>/join/", views.join, name="network_join"),
    path("n/<str:slug>/join/take-back/", views.take_back, name="network_join_take_back"),
    path("n/<str:slug>/leave/", views.leave, name="network_leave"),
    path("n/<str:slug>/members/", views.members, name="network_members"),
    path("n/<str:slug>/members/<str:handle>/", views.member, name="network_member"),
    path("n/<str:slug>/members/<str:handle>/remove/", views.remove, name="network_member_remove"),
    path("n/<str:slug>/requests/", views.requests, name="network_requests"),
    path("n/<str:slug>/requests/<int:pk>/", views.answer, name="network_request"),
]
