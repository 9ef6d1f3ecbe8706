"""Addresses of the standards' pages; included by households.urls."""

from django.urls import path

from households.views import confirmations, point_tables, standards, worked_households

urlpatterns = [
    path("", standards.standard_list, name="standard_list"),
    path("unconfirmed/", confirmations.unconfirmed, name="unconfirmed_numbers"),
    path("tables/<slug:code>/", point_tables.detail, name="point_table"),
    path("tables/<slug:code>/points.csv", point_tables.points_csv, name="point_table_csv"),
    path("tables/<slug:code>/points/", point_tables.change, name="point_table_change"),
    path("tables/<slug:code>/propose/", point_tables.propose, name="point_table_propose"),
    path("tables/<slug:code>/withdraw/", point_tables.withdraw, name="point_table_withdraw"),
    path("tables/<slug:code>/agree/", point_tables.agree, name="point_table_agree"),
    path("tables/<slug:code>/discard/", point_tables.discard, name="point_table_discard"),
    path("tables/<slug:code>/worked/new/", worked_households.new, name="worked_household_new"),
    path(
        "tables/<slug:code>/worked/<int:pk>/remove/",
        worked_households.remove,
        name="worked_household_remove",
    ),
    path("<slug:code>/", standards.standard_detail, name="standard"),
    path("<slug:code>/confirm/", confirmations.confirm, name="confirm_number"),
    path("<slug:code>/tables/new/", point_tables.new, name="point_table_new"),
]
