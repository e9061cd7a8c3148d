from django.urls import path

from forums.knowledge.differences import views

urlpatterns = [
    path(
        "t/<int:pk>/common/different/<int:number>/", views.difference, name="statement_difference"
    ),
]
