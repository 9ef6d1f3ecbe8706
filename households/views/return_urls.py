"""Addresses of sheets that come back from the receivers of layouts."""

from django.urls import path

from households.views import layout_returns

urlpatterns = [
    path("returns/", layout_returns.return_list, name="return_list"),
    path("layouts/<int:pk>/return/", layout_returns.return_new, name="return_new"),
    path("returns/<uuid:uuid>/", layout_returns.layout_return, name="layout_return"),
    path(
        "returns/differences/<int:pk>/",
        layout_returns.returned_difference,
        name="returned_difference",
    ),
]
