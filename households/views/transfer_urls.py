"""Addresses of households that move from commune to commune."""

from django.urls import path

from households.views import transfers

urlpatterns = [
    path("communes/<int:area_pk>/transfers/", transfers.transfer_list, name="transfer_list"),
    path("transfers/<int:pk>/", transfers.transfer, name="transfer"),
    path("transfers/", transfers.moved_within, name="moved_within"),
]
