"""The OpenAPI schema and the pages that are made of it; for all who may ask anything."""

from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from households.choices.api import ApiScope


class Schema(SpectacularAPIView):
    scope = ApiScope.AGGREGATES


class Docs(SpectacularSwaggerSplitView):
    """Nothing in it comes from another server, and no script stands in the page."""

    scope = ApiScope.AGGREGATES
