from django.urls import path

from forums.sharing import views

_OF = "pictures/shared/<slug:kind>/<int:pk>"

urlpatterns = [
    path(f"{_OF}.png", views.picture, name="shared_picture_now"),
    path(f"{_OF}/<slug:content>.png", views.picture, name="shared_picture"),
]
