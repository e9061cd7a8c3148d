from django.urls import path

from forums.reading.drafts import views

urlpatterns = [
    path("drafts/", views.drafts, name="drafts"),
    path("drafts/keep/", views.keep, name="draft_keep"),
    path("drafts/at/", views.at_place, name="drafts_at"),
    path("drafts/<uuid:pk>/", views.draft, name="draft"),
    path("drafts/<uuid:pk>/throw-away/", views.throw_away, name="draft_throw_away"),
    path("drafts/<uuid:pk>/bring-back/", views.bring_back, name="draft_bring_back"),
]
