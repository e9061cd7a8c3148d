from django.urls import path

from forums.knowledge.glossary import views

urlpatterns = [
    path("t/<int:pk>/common/words/", views.words, name="topic_words"),
    path("t/<int:pk>/common/words/write/", views.write, name="topic_word_write"),
]
