from django.urls import path

from forums.activities.attendance import views

# After every other address under /activities/: the slug may be any word.
urlpatterns = [
    path("activities/<int:pk>/answer/", views.answer, name="activity_answer"),
    path("activities/<int:pk>/", views.activity, name="activity"),
    path("activities/<int:pk>/<str:slug>/", views.activity, name="activity_named"),
]
