"""Addresses of reorganisations."""

from django.urls import path

from households.views import reorganisations

urlpatterns = [
    path("reorganisations/", reorganisations.reorganisation_list, name="reorganisation_list"),
    path("reorganisations/<int:pk>/", reorganisations.reorganisation, name="reorganisation"),
    path(
        "reorganisations/<int:pk>/new/<str:kind>/",
        reorganisations.reorganisation_part_new,
        name="reorganisation_part_new",
    ),
    path(
        "reorganisations/<int:pk>/parts/<int:place>/",
        reorganisations.reorganisation_part,
        name="reorganisation_part",
    ),
]
