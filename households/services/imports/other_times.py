"""Codes of another time in a file: old ones after a change of the map, new ones before it. They are
understood where the map leaves no doubt, and said; else the file is told what to write."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.exchange.unit_names import same_unit
from households.models import Area
from households.queries import area_times
from households.services.imports.problems import HOUSEHOLDS, ProblemLog


class Understood(NamedTuple):
    """The commune of the day and the one that the file names; or why there is none."""

    commune: Area | None
    named: Area | None
    said: str
    is_warning: bool


#: The villages of communes named by an old code go by the names of then.
_RENAMED: Final = """
SELECT h.line, h.village, new.name
FROM staged_household h
JOIN unnest(%(keys)s::text[], %(formers)s::bigint[]) AS place (place_key, former_id)
  ON place.place_key = {place_key}
JOIN households_area old ON old.parent_id = place.former_id AND old.level = 'VILLAGE'
  AND old.folded_name = povreg_fold(h.village)
JOIN households_areachange c ON c.from_area_id = old.id AND c.is_whole
JOIN households_area new ON new.id = c.to_area_id AND new.name <> h.village
ORDER BY h.line
"""


def understand(code: str, name: str, day: dt.date, known: Sequence[Area]) -> Understood | None:
    """Of a code that no unit has on the day, or that another has than the one named; None where
    nothing has to be said. `known` are all units that ever had the code."""
    valid = next((one for one in known if one.is_valid_on(day)), None)
    if valid is not None and (not name or same_unit(name, valid.name)):
        return None
    others = [one for one in known if one is not valid]
    if valid is not None:
        others = [one for one in others if same_unit(name, one.name)]
    if not others:
        return None
    # The nearest in time where the code was used more than once.
    named = min(others, key=lambda one: _distance(one, day))
    standing = area_times.standing_for(named, day)
    if len(standing) == 1:
        return Understood(standing[0], named, _said(code, named, standing[0], day), True)
    if not standing:
        return None
    return Understood(None, named, _several(code, named, standing, day), False)


def _distance(unit: Area, day: dt.date) -> int:
    if unit.valid_from > day:
        return (unit.valid_from - day).days
    return (day - (unit.valid_to or day)).days


def _said(code: str, named: Area, commune: Area, day: dt.date) -> str:
    told = {
        "code": code, "named": named, "commune": commune, "its": commune.code,
        "day": f"{(named.valid_to or day):%d/%m/%Y}", "from": f"{named.valid_from:%d/%m/%Y}",
    }  # fmt: skip
    if named.valid_from > day:
        return (
            _(
                "The code %(code)s means %(named)s only from %(from)s on; on the day of the review"
                " it was %(commune)s (%(its)s). Taken so."
            )
            % told
        )
    return _(
        "The code %(code)s meant %(named)s until %(day)s; it is %(commune)s (%(its)s) now."
        " Taken so."
    ) % told  # fmt: skip


def _several(code: str, named: Area, standing: Iterable[Area], day: dt.date) -> str:
    told = {
        "code": code, "named": named,
        "units": ", ".join(f"{one} ({one.code})" for one in standing),
        "day": f"{(named.valid_to or day):%d/%m/%Y}", "from": f"{named.valid_from:%d/%m/%Y}",
    }  # fmt: skip
    if named.valid_from > day:
        return (
            _(
                "The code %(code)s means %(named)s only from %(from)s on; on the day of the review"
                " these were apart: %(units)s. Write the code of then in each row."
            )
            % told
        )
    return _(
        "The code %(code)s meant %(named)s until %(day)s, which then became several: %(units)s."
        " Write the code of the village's new commune in each row."
    ) % told  # fmt: skip


def province_of(code: str, day: dt.date) -> Area | None:
    """The province of the day that a code of any time means. One query, more for another time."""
    provinces = Area.objects.filter(level=AreaLevel.PROVINCE, code=code)
    known: list[Area] = list(provinces.order_by("valid_from"))
    valid = [one for one in known if one.is_valid_on(day)]
    if valid:
        return valid[0]
    for one in known:
        if (standing := area_times.is_whole_in(one, day)) is not None:
            return standing
    return None


def rename_villages(formers: dict[str, int], place_key: str, log: ProblemLog) -> None:
    """Villages of places named by an old code are read by their names of now; each is said.
    `formers`: from a place's key to the commune that the file names. Two statements."""
    if not formers:
        return
    given: dict[str, Any] = {"keys": list(formers), "formers": list(formers.values())}
    with connection.cursor() as cursor:
        cursor.execute(_RENAMED.format(place_key=place_key), given)
        found = cursor.fetchall()
        for line, was, now in found:
            log.add(
                HOUSEHOLDS, line, "village", "village_renamed",
                _("The village is called %(name)s now. Taken so.") % {"name": now}, was,
                is_warning=True,
            )  # fmt: skip
        cursor.execute(
            "UPDATE staged_household h SET village = n.name"
            " FROM unnest(%s::integer[], %s::text[]) AS n (line, name) WHERE n.line = h.line",
            [[line for line, *__ in found], [now for *__, now in found]],
        )
