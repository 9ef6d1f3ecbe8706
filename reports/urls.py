"""Addresses of the figures and reports."""

from django.urls import path

from reports.views import behind_urls, dashboard, report_urls, targets_urls

app_name = "reports"

urlpatterns = [
    path("figures/", dashboard.dashboard, name="dashboard"),
    *targets_urls.urlpatterns,
    *behind_urls.urlpatterns,
    *report_urls.urlpatterns,
    path("figures/<slug:key>/", dashboard.figure, name="figure"),
]
