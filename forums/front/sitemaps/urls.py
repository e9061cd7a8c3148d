from django.urls import path

from forums.front.sitemaps import views

urlpatterns = [
    path("sitemap.xml", views.index, name="sitemap"),
    path("sitemap-<slug:name>-<int:number>.xml", views.section, name="sitemap_section"),
]
