"""Addresses of lists of support, and of persons outside the register."""

from django.urls import path

from programs.views import benefit_list_rows, benefit_lists, outside_benefits

urlpatterns = [
    path("support/received/", benefit_lists.list_list, name="benefit_lists"),
    path("support/received/new/", benefit_lists.list_new, name="benefit_list_new"),
    path("support/received/<uuid:uuid>/", benefit_lists.benefit_list, name="benefit_list"),
    path(
        "support/received/<uuid:uuid>/columns/",
        benefit_lists.list_columns,
        name="benefit_list_columns",
    ),
    path(
        "support/received/<uuid:uuid>/rows/<int:line>/",
        benefit_list_rows.list_row,
        name="benefit_list_row",
    ),
    path("support/outside/", outside_benefits.outside_list, name="outside_list"),
    path("support/outside/<uuid:uuid>/", outside_benefits.outside_benefit, name="outside_benefit"),
    path("support/outside/new/<slug:code>/", outside_benefits.outside_new, name="outside_new"),
]
