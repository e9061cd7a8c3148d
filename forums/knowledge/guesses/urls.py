from django.urls import path

from forums.knowledge.guesses import views

urlpatterns = [path("t/<int:pk>/common/guess/", views.guess, name="guess")]
