from django.urls import path

from forums.search.related import views

urlpatterns = [path("similar/", views.similar, name="similar")]
