from django.urls import path

from forums.discussions.posts import draft_views, views
from forums.pictures import views as picture_views

urlpatterns = [
    path("t/<int:pk>/reply/", views.reply, name="reply"),
    path("p/<int:pk>/", views.post, name="post"),
    path("p/<int:pk>/thread/", views.thread, name="thread"),
    path("p/<int:pk>/edit/", views.edit, name="post_edit"),
    path("p/<int:pk>/history/", views.history, name="history"),
    path("p/<int:pk>/delete/", views.delete, name="post_delete"),
    path("p/<int:pk>/mark/<str:kind>/", views.react, name="react"),
    path("sent/", draft_views.sent, name="sent"),
    path("preview/", picture_views.preview, name="preview"),
    path("upload/", picture_views.upload, name="upload"),
    path("pictures/<uuid:pk>", picture_views.largest, name="picture_largest"),
    path("pictures/<uuid:pk>/<int:size>.webp", picture_views.picture, name="picture"),
]
