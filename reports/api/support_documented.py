"""What the schema says of datasets of support."""

from typing import Any, Final

from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_serializer,
    extend_schema_view,
)
from rest_framework import serializers

from households.api.parameters import WHOLE
from reports.api.documented import answers
from reports.queries import coverage_aggregates, programme_aggregates

_WORDS: Final = {
    "coverage": (
        "Who is entitled to a programme today, who is served, whom nothing serves yet, and of whom"
        " too little is known. With aggregates.exact alone."
    ),
    "programmes": (
        "What was given in a calendar year against its plan: by line of the yearly summary, or by"
        " programme with its money. With aggregates.exact alone."
    ),
}
_CUTS: Final = {
    "coverage": list(coverage_aggregates.CUTS), "programmes": list(programme_aggregates.CUTS),
}  # fmt: skip
_LEVELS: Final = ["province", "district", "commune"]
_YEAR: Final = 'With commas ("2023,2024"), or "all"; this one without it.'


class SupportPartSerializer(serializers.Serializer):
    """A programme (with its ground) on a day, or a line or programme of a year. `standard` is
    empty: support is given under programmes."""

    round = serializers.CharField(help_text="The day, or the year.")
    standard = serializers.CharField(allow_blank=True)
    status = serializers.CharField(help_text="recorded: nobody decides these figures.")
    as_of = serializers.DateField()
    areas_on = serializers.DateField()
    base = serializers.CharField()
    communes_undecided = serializers.IntegerField()
    trial = serializers.CharField(allow_null=True, help_text="Of poverty figures alone: null.")
    not_recast = serializers.ListField(child=serializers.CharField(), help_text="Empty.")
    communes_behind = serializers.IntegerField(help_text="Shown as they were at `oldest`.")
    communes_missing = serializers.IntegerField(help_text="Never counted: their units are null.")
    oldest = serializers.DateTimeField(allow_null=True)
    definition_version = serializers.IntegerField()
    columns = serializers.ListField(child=serializers.CharField())
    break_reason = serializers.CharField(allow_null=True)
    programme = serializers.CharField(required=False)
    ground = serializers.CharField(
        required=False, help_text="A province's own carry its code: poor@06."
    )
    line = serializers.CharField(required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        """`break` is a word of Python; there is no edition of these."""
        found: dict[str, serializers.Field] = super().get_fields()
        found |= {
            name: serializers.JSONField(allow_null=True) for name in ("edition", "edition_of_rates")
        }
        return found | {"break": serializers.BooleanField()}


@extend_schema_serializer(many=False)
class SupportAnswerSerializer(serializers.Serializer):
    """Rows carry the heads of their part, the columns it names, and `reasons` (why null)."""

    dataset = serializers.CharField()
    by = serializers.CharField(allow_null=True)
    area_id = serializers.IntegerField()
    area_code = serializers.CharField(allow_blank=True)
    level = serializers.CharField()
    as_of = serializers.DateField()
    status = serializers.CharField(allow_null=True)
    definition = serializers.CharField()
    licence = serializers.CharField()
    parts = SupportPartSerializer(many=True)
    rows = serializers.ListField(child=serializers.DictField())
    next = serializers.URLField(allow_null=True)


def documented(view: type[Any]) -> type[Any]:
    """The view of a dataset with its operation, parameters and answer."""
    year = [OpenApiParameter("year", str, description=_YEAR)] if "year" in view.known else []
    told = extend_schema(
        operation_id=f"aggregates_{view.dataset}_retrieve",
        parameters=[
            OpenApiParameter("area", str, description="Code of a unit; else the client's own."),
            OpenApiParameter("area_id", WHOLE),
            OpenApiParameter("level", str, enum=_LEVELS, description="What the rows are."),
            OpenApiParameter("by", str, enum=_CUTS[view.dataset]),
            OpenApiParameter("limit", WHOLE, description="Rows a page of JSON."),
            OpenApiParameter("cursor", str),
            *year,
        ],
        responses=answers(SupportAnswerSerializer),
        description=_WORDS[view.dataset],
    )
    made: type[Any] = extend_schema_view(get=told)(view)
    return made
