"""Households by class, read from what is kept; where communes changed since, what is kept of the
others and the facts of those, in one statement. Right at commit, and a GET writes nothing."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from django.db import connection

from households.choices import AreaLevel
from households.models import PovertyStandard, ReviewRound
from reports.queries import summing


class HeadCount(NamedTuple):
    """One class in one unit: the narrow part of ClassCount."""

    area_id: int
    poverty_class: str
    settlement: str
    households: int
    persons: int
    farm_households: int
    farm_persons: int


class ClassCount(NamedTuple):
    """One class in one unit. Base: complete forms of the round, under one standard (preliminary).

    Persons are the members of these households. A household whose group is not known is in no
    group and in `…_unknown`; `other_…` is in none of the three groups. `poverty_class` is "" while
    facts are missing that decide it.
    """

    area_id: int
    poverty_class: str
    settlement: str
    households: int
    persons: int
    minority_households: int
    minority_persons: int
    minority_unknown: int
    no_labour_households: int
    no_labour_persons: int
    no_labour_unknown: int
    merit_households: int
    merit_persons: int
    other_households: int
    other_persons: int
    female_head_households: int
    #: Farm, forestry, fishery and salt households: of the average ones those to be recognised.
    farm_households: int
    farm_persons: int


class DeprivationCount(NamedTuple):
    """What households of one class lack: `deprived` and `deprived_persons` have the indicators in
    the standard's order. Same base."""

    area_id: int
    poverty_class: str
    settlement: str
    households: int
    persons: int
    deprivations: int
    deprived: tuple[int, ...]
    deprived_persons: tuple[int, ...]


class EthnicCount(NamedTuple):
    """Households of one class whose head is of one ethnic group (None: not known)."""

    area_id: int
    poverty_class: str
    ethnic_group_id: int | None
    households: int
    persons: int


#: All sums at once, with whether those of some commune no longer hold: then they are of no use, and
#: the long statement below is asked, so that what is told is always of one moment. A commune
#: without a mark has no facts (services.assessments); one with a mark may have no sums under this
#: standard, and its summary alone says whether that holds.
_HELD: Final = """
SELECT {unit} AS area_id, {cuts}, {sums}, {lost}
FROM households_changemark m
JOIN households_area c ON c.id = m.commune_id {units}
LEFT JOIN {table} r ON r.round_id = m.round_id AND r.commune_id = m.commune_id
  AND r.standard_id = %(standard)s {classes}
WHERE m.round_id = %(round)s AND NOT c.is_practice
  AND (c.path || c.id || '.') LIKE ANY (%(branches)s)
{grouped} ORDER BY 1, 2, 3
"""
_LOST: Final = """CASE WHEN r.mark_number = m.number THEN false ELSE NOT EXISTS (
    SELECT FROM reports_communesummary s WHERE s.round_id = m.round_id
      AND s.commune_id = m.commune_id AND s.mark_number = m.number) END"""

#: Communes below the branches with the unit they are counted in, and whether its sums still hold.
_KEPT: Final = """
WITH kept AS MATERIALIZED (
  SELECT c.id AS commune_id, {unit} AS area_id, s.id IS NOT NULL AS holds
  FROM households_area c {units}
  LEFT JOIN households_changemark m ON m.round_id = %(round)s AND m.commune_id = c.id
  LEFT JOIN reports_communesummary s ON s.round_id = %(round)s AND s.commune_id = c.id
    AND s.mark_number = coalesce(m.number, 0)
  WHERE c.level = 'COMMUNE' AND NOT c.is_practice
    AND (c.path || c.id || '.') LIKE ANY (%(branches)s)
)"""
_ABOVE: Final = """
JOIN households_area u ON u.level = %(level)s AND starts_with(c.path, u.path || u.id || '.')"""

#: The facts are looked up commune by commune, and only for those whose sums do not hold.
_COUNTED: Final = """
, counted AS (
  SELECT k.area_id, {cuts}, {kept}
  FROM kept k JOIN {table} r ON r.round_id = %(round)s AND r.commune_id = k.commune_id
    AND r.standard_id = %(standard)s
  WHERE k.holds AND (%(classes)s::text[] IS NULL OR r.poverty_class = ANY(%(classes)s::text[]))
  UNION ALL
  SELECT k.area_id, f.*
  FROM kept k CROSS JOIN LATERAL (
    SELECT {fact_cuts}, {afresh} FROM households_assessment a
    WHERE a.round_id = %(round)s AND a.standard_id = %(standard)s AND a.commune_id = k.commune_id
      AND (%(classes)s::text[] IS NULL OR coalesce(a.poverty_class, '') = ANY(%(classes)s::text[]))
    GROUP BY {by} OFFSET 0
  ) f WHERE NOT k.holds
)
"""
_CUTS: Final = ("poverty_class", "settlement")
_SUMS: Final = {name: f"sum({name})::int" for name in summing.COUNTS}


def heads(
    *,
    round: ReviewRound,
    standard: PovertyStandard,
    branches: Sequence[str],
    level: AreaLevel,
) -> list[HeadCount]:
    """Households and persons by unit, class and settlement: of `classes` what official results and
    residents need. Queries and cost as of `classes`."""
    rows = _rows(_of_columns(HeadCount._fields[3:], level), round, standard, branches, None)
    return list(map(HeadCount._make, rows))


def classes(
    *,
    round: ReviewRound,
    standard: PovertyStandard,
    branches: Sequence[str],
    level: AreaLevel,
    poverty_classes: Sequence[str] | None = None,
) -> list[ClassCount]:
    """Households by unit of a level (commune or above), class and settlement, of the communes
    below `branches` (Area.inner_path), ordered by unit. Of these classes alone, where told.

    One query where all sums hold, else two. Cost: the kept rows of the communes, and the facts of
    those that changed since.
    """
    asked = _of_columns(ClassCount._fields[3:], level)
    rows = _rows(asked, round, standard, branches, poverty_classes)
    return list(map(ClassCount._make, rows))


def deprivations(
    *,
    round: ReviewRound,
    standard: PovertyStandard,
    width: int,
    branches: Sequence[str],
    level: AreaLevel,
    poverty_classes: Sequence[str] | None = None,
) -> list[DeprivationCount]:
    """What households lack by unit, class and settlement. `width` is the number of the standard's
    indicators. Queries and cost as of `classes`."""
    arrays = {
        name: "array[" + ", ".join(f"sum({name}[{i + 1}])" for i in range(width)) + "]::int[]"
        for name in ("deprived", "deprived_persons")
    }
    sums = {name: _SUMS[name] for name in ("households", "persons", "deprivations")} | arrays
    afresh = {name: sql for name, sql in summing.class_columns(width).items() if name in sums}
    asked = _Asked("reports_classsummary", _CUTS, sums, afresh, level)
    rows = _rows(asked, round, standard, branches, poverty_classes)
    return [DeprivationCount._make(map(_frozen, row)) for row in rows]


def ethnic_groups(
    *,
    round: ReviewRound,
    standard: PovertyStandard,
    branches: Sequence[str],
    level: AreaLevel,
    poverty_classes: Sequence[str] | None = None,
) -> list[EthnicCount]:
    """Households by unit, class and ethnic group of the head. Queries and cost as of `classes`."""
    cuts = ("poverty_class", "ethnic_group_id")
    sums = {name: _SUMS[name] for name in ("households", "persons")}
    afresh = {name: summing.COUNTS[name] for name in sums}
    asked = _Asked("reports_ethnicsummary", cuts, sums, afresh, level)
    rows = _rows(asked, round, standard, branches, poverty_classes)
    return list(map(EthnicCount._make, rows))


def _frozen(cell: Any) -> Any:
    return tuple(cell) if isinstance(cell, list) else cell


class _Asked(NamedTuple):
    """`sums` and `afresh` name the same columns in the same order: how kept rows are added up, and
    how facts are counted."""

    table: str
    cuts: tuple[str, str]
    sums: dict[str, str]
    afresh: dict[str, str]
    level: AreaLevel


def _of_columns(names: Sequence[str], level: AreaLevel) -> _Asked:
    sums = {name: _SUMS[name] for name in names}
    afresh = {name: summing.COUNTS[name] for name in names}
    return _Asked("reports_classsummary", _CUTS, sums, afresh, level)


def _rows(
    asked: _Asked,
    round: ReviewRound,
    standard: PovertyStandard,
    branches: Sequence[str],
    poverty_classes: Sequence[str] | None,
) -> list[tuple[Any, ...]]:
    if asked.level == AreaLevel.VILLAGE:
        raise ValueError("villages are counted from the facts of their commune")
    given: dict[str, Any] = {
        "round": round.pk,
        "standard": standard.pk,
        "branches": [f"{branch}%" for branch in branches],
        "level": asked.level,
        "classes": None if poverty_classes is None else list(poverty_classes),
    }
    with connection.cursor() as cursor:
        cursor.execute(_held(asked, poverty_classes), given)
        held = cursor.fetchall()
        if not any(row[-1] for row in held):
            return [row[:-1] for row in held if row[1] is not None]
        cursor.execute(_held_or_counted(asked), given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found


def _held(asked: _Asked, poverty_classes: Sequence[str] | None) -> str:
    of_commune = asked.level == AreaLevel.COMMUNE
    return _HELD.format(
        **_units(asked.level),
        table=asked.table,
        cuts=", ".join(f"r.{name}" for name in asked.cuts),
        # A commune has each row once already.
        sums=", ".join(asked.sums if of_commune else asked.sums.values()),
        lost=_LOST if of_commune else f"bool_or({_LOST})",
        classes="" if poverty_classes is None else "AND r.poverty_class = ANY(%(classes)s::text[])",
        grouped="" if of_commune else "GROUP BY 1, 2, 3",
    )


def _units(level: AreaLevel) -> dict[str, str]:
    of_commune = level == AreaLevel.COMMUNE
    return {"unit": "c.id" if of_commune else "u.id", "units": "" if of_commune else _ABOVE}


def _held_or_counted(asked: _Asked) -> str:
    of_commune = asked.level == AreaLevel.COMMUNE
    counted = _COUNTED.format(
        table=asked.table,
        cuts=", ".join(f"r.{name}" for name in asked.cuts),
        kept=", ".join(f"r.{name}" for name in asked.sums),
        fact_cuts=f"coalesce(a.poverty_class, '') AS poverty_class, a.{asked.cuts[1]}",
        afresh=", ".join(f"{asked.afresh[name]} AS {name}" for name in asked.sums),
        by="1, 2",
    )
    shown = ", ".join(asked.sums if of_commune else asked.sums.values())
    grouped = "" if of_commune else " GROUP BY 1, 2, 3"
    return (
        _KEPT.format(**_units(asked.level))
        + counted
        + f"SELECT area_id, {', '.join(asked.cuts)}, {shown} FROM counted{grouped} ORDER BY 1, 2, 3"
    )
