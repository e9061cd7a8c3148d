"""The product's addresses and the two yardsticks'."""

from django.urls import path

from roypalang.urls import *  # noqa: F403
from roypalang.urls import urlpatterns as of_the_product
from tests.benchmarks import views

urlpatterns = [
    path("benchmark/fixed/", views.fixed),
    path("benchmark/bare/<int:topic>/", views.bare),
    *of_the_product,
]
