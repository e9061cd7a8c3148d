from django.urls import path

from forums.groups.invitations import views

urlpatterns = [
    path("join/<str:token>/", views.invitation, name="invitation"),
    path("n/<str:slug>/invitations/", views.invitations, name="network_invitations"),
    path("n/<str:slug>/invitations/mail/", views.by_mail, name="network_invite_by_mail"),
    path(
        "n/<str:slug>/invitations/<int:pk>/sheet/",
        views.sheet,
        name="network_invitation_sheet",
    ),
    path(
        "n/<str:slug>/invitations/<int:pk>/revoke/",
        views.revoke,
        name="network_invitation_revoke",
    ),
]
