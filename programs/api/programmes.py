"""The programmes and their grounds, as they are in force on a day."""

import datetime as dt
from typing import Any

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households import clock
from households.api import parameters
from households.api.access import caller_of
from households.api.base import ApiView
from households.api.rounds import NameSerializer, provinces
from programs.choices import ProgrammeKind, Recipient
from programs.models import Programme, ProgrammeTerms


class GroundSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = NameSerializer()
    legal_basis = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)
    of_province = serializers.CharField(
        allow_null=True, help_text="Code of the province that gives it on its own."
    )
    is_confirmed = serializers.BooleanField(help_text="Whether somebody vouched for all of it.")


class ProgrammeSerializer(serializers.Serializer):
    code = serializers.CharField()
    kind = serializers.ChoiceField(ProgrammeKind.choices)
    recipient = serializers.ChoiceField(Recipient.choices)
    name = NameSerializer()
    grounds = GroundSerializer(many=True)


class ProgrammeList(ApiView):
    @extend_schema(
        operation_id="programmes_list",
        parameters=[OpenApiParameter("on", dt.date, description="Grounds of this day.")],
        responses={200: ProgrammeSerializer(many=True)},
    )
    def get(self, request: Request) -> Response:
        """All programmes, with the nation's grounds and those of the provinces asked about."""
        on = parameters.day(request, "on") or clock.today()
        own = Q(owner__isnull=True) | Q(owner__in=provinces(caller_of(request)))
        terms = ProgrammeTerms.objects.on(on).filter(own).select_related("owner")
        by_programme: dict[int, list[dict[str, Any]]] = {}
        for one in terms.order_by("rank", "pk"):
            by_programme.setdefault(one.programme_id, []).append(_ground(one))
        told = [
            {
                "code": one.code,
                "kind": one.kind,
                "recipient": one.recipient,
                "name": {"vi": one.name_vi, "en": one.name_en},
                "grounds": by_programme.get(one.pk, []),
            }
            for one in Programme.objects.order_by("pk")
        ]
        return Response(ProgrammeSerializer(told, many=True).data)


def _ground(one: ProgrammeTerms) -> dict[str, Any]:
    return {
        "code": one.ground,
        "name": {"vi": one.name_vi, "en": one.name_en},
        "legal_basis": one.legal_basis,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "of_province": one.owner.code if one.owner else None,
        "is_confirmed": not one.doubts,
    }
