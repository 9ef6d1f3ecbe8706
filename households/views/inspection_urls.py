"""Addresses of inspections."""

from django.urls import path

from households.views import inspection_papers, inspection_search, inspections

urlpatterns = [
    path("inspections/", inspections.inspection_list, name="inspection_list"),
    path("inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path(
        "inspections/<int:pk>/samples/<int:sample_pk>/",
        inspections.inspection_sample,
        name="inspection_sample",
    ),
    path(
        "inspections/<int:pk>/search/",
        inspection_search.inspection_search,
        name="inspection_search",
    ),
    path(
        "inspections/<int:pk>/papers/",
        inspection_papers.inspection_papers,
        name="inspection_papers",
    ),
    path(
        "inspections/<int:pk>/papers/<uuid:uuid>/",
        inspection_papers.inspection_paper,
        name="inspection_paper",
    ),
]
