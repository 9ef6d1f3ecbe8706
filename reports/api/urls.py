"""Addresses of aggregates."""

from django.urls import path

from reports.api import aggregates, variables

urlpatterns = [
    path("variables/", variables.Variables.as_view(), name="variables"),
    *[
        path(f"aggregates/{name}/", view.as_view(), name=f"aggregates_{name}")
        for name, view in aggregates.VIEWS.items()
    ],
]
