"""Loading the administrative map: units, traits, changes. Called by services.reference.load."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.errors import Invalid
from households.models import Area, AreaChange, AreaTrait
from households.services.reference_files import ChangeRow, TraitRow, UnitRow
from households.services.reference_rows import Tally, align

#: From the top, so that a unit's parent is stored before the unit.
_LEVELS = (AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.COMMUNE)
UnitKey = tuple[str, str, dt.date]


@dataclass(slots=True)
class AreaMap:
    """The stored units with codes, findable by level, code and date without a query."""

    by_code: dict[tuple[str, str], list[Area]] = field(default_factory=dict)

    @classmethod
    def stored(cls) -> "AreaMap":
        found = cls()
        for area in Area.objects.exclude(level=AreaLevel.VILLAGE):
            found.add(area)
        return found

    def add(self, area: Area) -> None:
        self.by_code.setdefault((area.level, area.code), []).append(area)

    def on(self, level: str, code: str, day: dt.date) -> Area | None:
        for area in self.by_code.get((level, code), []):
            if area.is_valid_on(day):
                return area
        return None

    def needed(self, level: str, code: str, day: dt.date) -> Area:
        """Like `on`; raises Invalid where the files name a unit that does not exist that day."""
        if area := self.on(level, code, day):
            return area
        raise Invalid(
            _("No unit %(level)s %(code)s on %(day)s.")
            % {"level": level, "code": code, "day": day.isoformat()}
        )


def load_units(rows: Iterable[UnitRow]) -> Tally:
    """Level by level; a unit of the file whose time overlaps another of its code is left out
    (a person opened that one) and named in `kept`. Queries: one or two a level."""
    tally, known = Tally(), AreaMap.stored()
    by_level: dict[AreaLevel, list[UnitRow]] = {level: [] for level in _LEVELS}
    for row in rows:
        by_level[row.level].append(row)
    for level in _LEVELS:
        stored: dict[UnitKey, Area] = {
            (area.level, area.code, area.valid_from): area
            for (at, _code), areas in known.by_code.items()
            if at == level
            for area in areas
        }
        wanted = {
            (row.level.value, row.code, row.valid_from): {
                "name": row.name,
                "valid_to": row.valid_to,
                "source": row.source,
            }
            for row in by_level[level]
        }
        missing = align(tally, stored, wanted)
        opened = [
            Area(
                level=row.level,
                code=row.code,
                valid_from=row.valid_from,
                parent=_parent(known, row),
                **missing[key],
            )
            for row in by_level[level]
            if (key := (row.level.value, row.code, row.valid_from)) in missing
            and not _overlaps(known.by_code.get((row.level, row.code), []), row, tally)
        ]
        for area in Area.objects.bulk_create(opened):
            known.add(area)
        tally.created += len(opened)
    return tally


def _parent(known: AreaMap, row: UnitRow) -> Area | None:
    if not row.parent_code:
        return None
    level = AreaLevel.PROVINCE if len(row.parent_code) == 2 else AreaLevel.DISTRICT
    return known.needed(level, row.parent_code, row.valid_from)


def _overlaps(stored: Iterable[Area | AreaTrait], row: UnitRow | TraitRow, tally: Tally) -> bool:
    """Whether something stored holds during the row's time; then it is kept and named."""
    for other in stored:
        ends_before = other.valid_to is not None and other.valid_to < row.valid_from
        starts_after = row.valid_to is not None and other.valid_from > row.valid_to
        if not (ends_before or starts_after):
            tally.kept.append(str(other))
            return True
    return False


def load_traits(rows: Iterable[TraitRow]) -> Tally:
    """Type, settlement, zone and poor-district marks. Four queries."""
    tally, known = Tally(), AreaMap.stored()
    stored: dict[tuple[int, str, dt.date], AreaTrait] = {}
    of_area: dict[tuple[int, str], list[AreaTrait]] = {}
    for trait in AreaTrait.objects.exclude(area__level=AreaLevel.VILLAGE).select_related("area"):
        stored[trait.area_id, trait.kind, trait.valid_from] = trait
        of_area.setdefault((trait.area_id, trait.kind), []).append(trait)
    wanted: dict[tuple[int, str, dt.date], Mapping[str, Any]] = {}
    row_of: dict[tuple[int, str, dt.date], TraitRow] = {}
    for row in rows:
        area = known.needed(row.level, row.code, row.valid_from)
        key = (area.pk, row.kind.value, row.valid_from)
        row_of[key] = row
        wanted[key] = {
            "value": row.value,
            "valid_to": row.valid_to,
            "source": row.source,
            "is_confirmed": row.is_confirmed,
        }
    missing = align(tally, stored, wanted)
    stated = [
        AreaTrait(area_id=key[0], kind=key[1], valid_from=key[2], **values)
        for key, values in missing.items()
        if not _overlaps(of_area.get(key[:2], []), row_of[key], tally)
    ]
    AreaTrait.objects.bulk_create(stated)
    tally.created += len(stated)
    return tally


def load_changes(rows: Iterable[ChangeRow]) -> Tally:
    """The arrows of reorganisations. Three queries."""
    tally, known = Tally(), AreaMap.stored()
    stored = {
        (change.from_area_id, change.to_area_id, change.changed_on): change
        for change in AreaChange.objects.all()
    }
    wanted: dict[tuple[int, int | None, dt.date], Mapping[str, Any]] = {}
    for row in rows:
        day_before = row.changed_on - dt.timedelta(days=1)
        from_area = known.on(row.level, row.from_code, day_before)
        if from_area is None and known.by_code.get((row.level, row.from_code)):
            # An act of the department ended it before, and its successor took the arrow over.
            tally.kept.append(row.from_code)
            continue
        from_area = known.needed(row.level, row.from_code, day_before)
        to_area = known.needed(row.level, row.to_code, row.changed_on) if row.to_code else None
        wanted[from_area.pk, to_area.pk if to_area else None, row.changed_on] = {
            "kind": row.kind.value,
            "is_whole": row.is_whole,
            "legal_basis": row.legal_basis,
            "source": row.source,
        }
    missing = align(tally, stored, wanted)
    AreaChange.objects.bulk_create(
        AreaChange(from_area_id=key[0], to_area_id=key[1], changed_on=key[2], **values)
        for key, values in missing.items()
    )
    tally.created += len(missing)
    return tally
