"""Addresses beside the product's own, which the API is measured against."""

from typing import Any, Final

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework import permissions, serializers
from rest_framework.viewsets import ReadOnlyModelViewSet

from households.choices import PovertyClass
from households.models import Assessment

#: Name of the bytes in the cache.
SAME_BYTES: Final = "benchmark:same-bytes"


@login_not_required
def from_cache(request: HttpRequest) -> HttpResponse:
    """The least that sends the same bytes from the same cache."""
    return HttpResponse(cache.get(SAME_BYTES), content_type="application/json")


@login_not_required
def bare(request: HttpRequest) -> HttpResponse:
    """The least that answers at all."""
    return HttpResponse()


class _Counts(serializers.Serializer[Any]):
    commune = serializers.IntegerField()
    commune_code = serializers.CharField(source="commune__code")
    commune_name = serializers.CharField(source="commune__name")
    households = serializers.IntegerField()
    persons = serializers.IntegerField()
    poor = serializers.IntegerField()
    near_poor = serializers.IntegerField()


class Plain(ReadOnlyModelViewSet[Any]):
    """The usual way: annotate, serialize, every time."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    throttle_classes = ()
    serializer_class = _Counts
    queryset = (
        Assessment.objects.filter(round__year=2023, standard__code="std_2022")
        .values("commune", "commune__code", "commune__name")
        .annotate(
            households=Count("pk"),
            persons=Sum("persons"),
            poor=Count("pk", filter=Q(poverty_class=PovertyClass.POOR)),
            near_poor=Count("pk", filter=Q(poverty_class=PovertyClass.NEAR_POOR)),
        )
        .order_by("commune__code")
    )


urlpatterns = [
    path("bench/cache/", from_cache),
    path("bench/bare/", bare),
    path("bench/plain/", login_not_required(Plain.as_view({"get": "list"}))),
    path("", include("povreg.urls")),
]
