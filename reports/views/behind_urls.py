"""Addresses of the households behind a figure."""

from django.urls import path

from reports.views import behind, behind_files

urlpatterns = [
    path("figures/behind/", behind.behind, name="behind"),
    path("figures/behind/file/", behind_files.behind_file, name="behind_file"),
]
