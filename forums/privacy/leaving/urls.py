from django.urls import path

from forums.privacy.leaving import views

urlpatterns = [
    path("settings/leave/", views.leave, name="leave_site"),
    path("settings/leave/stay/", views.stay, name="leave_stay"),
    path("settings/leave/stay/<str:token>/", views.stay_by_letter, name="leave_stay_by_letter"),
    path("settings/leave/confirm/<str:token>/", views.confirm, name="leave_confirm"),
]
