"""The village of each household: found by its folded name in the commune, or planned as new."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _
from psycopg2.extras import execute_values

from households import workflow
from households.choices import AreaLevel, TraitKind
from households.exchange.unit_names import bare_village
from households.folding import fold
from households.models import Area, AreaTrait, VillageReview
from households.services.imports.places import PLACE_KEY
from households.services.imports.problems import HOUSEHOLDS, ProblemLog
from households.services.imports.target import Target

_SOURCE: Final = "import"

_CREATE = """
DROP TABLE IF EXISTS staged_village;
CREATE TEMP TABLE staged_village (
  commune_id bigint, village text, village_id bigint, settlement text, is_closed boolean
) ON COMMIT DROP
"""

_NAMED = f"""
SELECT p.commune_id, h.village, min(h.as_of), max(h.as_of),
       (array_agg(h.area ORDER BY h.line) FILTER (WHERE h.area IS NOT NULL))[1]
FROM (SELECT *, {PLACE_KEY} AS place_key FROM staged_household WHERE village IS NOT NULL) h
JOIN staged_place p USING (place_key)
WHERE p.commune_id IS NOT NULL
GROUP BY p.commune_id, h.village
ORDER BY min(h.line)
"""

_ROWS = f"""
(SELECT h.line, h.village, h.area, v.settlement, v.is_closed
 FROM (SELECT line, village, area, {PLACE_KEY} AS place_key FROM staged_household) h
 JOIN staged_place p USING (place_key)
 JOIN staged_village v ON v.commune_id = p.commune_id AND v.village = h.village) AS placed
"""


@dataclass(frozen=True, slots=True)
class NewVillage:
    """A village that the file names and the register does not have yet."""

    id: int
    commune_id: int
    name: str
    settlement: str | None


def find_villages(target: Target, log: ProblemLog) -> list[NewVillage]:
    """Fill staged_village for every village named; give those to be created, with their ids.

    Rows whose village says another area than the register, or is past its survey stage, are
    noted. Cost: six queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        cursor.execute(_NAMED)
        named = cursor.fetchall()
        finder = _Finder(target, {row[0] for row in named})
        rows = [finder.find(*row) for row in named]
        new = finder.number_new_villages()
        if rows:
            written = [(c, n, v if v > 0 else new[v].id, s, x) for c, n, v, s, x in rows]
            execute_values(cursor.cursor, "INSERT INTO staged_village VALUES %s", written)
        cursor.execute("ANALYZE staged_village")
    _note_differences(log)
    return list(new.values())


def create(villages: Iterable[NewVillage]) -> None:
    """Write new villages, valid as long as their commune; to be called inside an act."""
    villages = list(villages)
    communes = Area.objects.in_bulk({village.commune_id for village in villages})
    made = []
    for village in villages:
        commune = communes[village.commune_id]
        made.append(
            Area(
                id=village.id,
                level=AreaLevel.VILLAGE,
                name=village.name,
                parent=commune,
                valid_from=commune.valid_from,
                valid_to=commune.valid_to,
                is_practice=commune.is_practice,
                source=_SOURCE,
            )
        )
    Area.objects.bulk_create(made, batch_size=500)
    AreaTrait.objects.bulk_create(
        (
            AreaTrait(
                area=area,
                kind=TraitKind.SETTLEMENT,
                value=village.settlement,
                valid_from=area.valid_from,
                valid_to=area.valid_to,
                source=_SOURCE,
            )
            for area, village in zip(made, villages, strict=True)
            if village.settlement
        ),
        batch_size=500,
    )


def _note_differences(log: ProblemLog) -> None:
    log.add_rows(
        HOUSEHOLDS,
        "village",
        "village_closed",
        _("The village is past its survey stage; the commune has to reopen it."),
        f"SELECT line, village FROM {_ROWS} WHERE is_closed",
    )
    log.add_rows(
        HOUSEHOLDS,
        "area",
        "settlement_differs",
        _("The register states the other area (rural or urban) for this village."),
        f"SELECT line, lower(area) FROM {_ROWS} WHERE area <> settlement",
        is_warning=True,
    )


class _Finder:
    """Villages and stated areas of the communes at hand, read once."""

    def __init__(self, target: Target, commune_ids: set[int]) -> None:
        self.by_name: dict[tuple[int, str], list[Area]] = {}
        self.by_bare_name: dict[tuple[int, str], list[Area]] = {}
        for village in Area.objects.at(AreaLevel.VILLAGE).filter(parent__in=commune_ids):
            key = village.parent_id or 0
            self.by_name.setdefault((key, fold(village.name)), []).append(village)
            self.by_bare_name.setdefault((key, bare_village(village.name)), []).append(village)
        self.traits: dict[int, list[AreaTrait]] = {}
        stated = AreaTrait.objects.filter(kind=TraitKind.SETTLEMENT)
        known = {village.pk for found in self.by_name.values() for village in found}
        for trait in stated.filter(area__in=[*commune_ids, *known]):
            self.traits.setdefault(trait.area_id, []).append(trait)
        self.closed: set[int] = set()
        if target.round is not None:
            closed = VillageReview.objects.filter(round=target.round).exclude(
                state__in=workflow.SURVEYS_OPEN_IN_VILLAGE
            )
            self.closed = set(closed.values_list("village_id", flat=True))
        self.planned: dict[tuple[int, str], tuple[int, NewVillage]] = {}

    def find(
        self, commune_id: int, name: str, first: Any, last: Any, settlement: str | None
    ) -> tuple[int, str, int, str | None, bool]:
        """A row of staged_village; the id of a planned village is a negative place holder."""
        village = self._known(commune_id, name, first, last)
        default = self._stated(commune_id, first)
        if village is not None:
            own = self._stated(village.pk, first) or default
            return commune_id, name, village.pk, own, village.pk in self.closed
        key = (commune_id, fold(name))
        if key not in self.planned:
            own = settlement if settlement != default else None
            place = -1 - len(self.planned)
            self.planned[key] = (place, NewVillage(0, commune_id, name, own))
        place, planned = self.planned[key]
        return commune_id, name, place, planned.settlement or default, False

    def number_new_villages(self) -> dict[int, NewVillage]:
        """The planned villages by place holder, with ids taken from the table's own sequence."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('households_area', 'id'))"
                " FROM generate_series(1, %s)",
                [len(self.planned)],
            )
            ids = [row[0] for row in cursor.fetchall()]
        return {
            place: NewVillage(new_id, village.commune_id, village.name, village.settlement)
            for new_id, (place, village) in zip(ids, self.planned.values(), strict=True)
        }

    def _known(self, commune_id: int, name: str, first: Any, last: Any) -> Area | None:
        """The village of this name; one written without its type where that leaves no doubt."""
        same = self.by_name.get((commune_id, fold(name)), [])
        alike = self.by_bare_name.get((commune_id, bare_village(name)), [])
        for found in (same, alike if fold(name) == bare_village(name) else []):
            valid = [v for v in found if _holds(v, first) and _holds(v, last)]
            if len(valid) == 1:
                return valid[0]
        return None

    def _stated(self, area_id: int, day: Any) -> str | None:
        for trait in self.traits.get(area_id, []):
            if _holds(trait, day):
                return str(trait.value)
        return None


def _holds(dated: Area | AreaTrait, day: Any) -> bool:
    return dated.valid_from <= day and (dated.valid_to is None or dated.valid_to >= day)
