"""Where listed households stand by the newest form of a decided round: what they lack and want."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from households.choices import DecisionOrigin, RoundKind
from households.models import Area, PovertyStandard, RecognitionDecision, ReviewRound
from households.scoring import Standard

#: The newest form of a round that was decided for its commune, about this household too. While a
#: round runs, its own forms are nobody's here.
_POSITIONS = """
WITH listed AS (
  SELECT p.household_id, p.poverty_class, c.village_id, v.parent_id AS commune_id,
         c.head_name, c.members
  FROM households_statusperiod p
  JOIN households_householdcard c ON c.household_id = p.household_id AND NOT c.is_ended
  JOIN households_area v ON v.id = c.village_id AND NOT v.is_practice
  WHERE p.list_owner_id IS NULL AND p.poverty_class IN ('POOR', 'NEAR_POOR')
    AND p.valid_from <= %(on)s AND (p.valid_to IS NULL OR p.valid_to >= %(on)s)
    AND v.parent_id = ANY(%(communes)s)
)
SELECT l.household_id, l.poverty_class, l.village_id, l.commune_id, l.head_name, l.members,
       a.survey_id, a.standard_id, a.poverty_class, a.settlement, a.income_basis,
       CASE WHEN a.income_basis = 'DECLARED' THEN a.income_vnd ELSE a.b1_points END,
       a.deprivations, a.deprived_bits, coalesce(a.no_labour, false), coalesce(a.wants, '{}'),
       a.as_of
FROM listed l
LEFT JOIN LATERAL (
  SELECT s.id AS survey_id, s.as_of,
         ARRAY(SELECT jsonb_array_elements_text(s.support_wanted)) AS wants,
         x.standard_id, x.poverty_class,
         x.settlement, x.income_basis, x.income_vnd, x.b1_points, x.deprivations,
         x.deprived_bits, x.no_labour
  FROM households_survey s
  JOIN households_assessment x ON x.survey_id = s.id
  JOIN households_povertystandard t ON t.id = x.standard_id
  WHERE s.household_id = l.household_id AND s.state = 'COMPLETE' AND s.as_of <= %(on)s
    AND EXISTS (
      SELECT 1 FROM households_recognitiondecision d
      WHERE d.round_id = s.round_id AND d.commune_id = s.commune_id
        AND d.standard_id = x.standard_id AND d.origin <> ALL(%(no_lists)s)
        AND NOT d.left_out @> to_jsonb(l.household_id)
        AND (d.only_about = '[]'::jsonb OR d.only_about @> to_jsonb(l.household_id))
      OFFSET 0) -- looked up for each form: made a join, it went through all decisions each time
  ORDER BY s.as_of DESC, t.valid_from DESC, s.id DESC LIMIT 1
) a ON true
ORDER BY l.village_id, l.head_name, l.household_id
"""


@dataclass(frozen=True)
class Position:
    """A household on the official list. What follows `members` is of its newest decided form:
    `survey_id` None where it has none (its list was taken over from paper). `income` is B1 points,
    or đồng where `income_basis` is DECLARED."""

    household_id: int
    poverty_class: str
    village_id: int
    commune_id: int
    head_name: str
    members: int
    survey_id: int | None
    standard_id: int | None
    assessed_class: str | None
    settlement: str | None
    income_basis: str | None
    income: int | None
    deprivations: int | None
    deprived_bits: int | None
    no_labour: bool
    wants: list[str]
    as_of: dt.date | None


_FIELDS = tuple(Position.__dataclass_fields__)


def positions(communes: Sequence[int], on: dt.date) -> list[Position]:
    """Every household listed on the day in the communes, by village and head. One query."""
    values: dict[str, Any] = {
        "communes": list(communes),
        "on": on,
        "no_lists": [DecisionOrigin.SINGLE.value, DecisionOrigin.ESCAPES.value],
    }
    with connection.cursor() as cursor:
        cursor.execute(_POSITIONS, values)
        return [_position(row) for row in cursor.fetchall()]


def _position(row: Sequence[Any]) -> Position:
    return Position(**dict(zip(_FIELDS, row, strict=True)))


@dataclass(frozen=True)
class Indicators:
    """Of one standard: codes in the order of the bits, and their names."""

    codes: tuple[str, ...]
    names: Mapping[str, str]

    def lacking(self, bits: int | None) -> tuple[str, ...]:
        return tuple(
            code for position, code in enumerate(self.codes) if bits and bits >> position & 1
        )


def standards_of(found: Sequence[Position]) -> dict[int, Standard]:
    """The standards that the positions rest on. One query."""
    ids = {one.standard_id for one in found if one.standard_id}
    rows = PovertyStandard.objects.filter(pk__in=ids).values_list("pk", "document")
    return {pk: Standard.from_document(document) for pk, document in rows}


def indicators_of(standard: Standard, language: str) -> Indicators:
    return Indicators(
        tuple(one.code for one in standard.indicators),
        {one.code: one.name.in_language(language) for one in standard.indicators},
    )


def open_round(commune: Area, on: dt.date) -> ReviewRound | None:
    """The periodic round that runs on the day and was not decided for the commune yet. Two
    queries."""
    province = int((commune.path or f"{commune.pk}.").split(".")[0])
    decided = RecognitionDecision.objects.on_lists().filter(commune=commune)
    running = ReviewRound.objects.filter(
        province=province, kind=RoundKind.PERIODIC, opens_on__lte=on, is_closed=False
    )
    found: ReviewRound | None = (
        running.exclude(pk__in=decided.values("round")).order_by("-year").first()
    )
    return found
