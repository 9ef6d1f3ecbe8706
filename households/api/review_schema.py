"""What the schema says of one household's review: made of the columns of the exchange format."""

import json
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from rest_framework import serializers

from households.choices import PovertyClass
from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, Column, Kind, Need
from households.exchange.household_object import MEMBERS, REASON
from households.services.review_entry import Outcome

#: A household of the demonstration's commune; the line of curl in docs/api.md sends it.
EXAMPLE_PATH: Final = Path(settings.BASE_DIR) / "households" / "data" / "examples" / "review.json"
EXAMPLE: Final[dict[str, Any]] = json.loads(EXAMPLE_PATH.read_text(encoding="utf-8"))

_CODES: Final = {"type": "array", "items": {"type": "string"}}
_TYPES: Final[dict[Kind, dict[str, Any]]] = {
    Kind.YES_NO: {"type": "boolean"},
    Kind.INTEGER: {"type": "integer"},
    Kind.MONEY_VND: {"type": "integer", "minimum": 0},
    Kind.AREA_M2: {"type": "number", "minimum": 0},
    Kind.DATE: {"type": "string", "format": "date"},
    Kind.BIRTH_DATE: {"type": "string", "description": "1985-04-30, or the year alone"},
    Kind.CODES: _CODES,
    Kind.PERSONAL_ID: {"type": "string", "pattern": "^[0-9]{12}$"},
    Kind.OLD_NUMBER: {"type": "string", "pattern": "^[0-9]{9}$"},
}


def _of_column(column: Column) -> dict[str, Any]:
    found = dict(_TYPES.get(column.kind, {"type": "string"}))
    if column.kind is Kind.UNIT_CODE:
        found["pattern"] = f"^[0-9]{{{column.digits}}}$"
    if column.kind is Kind.INTEGER:
        found |= {"minimum": column.minimum, "maximum": column.maximum}
    if column.kind in (Kind.TEXT, Kind.KEY):
        found["maxLength"] = column.max_length
    if column.choices is not None:
        codes: list[str | None] = list(column.codes)
        found["enum"] = codes if column.required else [*codes, None]
    if not column.required:
        found["nullable"] = True
    found["description"] = ": ".join(
        filter(None, [column.heading_vi, str(found.get("description", ""))])
    )
    return found


def _object(columns: tuple[Column, ...], without: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "type": "object",
        "required": [c.name for c in columns if c.need is Need.REQUIRED and c.name not in without],
        "properties": {c.name: _of_column(c) for c in columns},
    }


def household_schema() -> dict[str, Any]:
    """The object that is sent, with one example that works where its commune is in a round."""
    # Of this household, unless it says otherwise.
    member = _object(MEMBER_COLUMNS, without=("household_id",))
    found = _object(HOUSEHOLD_COLUMNS)
    found["required"].append(MEMBERS)
    found["properties"][MEMBERS] = {"type": "array", "items": member, "minItems": 1}
    found["properties"][REASON] = {
        "type": "string",
        "description": "Why a class that somebody saw changes.",
    }
    found["description"] = (
        "The exchange format: a name that is left out leaves what is stored, null empties it."
        " Answers to questions of form B stand as b1_<question>."
    )
    found["example"] = EXAMPLE
    return found


class HouseholdNamedSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    code = serializers.CharField(help_text="As officers read it: H00001234.")
    household_id = serializers.CharField(help_text="The key under which it was sent.")


class SurveyNamedSerializer(serializers.Serializer):
    uuid = serializers.UUIDField()
    revision = serializers.IntegerField(help_text="Grows with each change of the form.")
    url = serializers.URLField(help_text="Its page, for whoever may see it.")


class NamesSerializer(serializers.Serializer):
    vi = serializers.CharField()
    en = serializers.CharField()


class IndicatorNamedSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = NamesSerializer()


class VerdictSerializer(serializers.Serializer):
    standard = serializers.CharField()
    status = serializers.CharField(
        help_text='"preliminary": the commune\'s decision makes it official.'
    )
    poverty_class = serializers.ChoiceField(
        [one.lower() for one in PovertyClass.values],
        allow_null=True,
        help_text="Null while facts are missing that could change it.",
    )
    b1_points = serializers.IntegerField(allow_null=True)
    b2_points = serializers.IntegerField(allow_null=True)
    deprivations = IndicatorNamedSerializer(many=True)
    unknown = IndicatorNamedSerializer(many=True, help_text="Facts for these are missing.")


class RemarkSerializer(serializers.Serializer):
    field = serializers.CharField(help_text="households.area, members[2].sex")
    code = serializers.CharField()
    words = serializers.CharField()


class EnteredSerializer(serializers.Serializer):
    """What became of the review, or in a trial would become of it."""

    outcome = serializers.ChoiceField([one.value for one in Outcome])
    is_written = serializers.BooleanField(help_text="False in a trial.")
    round = serializers.CharField()
    household = HouseholdNamedSerializer(allow_null=True, help_text="Null for a new one's trial.")
    survey = SurveyNamedSerializer(allow_null=True, help_text="Null for a new one's trial.")
    results = VerdictSerializer(many=True)
    warnings = RemarkSerializer(many=True)


class AnsweredOnceSerializer(serializers.Serializer):
    """What was answered under a key."""

    key = serializers.CharField()
    at = serializers.DateTimeField()
    kept_until = serializers.DateTimeField()
    status = serializers.IntegerField()
    answer = serializers.DictField(help_text="Its body: what was entered, or the problem.")
