"""/pages/…, and the map of the site."""

from django.urls import path

from forums.front.sitemaps import views as sitemaps
from forums.pages import views

urlpatterns = [
    path("pages/<slug:slug>/", views.page, name="page"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.section, name="sitemap_section"),
]
