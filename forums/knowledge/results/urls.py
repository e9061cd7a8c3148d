from django.urls import path

from forums.knowledge.results import views

urlpatterns = [
    path("t/<int:pk>/common/export.zip", views.export, name="common_export"),
]
