from django.urls import path

from forums.groups.invitations import views as invitation_views
from forums.groups.memberships import views

urlpatterns = [
    path("networks/mine/", views.mine, name="my_networks"),
    path("join/<str:token>/", invitation_views.invitation, name="invitation"),
    path("n/<str:slug>/join/", views.join, name="network_join"),
    path("n/<str:slug>/join/take-back/", views.take_back, name="network_join_take_back"),
    path("n/<str:slug>/leave/", views.leave, name="network_leave"),
    path("n/<str:slug>/members/", views.members, name="network_members"),
    path("n/<str:slug>/members/<str:handle>/", views.member, name="network_member"),
    path("n/<str:slug>/members/<str:handle>/remove/", views.remove, name="network_member_remove"),
    path("n/<str:slug>/requests/", views.requests, name="network_requests"),
    path("n/<str:slug>/requests/<int:pk>/", views.answer, name="network_request"),
    path("n/<str:slug>/invitations/", invitation_views.invitations, name="network_invitations"),
    path("n/<str:slug>/invitations/mail/", invitation_views.by_mail, name="network_invite_by_mail"),
    path(
        "n/<str:slug>/invitations/<int:pk>/revoke/",
        invitation_views.revoke,
        name="network_invitation_revoke",
    ),
]
