from django.urls import path

from forums.pictures import views

urlpatterns = [
    path("preview/", views.preview, name="preview"),
    path("upload/", views.upload, name="upload"),
    path("pictures/<uuid:pk>", views.largest, name="picture_largest"),
    path("pictures/<uuid:pk>/<int:size>.webp", views.picture, name="picture"),
]
