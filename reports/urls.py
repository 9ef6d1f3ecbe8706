"""Addresses of the figures."""

from reports.views import targets_urls

app_name = "reports"

urlpatterns = [*targets_urls.urlpatterns]
