from django.urls import path

from forums.moderation.appeals import views

urlpatterns = [
    path("decisions/<int:pk>/", views.reasons, name="reasons"),
    path("decisions/letter/<str:token>/", views.reasons_by_letter, name="reasons_by_letter"),
]
