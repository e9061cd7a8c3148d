from django.urls import path

from forums.moderation.reports import views

urlpatterns = [
    path("report/<slug:kind>/<str:thing>/", views.report, name="report"),
    path("reports/", views.reports, name="reports"),
    path("reports/<int:pk>/", views.reported, name="reported"),
    path("reports/<int:pk>/take-back/", views.take_back, name="report_take_back"),
]
