from django.urls import path

from forums.moderation.log import feeds, views

urlpatterns = [
    path("moderation/log/", views.moderation_log, name="moderation_log"),
    path("moderation/log/feed/", feeds.log_feed, name="moderation_log_feed"),
    path("moderation/figures/<int:year>/", views.figures_page, name="moderation_figures"),
    path("moderation/figures/<int:year>.csv", views.figures_csv, name="moderation_figures_csv"),
]
