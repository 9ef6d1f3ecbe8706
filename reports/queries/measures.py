"""Multidimensional measures of a round under a standard: who lacks what, counted in the database.

Two kinds of answer, never mixed. Where every resident household was surveyed, H, A and M0 are of
all of them. Elsewhere only listed and asking households were, so how many of all lack something is
not known: what the poor and near-poor lack is told, under that title, and H and M0 are empty.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from django.db import connection
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from households.errors import Invalid
from households.models import PovertyStandard, ReviewRound
from households.services import standards
from reports.choices import FigureStatus
from reports.measures import Measures, Scheme, Tally
from reports.queries import decided, facts, standard_schemes
from reports.queries.standard_schemes import StatedScheme


class Unit(TextChoices):
    """What a household counts for."""

    HOUSEHOLDS = "HOUSEHOLDS", pgettext_lazy("counted", "Households")
    PERSONS = "PERSONS", pgettext_lazy("counted", "Persons")


class Base(TextChoices):
    """Of whom the shares are."""

    RESIDENTS = "RESIDENTS", gettext_lazy("All surveyed resident households")
    LISTED = "LISTED", gettext_lazy("Among poor and near-poor households")


class Cut(TextChoices):
    """What the figures are told apart by."""

    PROVINCE = "PROVINCE", gettext_lazy("Province")
    DISTRICT = "DISTRICT", gettext_lazy("District")
    COMMUNE = "COMMUNE", gettext_lazy("Commune")
    VILLAGE = "VILLAGE", gettext_lazy("Village")
    MINORITY = "MINORITY", gettext_lazy("Ethnic minority households")
    SETTLEMENT = "SETTLEMENT", gettext_lazy("Urban or rural")
    NO_LABOUR = "NO_LABOUR", gettext_lazy("Households without labour capacity")


#: By a unit: its key. By a group: "yes", "no"; "RURAL", "URBAN"; "" where it is not known.
_KEYS: Final = {
    Cut.PROVINCE: "split_part(c.path || c.id, '.', 1)",
    # A commune that stands right under its province has no district.
    Cut.DISTRICT: "CASE WHEN c.path LIKE '%%.%%.' THEN split_part(c.path, '.', 2) ELSE '' END",
    Cut.COMMUNE: "a.commune_id::text",
    Cut.VILLAGE: "a.village_id::text",
    Cut.MINORITY: "CASE a.is_minority WHEN true THEN 'yes' WHEN false THEN 'no' ELSE '' END",
    Cut.SETTLEMENT: "coalesce(a.settlement, '')",
    Cut.NO_LABOUR: "CASE a.no_labour WHEN true THEN 'yes' WHEN false THEN 'no' ELSE '' END",
}
AREA_CUTS: Final = (Cut.PROVINCE, Cut.DISTRICT, Cut.COMMUNE, Cut.VILLAGE)

_PATTERNS = """
SELECT g.key, coalesce(unit.code, ''), coalesce(unit.name, ''), g.bits, g.is_unknown,
       g.households, g.persons
FROM (
  SELECT {key} AS key, coalesce(a.deprived_bits, 0) AS bits,
         coalesce(a.unknown_bits <> 0, true) AS is_unknown,
         count(*) AS households, sum(a.persons) AS persons
  FROM ({facts}) a
  JOIN households_area c ON c.id = a.commune_id AND NOT c.is_practice
  JOIN households_area v ON v.id = a.village_id
  WHERE (%(classes)s::text[] IS NULL OR a.poverty_class = ANY (%(classes)s::text[]))
    AND (%(branches)s::text[] IS NULL OR v.path || v.id || '.' LIKE ANY (%(branches)s::text[]))
  GROUP BY 1, 2, 3
) g
LEFT JOIN households_area unit ON {is_area} AND unit.id::text = g.key
ORDER BY g.key, g.bits, g.is_unknown
"""


@dataclass(frozen=True)
class GroupMeasures:
    """Of one unit or group; `key` as the cut says. `households` and `persons` are those measured,
    `dropped` of `measures` are households of which an indicator is not known."""

    key: str
    area_code: str
    area: str
    households: int
    persons: int
    measures: Measures


@dataclass(frozen=True)
class RegisterMeasures:
    """`measures.adjusted` and `.headcount` are None with `why_no_headcount` saying so where the
    base is the poor and near-poor."""

    round: str
    standard: str
    #: Official: of the decided lists; of all residents the results behind them.
    status: FigureStatus
    unit: Unit
    base: Base
    title: str
    why_no_headcount: str | Promise
    stated: StatedScheme
    overall: GroupMeasures
    groups: tuple[GroupMeasures, ...]


def base_of(round: ReviewRound) -> Base:
    """Of whom measures of the round are."""
    return Base.RESIDENTS if round.covers_all_residents else Base.LISTED


#: The classes that a base is of; None: whatever was surveyed.
CLASSES: Final = {Base.RESIDENTS: None, Base.LISTED: ["POOR", "NEAR_POOR"]}


def source_of(base: Base, status: FigureStatus) -> str:
    """The facts that are measured, of `CLASSES`. Lists hold the poor and near-poor alone, so
    measures of all residents are of their results in either status."""
    return facts.select(status if base == Base.LISTED else FigureStatus.PRELIMINARY)


def measured(
    *,
    round: ReviewRound,
    standard: PovertyStandard,
    branches: Sequence[str] | None,
    unit: Unit = Unit.PERSONS,
    cut: Cut | None = None,
    weights: tuple[Fraction, ...] | None = None,
    cutoff: Fraction | None = None,
    status: FigureStatus | None = None,
) -> RegisterMeasures:
    """Measures of the households in the branches (Area.inner_path; None: everywhere, an empty list:
    nowhere), which the caller keeps to what its user may see.

    Without a status official if every commune decided. Lists hold the poor and near-poor alone, so
    measures of all residents are of their results in either status; a household of a list without
    a form is dropped. One query, and three small ones. Raises Invalid: a round not scored under the
    standard, weights."""
    if not round.parts.filter(standard=standard).exists():
        raise Invalid(
            _("The round %(round)s is not scored under %(standard)s.")
            % {"round": round.key, "standard": standard.code}
        )
    stated = standard_schemes.of(standards.rules_of(standard), weights, cutoff)
    base = base_of(round)
    if status is None:
        status = decided.of(round, standard, decided.communes_of(round, branches)).status
    rows = _patterns(round, standard, branches, base, cut, status)
    groups = tallied(rows, stated.scheme, unit, base)
    overall = tallied([("", "", "", *row[3:]) for row in rows], stated.scheme, unit, base)
    nobody = GroupMeasures("", "", "", 0, 0, _of_base(Tally(stated.scheme).measures(), base))
    return RegisterMeasures(
        round=round.key,
        standard=standard.code,
        status=status,
        unit=unit,
        base=base,
        title=_title(base),
        why_no_headcount="" if base == Base.RESIDENTS else WHY_NO_HEADCOUNT,
        stated=stated,
        overall=overall[0] if overall else nobody,
        groups=groups if cut is not None else (),
    )


WHY_NO_HEADCOUNT = gettext_lazy(
    "Only listed and asking households were surveyed; how many of all lack something is not known."
)


def _title(base: Base) -> str:
    if base == Base.RESIDENTS:
        return _("Multidimensional poverty of all surveyed resident households")
    return _("Intensity and deprivations among poor and near-poor households")


def _patterns(
    round: ReviewRound,
    standard: PovertyStandard,
    branches: Sequence[str] | None,
    base: Base,
    cut: Cut | None,
    status: FigureStatus,
) -> list[tuple[Any, ...]]:
    key = _KEYS[cut] if cut is not None else "''"
    source = source_of(base, status)
    given: dict[str, Any] = facts.values(round, standard) | {
        "classes": CLASSES[base],
        "branches": None if branches is None else [f"{one}%" for one in branches],
    }
    with connection.cursor() as cursor:
        is_area = str(cut in AREA_CUTS)
        cursor.execute(_PATTERNS.format(key=key, is_area=is_area, facts=source), given)
        return list(cursor.fetchall())


def tallied(
    rows: Sequence[tuple[Any, ...]], scheme: Scheme, unit: Unit, base: Base
) -> tuple[GroupMeasures, ...]:
    """Of rows of key, code, name, bits, whether something is not known, households, persons; in the
    order of codes, then keys."""
    tallies: dict[tuple[str, str, str], Tally] = {}
    counted: defaultdict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for key, code, name, bits, is_unknown, households, persons in rows:
        place = (key, code, name)
        tally = tallies.setdefault(place, Tally(scheme))
        if is_unknown:
            tally.drop(households)
            continue
        counted[place][0] += households
        counted[place][1] += persons
        tally.add(bits, persons if unit == Unit.PERSONS else households, rows=households)
    return tuple(
        GroupMeasures(
            key=key,
            area_code=code,
            area=name,
            households=counted[key, code, name][0],
            persons=counted[key, code, name][1],
            measures=_of_base(tallies[key, code, name].measures(), base),
        )
        for key, code, name in sorted(tallies, key=lambda place: (place[1], place[0]))
    )


def _of_base(found: Measures, base: Base) -> Measures:
    return found if base == Base.RESIDENTS else replace(found, headcount=None, adjusted=None)
