from django.urls import path

from forums.ledger.sheets import views

urlpatterns = [
    path("n/<str:slug>/money/csv/", views.export, name="money_csv"),
    path("n/<str:slug>/money/import/", views.take_in, name="money_import"),
    path("n/<str:slug>/money/import/<int:pk>/", views.confirm, name="money_confirm"),
    path("n/<str:slug>/money/import/<int:pk>/columns/", views.columns, name="money_columns"),
]
