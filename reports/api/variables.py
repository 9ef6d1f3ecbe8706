"""The code book: what every column of the aggregates counts."""

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.api import parameters
from households.api.base import ApiView
from households.api.parameters import WHOLE
from households.api.rounds import NameSerializer
from reports.api import asked
from reports.choices import FigureLevel
from reports.queries import aggregates, questions, rounds_on_offer, variables
from reports.queries.variables import Variable


class VariableSerializer(serializers.Serializer):
    dataset = serializers.CharField()
    by = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    name = NameSerializer(source="names")
    unit = serializers.CharField(
        help_text="households, persons, per_cent, or row: each says its own"
    )
    base = serializers.CharField(allow_blank=True, help_text="What a rate is of.")
    formula = serializers.CharField(allow_blank=True)
    table = serializers.CharField(help_text="Table of the yearly report; docs/figures.md")


class Variables(ApiView):
    @extend_schema(
        operation_id="variables_list",
        parameters=[
            OpenApiParameter("dataset", str, enum=list(aggregates.DATASETS)),
            OpenApiParameter("area_id", WHOLE, description="Of the rounds of this unit."),
        ],
        responses={200: VariableSerializer(many=True)},
    )
    def get(self, request: Request) -> Response:
        """As the newest round's standard has them."""
        wanted = parameters.choice(request, "dataset", list(aggregates.DATASETS)) or ""
        area = asked.area_of(request, None)
        offered = rounds_on_offer.of(area)
        if not offered:
            raise Http404
        question = questions.asked(
            round=offered[0].round, area=area, level=FigureLevel(area.level.lower())
        )
        told: list[Variable] = list(variables.of(question, wanted))
        return Response(VariableSerializer(told, many=True).data)
