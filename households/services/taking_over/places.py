"""The villages that a list names, in its commune: found by name, by the name of another time, or
planned as new."""

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _
from psycopg2.extras import execute_values

from households.choices import AreaLevel
from households.exchange.unit_names import bare_village
from households.folding import fold
from households.models import Area
from households.queries import area_times
from households.services.imports import villages
from households.services.imports.problems import LISTED, ProblemLog
from households.services.imports.villages import NewVillage
from households.services.taking_over import courses
from households.services.taking_over.courses import Arrow, Course

#: "Thôn Nà Lẻ, xã Thử": what comes after the village.
_REST_OF_ADDRESS: Final = re.compile(r"\s*[,;–]|\s+-\s+")
_SOURCE: Final = "list"
#: From this likeness on a name may be a slip of the pen: "Nà Mòo" for "Nà Mò".
_ALIKE: Final = 0.8


@dataclass
class Planned:
    """Villages that the list brings along, and what those of a former commune became."""

    new: list[NewVillage] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)

    def create(self) -> None:
        """Inside an act."""
        villages.create(self.new)
        courses.draw(self.arrows, _SOURCE)


class _ByName:
    """Villages by their names, and by those without their type."""

    def __init__(self, found: list[Area]) -> None:
        self._same: dict[str, list[Area]] = {}
        self._alike: dict[str, list[Area]] = {}
        for village in found:
            self._same.setdefault(fold(village.name), []).append(village)
            self._alike.setdefault(bare_village(village.name), []).append(village)

    def named(self, name: str) -> list[Area]:
        """One written without its type only where that leaves no doubt."""
        if same := self._same.get(fold(name)):
            return same
        alike = self._alike.get(bare_village(name), [])
        return alike if len(alike) == 1 and fold(name) == bare_village(name) else []


def find(course: Course, log: ProblemLog) -> Planned:
    """Set the village of each head, and fill the tables of courses; give what is to be made. Some
    twelve statements, and some for each name of another time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT village, min(line), array_agg(line ORDER BY line) FROM listed_head"
            " WHERE village IS NOT NULL GROUP BY village ORDER BY min(line)"
        )
        named = cursor.fetchall()
    finder = _Finder(course, log, len(named))
    ids: dict[str, int] = {}
    for name, line, lines in named:
        if (found := finder.find(name, line, lines)) is not None:
            ids[name] = found
    _place(ids)
    then_ids = {one.pk for one in course.villages} | set(ids.values())
    courses.write_tables(course, then_ids)
    return finder.planned


class _Finder:
    def __init__(self, course: Course, log: ProblemLog, number: int) -> None:
        self.course, self.log = course, log
        self.planned = Planned()
        self._known = _ByName(course.villages)
        self._others: _ByName | None = None
        self._new: dict[str, int] = {}
        self._free = _new_ids(number * (1 + len(course.later)))

    def find(self, name: str, line: int, lines: list[int]) -> int | None:
        """The village of then; None where that is in doubt, which is said at each row."""
        short = _REST_OF_ADDRESS.split(name)[0]
        for one in (name, short):
            found = self._known.named(one)
            if found:
                self._tell_split(found[0], lines)
                return int(found[0].pk)
        for one in (name, short):
            standing = self._of_another_time(one)
            if len(standing) == 1:
                said = _("The village was called %(name)s on the day of the list. Taken so.")
                self._say(lines, "village_renamed", said % {"name": standing[0].name}, one)
                return int(standing[0].pk)
            if standing:
                names = ", ".join(village.name for village in standing)
                said = _(
                    "On the day of the list this was several villages: %(names)s. Write which."
                )
                self._say(lines, "village_in_doubt", said % {"names": names}, one, is_wrong=True)
                return None
        if fold(short) not in self._new:
            self._enter(short, line, lines)
        return self._new.get(fold(short))

    def _tell_split(self, village: Area, lines: list[int]) -> None:
        if parts := self.course.split.get(village.pk):
            said = _(
                "The village was split since: %(names)s. The household is put into the first; move"
                " it where it lives in another."
            ) % {"names": ", ".join(parts)}
            self._say(lines, "village_split", said, village.name)

    def _say(
        self, lines: list[int], code: str, said: str, value: str, *, is_wrong: bool = False
    ) -> None:
        for line in lines:
            self.log.add(LISTED, line, "village", code, said, value, is_warning=not is_wrong)

    def _of_another_time(self, name: str) -> list[Area]:
        """Villages of then that a village of this name was, or became."""
        if self._others is None:
            own = {one.pk for one in self.course.villages}
            units = self.course.units()
            found = Area.objects.at(AreaLevel.VILLAGE).filter(parent__in=units)
            self._others = _ByName(list(found.exclude(pk__in=own)))
        standing = {
            village.pk: village
            for one in self._others.named(name)
            for village in area_times.standing_for(one, self.course.day)
            if village.parent_id == self.course.commune.pk
        }
        return list(standing.values())

    def _alike(self, name: str) -> str:
        """A village of then that is written nearly so, "" for none."""
        names = {bare_village(one.name): one.name for one in self.course.villages}
        found = get_close_matches(bare_village(name), names, n=1, cutoff=_ALIKE)
        return names[found[0]] if found else ""

    def _enter(self, name: str, line: int, lines: list[int]) -> None:
        """Plan a village of then, and what it became in the communes of later."""
        later: list[tuple[int, Any, bool]] = []
        for unit, changed_on in self.course.later:
            there = Area.objects.at(AreaLevel.VILLAGE).filter(parent=unit).on(changed_on)
            if found := _ByName(list(there)).named(name):
                if found[0].pk in self.course.from_others:
                    said = _(
                        "%(commune)s has a village of this name that came from another commune."
                        " Write the name the village has today; enter it there first if need be."
                    ) % {"commune": unit.name}
                    self._say(lines, "village_in_doubt", said, name, is_wrong=True)
                    return
                later.append((found[0].pk, changed_on, True))
                break
            later.append((self._free.pop(), changed_on, False))
        at = self._new[fold(name)] = self._free.pop()
        self.planned.new.append(NewVillage(at, self.course.commune.pk, name, None))
        units = [unit.pk for unit, __ in self.course.later]
        for (village_id, changed_on, is_there), unit_id in zip(later, units, strict=False):
            if not is_there:
                self.planned.new.append(NewVillage(village_id, unit_id, name, None))
            arrow = Arrow(at, village_id, changed_on)
            self.planned.arrows.append(arrow)
            self.course.became[at] = [arrow]
            at = village_id
        if later and later[-1][2]:
            courses.follow(self.course, [at])
        said = _("The register has no such village; it is entered with the list.")
        if alike := self._alike(name):
            said += " " + _("If it is %(name)s, correct the name.") % {"name": alike}
        self.log.add(LISTED, line, "village", "new_village", said, name, is_warning=True)


def _new_ids(number: int) -> list[int]:
    """From the table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('households_area', 'id'))"
            " FROM generate_series(1, %s)",
            [number],
        )
        return [row[0] for row in cursor.fetchall()]


def _place(ids: dict[str, int]) -> None:
    if not ids:
        return
    with connection.cursor() as cursor:
        execute_values(
            cursor.cursor,
            "UPDATE listed_head h SET village_id = n.id::bigint FROM (VALUES %s) AS n (name, id)"
            " WHERE h.village = n.name",
            list(ids.items()),
        )
