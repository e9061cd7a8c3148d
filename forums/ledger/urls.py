from django.urls import path

from forums.ledger import views

urlpatterns = [
    path("n/<str:slug>/money/", views.money, name="money"),
    path("n/<str:slug>/money/history/", views.history, name="money_history"),
    path("n/<str:slug>/money/open/", views.switch, {"to": "open"}, name="money_open"),
    path("n/<str:slug>/money/close/", views.switch, {"to": "close"}, name="money_close"),
    path("n/<str:slug>/money/new/", views.add, name="money_new"),
    path("n/<str:slug>/money/<int:pk>/edit/", views.edit, name="money_edit"),
    path("n/<str:slug>/money/<int:pk>/out/", views.take_out, name="money_take_out"),
]
