"""Addresses of aggregates."""

from django.urls import path

from reports.api import aggregates

urlpatterns = [
    path(f"aggregates/{name}/", view.as_view(), name=f"aggregates_{name}")
    for name, view in aggregates.VIEWS.items()
]
