"""Addresses of inspections."""

from django.urls import path

from households.views import inspections

urlpatterns = [
    path("inspections/", inspections.inspection_list, name="inspection_list"),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path(
        "inspections/<int:pk>/samples/<int:sample_pk>/",
        inspections.inspection_sample,
        name="inspection_sample",
    ),
    path(
        "inspections/<int:pk>/dossier/", inspections.inspection_dossier, name="inspection_dossier"
    ),
]
