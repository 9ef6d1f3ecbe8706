"""Addresses of the reports."""

from django.urls import path

from reports.views.reports import catalogue, changed, compare, edition, files, letters, orders, sign

_EDITION = "reports/editions/<int:pk>/"

urlpatterns = [
    path("reports/", catalogue.report_list, name="report_list"),
    path("reports/orders/new/", catalogue.order_new, name="order_new"),
    path("reports/orders/<uuid:uuid>/", orders.report_order, name="report_order"),
    path("reports/orders/<uuid:uuid>/cancel/", orders.order_cancel, name="order_cancel"),
    path("reports/orders/<uuid:uuid>/retry/", orders.order_retry, name="order_retry"),
    path("reports/orders/<uuid:uuid>/files/", files.order_files, name="order_files"),
    path("reports/orders/<uuid:uuid>/letter/", letters.order_letter, name="order_letter"),
    path(_EDITION, edition.edition, name="edition"),
    path(f"{_EDITION}file/", files.edition_file, name="edition_file"),
    path(f"{_EDITION}sign/", sign.edition_sign, name="edition_sign"),
    path(f"{_EDITION}broken/<int:at>/", edition.edition_broken, name="edition_broken"),
    path(f"{_EDITION}since/<int:other>/", compare.edition_compare, name="edition_compare"),
    path(
        f"{_EDITION}since/<int:other>/households/", changed.edition_changed, name="edition_changed"
    ),
]
