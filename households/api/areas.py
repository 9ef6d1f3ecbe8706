"""The units of the map on a day, what lies below them and what became of them."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households import clock
from households.api import parameters
from households.api.access import caller_of
from households.api.base import ApiView
from households.api.paging import CURSOR, LIMIT, Pages, page_of
from households.api.parameters import WHOLE
from households.choices import AreaChangeKind, AreaLevel
from households.models import Area, AreaChange
from households.services.api_callers import Caller


class AreaSerializer(serializers.Serializer):
    """A unit as it is valid from a day to a day."""

    id = serializers.IntegerField(
        source="pk", help_text="Names the unit for ever; codes are used again."
    )
    level = serializers.ChoiceField(AreaLevel.choices)
    code = serializers.CharField(allow_blank=True, help_text="Empty for most villages.")
    name = serializers.CharField()
    parent_id = serializers.IntegerField(allow_null=True)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)


class SuccessionSerializer(serializers.Serializer):
    """An arrow of a reorganisation; `is_whole`: all of the unit went there."""

    kind = serializers.ChoiceField(AreaChangeKind.choices)
    area = AreaSerializer(allow_null=True)
    changed_on = serializers.DateField()
    is_whole = serializers.BooleanField()
    legal_basis = serializers.CharField(allow_blank=True)


class AreaInDetailSerializer(AreaSerializer):
    children = AreaSerializer(many=True, help_text="On the day asked about.")
    successors = SuccessionSerializer(many=True)
    predecessors = SuccessionSerializer(many=True)


class AreaPages(Pages):
    ordering = ("code", "pk")


ON = OpenApiParameter("on", dt.date, description="The map of this day; today's without it.")


class AreaList(ApiView):
    @extend_schema(
        operation_id="areas_list",
        parameters=[
            ON,
            OpenApiParameter("level", str, enum=AreaLevel.values),
            OpenApiParameter("code", str, description="Units of this code."),
            OpenApiParameter("under", WHOLE, description="Those below the unit of this id."),
            LIMIT,
            CURSOR,
        ],
        responses={200: page_of(AreaSerializer)},
    )
    def get(self, request: Request) -> Response:
        """The units that may be asked about, and those above them. Ordered by code."""
        found = visible(caller_of(request)).on(parameters.day(request, "on") or clock.today())
        if level := parameters.choice(request, "level", AreaLevel.values):
            found = found.at(AreaLevel(level))
        if code := request.query_params.get("code"):
            found = found.filter(code=code)
        if (under := parameters.whole(request, "under")) is not None:
            above = get_object_or_404(visible(caller_of(request)), pk=under)
            found = found.filter(path__startswith=above.inner_path)
        pages = AreaPages()
        rows = pages.paginate_queryset(found, request, view=self)
        return Response(pages.get_paginated_response(AreaSerializer(rows, many=True).data).data)


class AreaInDetail(ApiView):
    @extend_schema(
        operation_id="areas_retrieve", parameters=[ON], responses={200: AreaInDetailSerializer}
    )
    def get(self, request: Request, pk: int) -> Response:
        """A unit with what lies right below it and what became of it."""
        seen = visible(caller_of(request))
        area = get_object_or_404(seen, pk=pk)
        on = parameters.day(request, "on") or clock.today()
        below = seen.on(on).filter(parent=area).order_by("code", "pk")
        told = AreaSerializer(area).data | {
            "children": AreaSerializer(below, many=True).data,
            "successors": _arrows(AreaChange.objects.filter(from_area=area), "to_area"),
            "predecessors": _arrows(AreaChange.objects.filter(to_area=area), "from_area"),
        }
        return Response(told)


def visible(caller: Caller) -> Any:
    """The real units of the caller's area and the ones above it, of any time. No query."""
    above = {int(one) for path in caller.branches for one in path.split(".") if one}
    inside = Area.objects.under_any(list(caller.branches)).values("pk")
    return Area.objects.filter(Q(pk__in=inside) | Q(pk__in=above)).real()


def _arrows(found: QuerySet[AreaChange], side: str) -> list[dict[str, Any]]:
    """The name of another area's unit is no secret: it stands in the decree."""
    rows = found.select_related(side).order_by("changed_on", "pk")
    return [
        {
            "kind": one.kind,
            "area": AreaSerializer(other).data if (other := getattr(one, side)) else None,
            "changed_on": one.changed_on.isoformat(),
            "is_whole": one.is_whole,
            "legal_basis": one.legal_basis,
        }
        for one in rows
    ]
