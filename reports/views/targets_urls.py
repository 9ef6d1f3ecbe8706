"""Addresses of the targets of the reduction."""

from django.urls import path

from reports.views import targets

urlpatterns = [
    path("figures/targets/", targets.target_list, name="target_list"),
    path("figures/targets/set/", targets.target_entry, name="target_entry"),
    path("figures/targets/<int:pk>/withdraw/", targets.target_withdraw, name="target_withdraw"),
]
