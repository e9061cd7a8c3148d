from django.urls import path

from forums.reading.bookmarks import views

urlpatterns = [
    path("bookmarks/", views.bookmarks, name="bookmarks"),
    *(
        path(f"bookmarks/<int:pk>/{verb}/", views.act, {"verb": verb}, name=f"bookmark_{name}")
        for verb, name in (("done", "done"), ("later", "later"), ("take-out", "take_out"))
    ),
    path("p/<int:pk>/bookmark/", views.mark, name="bookmark"),
    path("p/<int:pk>/bookmark/note/", views.note, name="bookmark_note"),
]
