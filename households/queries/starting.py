"""What a commune has in the register and what it lacks to start: read from the register itself,
for the start page of one commune and for the department's overview of all.

Counted on today's map; lists and certificates of units that went whole into the commune count as
its own.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection

from households import clock
from households.choices import AreaLevel, DecisionOrigin, RoundKind
from households.models import Area, ReviewRound
from households.models.area_reach import reached
from households.queries import complete_from, resident_counts

_VALID = "({0}.valid_from <= %(today)s AND ({0}.valid_to IS NULL OR {0}.valid_to >= %(today)s))"


def _trait(kind: str, *areas: str) -> str:
    valid = _VALID.format("t")
    return (
        f"EXISTS (SELECT 1 FROM households_areatrait t WHERE t.kind = '{kind}' AND {valid}"
        f" AND t.area_id IN ({', '.join(areas)}))"
    )


_UNITS: Final = f"""
SELECT c.id, count(v.id), count(v.id) FILTER (WHERE NOT {_trait("SETTLEMENT", "v.id", "c.id")}),
       {_trait("ZONE", "c.id")}, {_trait("TYPE", "c.id")}
FROM households_area c
LEFT JOIN households_area v ON v.parent_id = c.id AND v.level = 'VILLAGE' AND {_VALID.format("v")}
WHERE c.id = ANY(%(communes)s) GROUP BY c.id
"""

_PEOPLE: Final = f"""
SELECT c.id,
       count(DISTINCT s.user_id) FILTER (WHERE s.role = 'COMMUNE_OFFICER'),
       count(DISTINCT s.user_id) FILTER (WHERE s.role = 'COMMUNE_CHAIR'),
       count(DISTINCT s.area_id) FILTER (WHERE s.role = 'VILLAGE_HEAD'),
       count(DISTINCT s.area_id) FILTER (WHERE s.role = 'REVIEWER' AND a.id <> c.id),
       coalesce(bool_or(s.role = 'REVIEWER' AND a.id = c.id), false)
FROM households_area c
JOIN households_area a ON a.id = c.id OR a.parent_id = c.id
JOIN households_assignment s ON s.area_id = a.id AND {_VALID.format("s")}
JOIN households_user u ON u.id = s.user_id AND u.is_active
WHERE c.id = ANY(%(communes)s) GROUP BY c.id
"""

# `differs`: what was typed from the paper against what its sheet came to.
_LISTS: Final = """
SELECT reach.commune_id, d.commune_id, d.round_id, r.year, r.kind, d.origin, d.number, d.decided_on,
       d.effective_from,
       EXISTS (SELECT 1 FROM households_attachment a WHERE a.decision_id = d.id),
       (SELECT count(*) FROM households_statusperiod p
        WHERE p.decision_out_id = d.id AND p.how_out = 'ESCAPED'),
       (SELECT t.difference_reason FROM households_takenoverlist t
        JOIN households_importbatch b ON b.id = t.batch_id AND b.state = 'WRITTEN'
        WHERE d.origin = 'ADOPTED_FROM_PAPER' AND t.commune_id = d.commune_id
          AND t.year = r.year AND t.number = d.number
        ORDER BY t.id DESC LIMIT 1)
FROM unnest(%(origins)s::bigint[], %(reached)s::bigint[]) AS reach(commune_id, area_id)
JOIN households_recognitiondecision d ON d.commune_id = reach.area_id AND d.origin <> 'SINGLE'
JOIN households_reviewround r ON r.id = d.round_id
ORDER BY d.effective_from, d.id
"""

# On the list today; and on the newest one, which may count from a later day, without a certificate.
_LISTED: Final = f"""
SELECT v.parent_id, count(*) FILTER (WHERE {_VALID.format("p")}),
       count(*) FILTER (WHERE p.valid_to IS NULL AND NOT EXISTS (
         SELECT 1 FROM households_certificate x
         WHERE x.household_id = p.household_id AND x.state = 'IN_FORCE'))
FROM households_area v
JOIN households_householdcard c ON c.village_id = v.id AND NOT c.is_ended
JOIN households_statusperiod p ON p.household_id = c.household_id
  AND (p.valid_to IS NULL OR p.valid_to >= %(today)s)
  AND p.list_owner_id IS NULL AND p.poverty_class IN ('POOR', 'NEAR_POOR')
WHERE v.parent_id = ANY(%(communes)s) GROUP BY v.parent_id
"""

_SERIALS: Final = """
SELECT commune_id, max(serial) FROM households_certificate
WHERE commune_id = ANY(%(communes)s) AND year = %(year)s GROUP BY commune_id
"""

# Lists and papers with names are recorded with who took them; of the practice area they are none.
_PRINTED: Final = f"""
SELECT c.id FROM households_area c
WHERE c.id = ANY(%(communes)s) AND EXISTS (
  SELECT 1 FROM households_area a
  JOIN households_assignment s ON s.area_id = a.id AND {_VALID.format("s")}
  JOIN households_auditevent e ON e.by_id = s.user_id
   AND e.verb IN ('list.print', 'list.download', 'paper.print')
  WHERE (a.id = c.id OR a.parent_id = c.id) AND NOT EXISTS (
    SELECT 1 FROM households_area p WHERE p.is_practice
      AND p.id::text IN (e.details #>> '{{filters,village}}', e.details #>> '{{filters,commune}}')))
"""


@dataclass(frozen=True)
class KnownList:
    """A decision on the lists of the commune, or of one that it was (`unit_id`). `escaped`:
    households that it let go. `difference`: why a list taken over does not come to the totals of
    its paper, "" where it does."""

    unit_id: int
    round_id: int
    year: int
    is_periodic: bool
    origin: str
    number: str
    decided_on: dt.date
    counts_from: dt.date
    has_scan: bool
    escaped: int
    difference: str

    @property
    def is_whole(self) -> bool:
        """About the whole list, and not about households kept back or corrected."""
        partial = (DecisionOrigin.SUPPLEMENT, DecisionOrigin.CORRECTION, DecisionOrigin.ESCAPES)
        return self.is_periodic and self.origin not in partial


@dataclass
class Facts:
    """What the register says of one commune. `round`: the review whose list is in force, else the
    last one of the province; residents are counted on its day."""

    commune: Area
    #: The commune itself, and those that went into it whole.
    units: list[Area] = field(default_factory=list)
    villages: int = 0
    unsettled: int = 0
    has_zone: bool = False
    has_type: bool = False
    officers: int = 0
    chairs: int = 0
    with_head: int = 0
    with_reviewer: int = 0
    lists: list[KnownList] = field(default_factory=list)
    listed: int = 0
    without_certificate: int = 0
    last_serial: int = 0
    complete_from: int | None = None
    round: ReviewRound | None = None
    residents_missing: bool = True
    residents: int = 0
    has_printed: bool = False

    @property
    def in_force(self) -> KnownList | None:
        """None where the newest is of an older review than that of last year, or not of all that
        the commune was then: the list that counts today is not there yet."""
        today = clock.today()
        whole = [one for one in self.lists if one.is_whole and one.counts_from <= today]
        last = whole[-1] if whole and whole[-1].year >= today.year - 1 else None
        return None if last is None or self.lacking(last.year) else last

    @property
    def escapes(self) -> list[KnownList]:
        """Papers that say only who escaped, the oldest first."""
        return [one for one in self.lists if one.origin == DecisionOrigin.ESCAPES]

    @property
    def formers(self) -> list[Area]:
        """Communes that went into it whole."""
        return [one for one in self.units if one.pk != self.commune.pk]

    def years_of(self, unit: Area) -> list[int]:
        """Reviews whose whole lists of a unit are there."""
        return sorted({one.year for one in self.lists if one.is_whole and one.unit_id == unit.pk})

    def lacking(self, year: int) -> list[Area]:
        """Units of then whose list of this review is not there."""
        day = complete_from.since(year)
        return [
            one for one in self.units
            if one.is_valid_on(day) and year not in self.years_of(one)
        ]  # fmt: skip

    @property
    def earlier(self) -> list[KnownList]:
        """Whole lists before the one in force, the oldest first."""
        last = self.in_force
        return [
            one for one in self.lists
            if one.is_whole and (last is None or one.counts_from < last.counts_from)
        ]  # fmt: skip

    @property
    def is_new(self) -> bool:
        """Made after the list before the one in force began to count: that was another's."""
        return self.commune.valid_from > dt.date(clock.today().year - 1, 1, 1)

    @property
    def has_begun(self) -> bool:
        """A list was decided in povreg itself: the commune works, it starts no more."""
        return any(one.origin == DecisionOrigin.PROCEDURE for one in self.lists)

    @property
    def unbroken_from(self) -> int | None:
        """The earliest year from which povreg has the list of every review to the one in force."""
        last = self.in_force
        if last is None:
            return None
        years = {one.year for one in (*self.earlier, last)}
        year = last.year
        while year - 1 in years and not self.lacking(year - 1):
            year -= 1
        return year


def facts_of(communes: Sequence[Area]) -> dict[int, Facts]:
    """By commune. Eleven queries, and five for each review among them, whatever the number of
    communes and of households."""
    found = {one.pk: Facts(one) for one in communes}
    reach = [(pk, area) for pk, areas in reached(found).items() for area in areas]
    units = Area.objects.at(AreaLevel.COMMUNE).in_bulk([area for _, area in reach])
    for pk, area in reach:
        if area in units:
            found[pk].units.append(units[area])
    today = clock.today()
    given = {
        "communes": list(found), "today": today, "year": today.year,
        "origins": [pk for pk, _ in reach], "reached": [area for _, area in reach],
    }  # fmt: skip
    for pk, villages, unsettled, has_zone, has_type in _rows(_UNITS, given):
        one = found[pk]
        one.villages, one.unsettled = villages, unsettled
        one.has_zone, one.has_type = has_zone, has_type
    for pk, officers, chairs, heads, reviewed, of_all in _rows(_PEOPLE, given):
        one = found[pk]
        one.officers, one.chairs, one.with_head = officers, chairs, heads
        one.with_reviewer = one.villages if of_all else reviewed
    _read_lists(found, given)
    for pk, serial in _rows(_SERIALS, given):
        found[pk].last_serial = serial
    for pk, year in complete_from.known(found).items():
        found[pk].complete_from = year
    for (pk,) in _rows(_PRINTED, given):
        found[pk].has_printed = True
    _read_residents(found.values())
    return found


def _rows(statement: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _read_lists(found: dict[int, Facts], given: dict[str, Any]) -> None:
    for pk, unit, round_id, year, kind, origin, number, decided_on, *more in _rows(_LISTS, given):
        counts_from, has_scan, escaped, difference = more
        one = KnownList(
            unit_id=unit, round_id=round_id, year=year, is_periodic=kind == RoundKind.PERIODIC,
            origin=origin, number=number, decided_on=decided_on, counts_from=counts_from,
            has_scan=has_scan, escaped=escaped, difference=difference or "",
        )  # fmt: skip
        found[pk].lists.append(one)
    for pk, listed, without in _rows(_LISTED, given):
        found[pk].listed, found[pk].without_certificate = listed, without


def _read_residents(all_facts: Iterable[Facts]) -> None:
    """The number of residents on the day of the review whose list is in force."""
    provinces = {int(one.commune.path.split(".")[0]) for one in all_facts}
    rounds = ReviewRound.objects.filter(province__in=provinces, kind=RoundKind.PERIODIC)
    by_pk = {one.pk: one for one in rounds.order_by("as_of")}
    last = {one.province_id: one for one in by_pk.values()}
    of_round: dict[int, list[Facts]] = {}
    for one in all_facts:
        of_list = by_pk.get(one.in_force.round_id) if one.in_force else None
        one.round = of_list or last.get(int(one.commune.path.split(".")[0]))
        if one.round:
            of_round.setdefault(one.round.pk, []).append(one)
    for pk, those in of_round.items():
        by_commune = {one.commune.pk: one for one in those}
        for one in those:
            one.residents_missing = False
        for part in resident_counts.of_round(by_pk[pk], [one.commune for one in those]):
            fact = by_commune[part.commune.pk]
            if part.now is None:
                fact.residents_missing = True
            else:
                fact.residents += part.now.households
