"""Review rounds, and the standards with their indicators and numbers."""

from collections.abc import Iterable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from households.api.access import caller_of
from households.api.base import ApiView
from households.choices import RoundKind, StandardPart
from households.models import PovertyStandard, ReviewRound, RoundStandard
from households.services import standards
from households.services.api_callers import Caller


class RoundPartSerializer(serializers.Serializer):
    code = serializers.CharField()
    part = serializers.ChoiceField(StandardPart.choices)


class RoundSerializer(serializers.Serializer):
    key = serializers.CharField(help_text='"2023", or "2023-04" for one on request.')
    province_code = serializers.CharField()
    kind = serializers.ChoiceField(RoundKind.choices)
    year = serializers.IntegerField()
    month = serializers.IntegerField(allow_null=True)
    as_of = serializers.DateField(help_text="The day that ages and the map are judged on.")
    covers_all_residents = serializers.BooleanField()
    is_closed = serializers.BooleanField()
    standards = RoundPartSerializer(many=True)


class RoundList(ApiView):
    @extend_schema(operation_id="rounds_list", responses={200: RoundSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """The rounds of the provinces that may be asked about, the newest first."""
        found = ReviewRound.objects.filter(province__in=provinces(caller_of(request)))
        rows = list(found.select_related("province").order_by("-as_of", "-pk"))
        parts = RoundStandard.objects.filter(round__in=rows).order_by("pk")
        by_round: dict[int, list[dict[str, str]]] = {}
        for pk, code, part in parts.values_list("round_id", "standard__code", "part"):
            by_round.setdefault(pk, []).append({"code": code, "part": part})
        told = [_told(one) | {"standards": by_round.get(one.pk, [])} for one in rows]
        return Response(RoundSerializer(told, many=True).data)


def provinces(caller: Caller) -> set[int]:
    """Of all that may be asked about."""
    return {int(path.partition(".")[0]) for path in caller.branches}


def _told(one: ReviewRound) -> dict[str, Any]:
    names = ("key", "kind", "year", "month", "as_of", "covers_all_residents", "is_closed")
    return {name: getattr(one, name) for name in names} | {"province_code": one.province.code}


class NameSerializer(serializers.Serializer):
    vi = serializers.CharField()
    en = serializers.CharField()


class StandardSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = NameSerializer()
    legal_basis = serializers.CharField()
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True)


class IndicatorSerializer(serializers.Serializer):
    code = serializers.CharField()
    dimension = serializers.CharField()
    name = NameSerializer()


class IndicatorOfSerializer(IndicatorSerializer):
    standard = serializers.CharField()


class ParameterSerializer(serializers.Serializer):
    path = serializers.CharField()
    value = serializers.JSONField()
    unit = serializers.CharField(allow_blank=True)
    sources = serializers.ListField(child=serializers.CharField())
    is_confirmed = serializers.BooleanField(help_text="Whether somebody vouched for it.")
    is_doubtful = serializers.BooleanField()


class StandardInDetailSerializer(StandardSerializer):
    indicators = IndicatorSerializer(many=True)
    parameters = ParameterSerializer(many=True)


class StandardList(ApiView):
    @extend_schema(operation_id="standards_list", responses={200: StandardSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """All poverty standards, the oldest first."""
        return Response([_standard(one) for one in _standards()])


class StandardInDetail(ApiView):
    @extend_schema(operation_id="standards_retrieve", responses={200: StandardInDetailSerializer})
    def get(self, request: Request, code: str) -> Response:
        """A standard with its indicators and every number that it counts by."""
        found = get_object_or_404(PovertyStandard.objects.all(), code=code)
        confirmed = standards.confirmed_paths(found)
        told = [
            {
                "path": one.path,
                "value": list(one.value) if isinstance(one.value, tuple) else one.value,
                "unit": one.unit,
                "sources": list(one.source),
                "is_confirmed": one.confirmed or one.path in confirmed,
                "is_doubtful": one.weak,
            }
            for one in standards.rules_of(found).statements()
        ]
        return Response(
            _standard(found) | {"indicators": list(_indicators(found)), "parameters": told}
        )


class IndicatorList(ApiView):
    @extend_schema(
        operation_id="indicators_list", responses={200: IndicatorOfSerializer(many=True)}
    )
    def get(self, request: Request) -> Response:
        """The indicators of all standards, each in the order of its standard."""
        return Response(
            [
                row | {"standard": one.code}
                for one in PovertyStandard.objects.order_by("valid_from", "pk")
                for row in _indicators(one)
            ]
        )


def _standards() -> Iterable[PovertyStandard]:
    return PovertyStandard.objects.defer("document").order_by("valid_from", "pk")


def _standard(one: PovertyStandard) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": {"vi": one.name_vi, "en": one.name_en},
        "legal_basis": one.legal_basis,
        "valid_from": one.valid_from.isoformat(),
        "valid_to": one.valid_to.isoformat() if one.valid_to else None,
    }


def _indicators(one: PovertyStandard) -> Iterable[dict[str, Any]]:
    for found in standards.rules_of(one).indicators:
        yield {
            "code": found.code,
            "dimension": found.dimension,
            "name": {"vi": found.name.vi, "en": found.name.en},
        }
