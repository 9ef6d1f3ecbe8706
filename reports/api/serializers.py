"""The form of answers, for the schema."""

from drf_spectacular.utils import extend_schema_serializer
from rest_framework import serializers

from reports.choices import FigureLevel, FigureStatus


class EditionOfSerializer(serializers.Serializer):
    """The edition of a report that the figures were given out in."""

    id = serializers.IntegerField()
    number = serializers.IntegerField()
    is_signed = serializers.BooleanField()


class PartSerializer(serializers.Serializer):
    """A round under a standard. `break`: nothing here is compared with the round before."""

    round = serializers.CharField()
    standard = serializers.CharField()
    status = serializers.ChoiceField(FigureStatus.choices)
    as_of = serializers.DateField()
    areas_on = serializers.DateField()
    base = serializers.CharField()
    communes_undecided = serializers.IntegerField()
    trial = serializers.CharField(
        allow_null=True, help_text="Why nobody is decided on by this standard; null of others."
    )
    not_recast = serializers.ListField(
        child=serializers.CharField(), help_text="What the units of areas_on cannot tell."
    )
    definition_version = serializers.IntegerField(help_text="Of the table that the columns are of.")
    columns = serializers.ListField(child=serializers.CharField())
    break_reason = serializers.CharField(allow_null=True)
    settlement = serializers.CharField(required=False, help_text="Where it was asked for.")
    group = serializers.CharField(required=False, help_text="Where it was asked for.")
    edition = EditionOfSerializer(allow_null=True, help_text="Null: of the register as it is now.")
    edition_of_rates = EditionOfSerializer(allow_null=True, help_text="Of shares beside counts.")

    def get_fields(self) -> dict[str, serializers.Field]:
        """`break` is a word of Python."""
        found: dict[str, serializers.Field] = super().get_fields()
        return found | {"break": serializers.BooleanField()}


@extend_schema_serializer(many=False)
class AnswerSerializer(serializers.Serializer):
    """Rows carry the heads of their part, the columns it names, and `reasons` (why null)."""

    dataset = serializers.CharField()
    by = serializers.CharField(allow_null=True)
    area_id = serializers.IntegerField()
    area_code = serializers.CharField(allow_blank=True)
    level = serializers.ChoiceField(FigureLevel.choices)
    as_of = serializers.DateField()
    status = serializers.ChoiceField(FigureStatus.choices, allow_null=True)
    definition = serializers.CharField()
    licence = serializers.CharField()
    parts = PartSerializer(many=True)
    rows = serializers.ListField(child=serializers.DictField())
    next = serializers.URLField(allow_null=True)
