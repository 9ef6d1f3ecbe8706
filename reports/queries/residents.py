"""Resident households and persons of each row: what rates are counted on, never guessed."""

from dataclasses import dataclass

from households.choices import TraitKind
from reports.choices import FigureLevel
from reports.queries import units
from reports.queries.questions import Question
from reports.queries.rows import fetched

# Of each commune what was entered for the round's day; NULL where a part (rural, urban) that it has
# by its villages or its own area is not entered.
_ENTERED = """
WITH told AS (
  SELECT v.parent_id AS commune_id, coalesce(t.value, c.value) AS part
  FROM households_area v
  LEFT JOIN households_areatrait t ON t.area_id = v.id AND t.kind = %(kind)s
    AND t.valid_from <= %(now_as_of)s AND (t.valid_to IS NULL OR t.valid_to >= %(now_as_of)s)
  LEFT JOIN households_areatrait c ON c.area_id = v.parent_id AND c.kind = %(kind)s
    AND c.valid_from <= %(now_as_of)s AND (c.valid_to IS NULL OR c.valid_to >= %(now_as_of)s)
  WHERE v.level = 'VILLAGE' AND v.parent_id = ANY(%(communes)s)
    AND v.valid_from <= %(now_as_of)s AND (v.valid_to IS NULL OR v.valid_to >= %(now_as_of)s)
)
SELECT r.commune_id, sum(r.households)::int AS households, sum(r.persons)::int AS persons
FROM households_residentcount r
WHERE r.as_of = %(now_as_of)s AND r.commune_id = ANY(%(communes)s)
GROUP BY r.commune_id
HAVING NOT EXISTS (
  SELECT 1 FROM told WHERE told.commune_id = r.commune_id AND told.part IS NOT NULL
    AND told.part <> ALL (array_agg(r.settlement::text)))
"""

# A round that surveys everybody counts them itself.
_SURVEYED = f"""
SELECT unit_id, commune_id, count(*)::int AS households, sum(a.persons)::int AS persons
FROM households_assessment a {units.HERE}
WHERE a.round_id = %(now_round)s AND a.standard_id = %(now_standard)s
GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Residents:
    """None: not known. `is_surveyed`: at least a part is the round's own households."""

    households: int | None
    persons: int | None
    is_surveyed: bool = False


def of(question: Question) -> dict[int, Residents]:
    """Of each row. A row has a total only if every commune in it has one; a village has none of its
    own but in a round of all residents. Two statements at most."""
    surveyed: dict[int, dict[int, tuple[int, int]]] = {}
    if question.round.covers_all_residents:
        for one in fetched(_SURVEYED, question.values):
            counts = surveyed.setdefault(one["unit_id"], {})
            counts[one["commune_id"]] = (one["households"], one["persons"])
    if question.level == FigureLevel.VILLAGE:
        return {
            unit.key: _village(surveyed.get(unit.key), question) for unit in question.units.rows
        }
    values = question.values | {
        "communes": list(question.units.communes),
        "kind": TraitKind.SETTLEMENT,
    }
    entered = {
        one["commune_id"]: (one["households"], one["persons"]) for one in fetched(_ENTERED, values)
    }
    return {
        unit.key: _row(unit.key, question, entered, surveyed.get(unit.key, {}))
        for unit in question.units.rows
    }


def _village(counts: dict[int, tuple[int, int]] | None, question: Question) -> Residents:
    if not question.round.covers_all_residents:
        return Residents(None, None)
    found = list((counts or {}).values())
    return Residents(sum(one[0] for one in found), sum(one[1] for one in found), True)


def _row(
    key: int,
    question: Question,
    entered: dict[int, tuple[int, int]],
    surveyed: dict[int, tuple[int, int]],
) -> Residents:
    communes = [pk for pk, rows in question.units.communes.items() if key in rows]
    if not communes or key in question.units.split:
        return Residents(None, None)
    total, persons, is_surveyed = 0, 0, False
    for pk in communes:
        count = entered.get(pk)
        if count is None and question.round.covers_all_residents:
            count, is_surveyed = surveyed.get(pk, (0, 0)), True
        if count is None:
            return Residents(None, None)
        total, persons = total + count[0], persons + count[1]
    return Residents(total, persons, is_surveyed)
