"""/pages/…, and the map of the site."""

from django.urls import path

from forums.pages import sitemaps, views

urlpatterns = [
    path("pages/<slug:slug>/", views.page, name="page"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", sitemaps.section, name="sitemap_section"),
]
