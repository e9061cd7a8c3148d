from django.contrib import admin
from django.urls import path

from forums.vitals import views

urlpatterns = [
    path("admin/vitals/", admin.site.admin_view(views.vitals), name="vitals"),
]
