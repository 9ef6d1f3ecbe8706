"""Addresses of coverage."""

from django.urls import path

from programs.views import coverage, coverage_lists, ground_checks

urlpatterns = [
    path("coverage/", coverage.coverage, name="coverage"),
    path("coverage/grounds/", ground_checks.ground_checks, name="ground_checks"),
    path("coverage/grounds/file/", ground_checks.ground_checks_file, name="ground_checks_file"),
    path("coverage/grounds/<uuid:uuid>/", ground_checks.ground_check, name="ground_check"),
    path(
        "coverage/grounds/<uuid:uuid>/settle/",
        ground_checks.ground_check_settle,
        name="ground_check_settle",
    ),
    path("coverage/<slug:code>/", coverage.coverage_programme, name="coverage_programme"),
    path("coverage/<slug:code>/<slug:which>/", coverage_lists.coverage_list, name="coverage_list"),
    path(
        "coverage/<slug:code>/<slug:which>/file/",
        coverage_lists.coverage_list_file,
        name="coverage_list_file",
    ),
]
