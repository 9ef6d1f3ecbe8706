"""The API, version 1: every app brings its own; the schema and its pages beside them."""

from django.urls import include, path, re_path

from households.api.base import Nowhere
from povreg import api_schema

app_name = "api"

urlpatterns = [
    path("", include("households.api.urls")),
    path("", include("programs.api.urls")),
    path("", include("reports.api.urls")),
    path("schema/", api_schema.Schema.as_view(), name="schema"),
    path("docs/", api_schema.Docs.as_view(url_name="api:schema"), name="docs"),
    # Also over line breaks; flags in the pattern would keep Django from reversing any address.
    re_path(r"[\s\S]+", Nowhere.as_view(), name="nowhere"),
]
