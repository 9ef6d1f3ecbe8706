"""Where the households of a file live: codes decide, names only warn, unknown villages are new."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _
from psycopg2.extras import execute_values

from households import policies, workflow
from households.choices import AreaLevel
from households.exchange.unit_names import same_unit
from households.models import Area, CommuneReview, User
from households.services.imports import other_times
from households.services.imports.problems import HOUSEHOLDS, ProblemLog
from households.services.imports.target import Target

#: The columns that together name a commune; rows that agree in them share one answer.
_NAMING: Final = "province_code, district_code, district, commune_code, commune, as_of"
PLACE_KEY: Final = f"ROW({_NAMING})::text"

_CREATE = """
DROP TABLE IF EXISTS staged_place, place_problem;
CREATE TEMP TABLE staged_place (place_key text PRIMARY KEY, commune_id bigint) ON COMMIT DROP;
CREATE TEMP TABLE place_problem (
  place_key text, column_name text, code text, reason text, value text, is_warning boolean
) ON COMMIT DROP
"""

_NOTE = f"""
INSERT INTO staged_problem
SELECT {HOUSEHOLDS}, h.line, p.column_name, p.code, p.reason, p.value, p.is_warning
FROM (SELECT line, {PLACE_KEY} AS place_key FROM staged_household) h
JOIN place_problem p USING (place_key)
"""


class Found(NamedTuple):
    """One thing said about a place: shown at each of its rows."""

    column: str
    code: str
    reason: str
    value: str
    is_warning: bool = False


def find_communes(target: Target, by: User, log: ProblemLog) -> None:
    """Resolve the commune of each row into staged_place and note what is wrong with it.

    Cost: five queries and one per distinct naming's rights, whatever the number of rows; some
    more for each code of another time.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        cursor.execute(
            f"SELECT DISTINCT {PLACE_KEY}, {_NAMING} FROM staged_household"
            " WHERE as_of IS NOT NULL AND commune_code IS NOT NULL"
        )
        names = [column.name for column in cursor.description]
        named = [dict(zip(["key", *names[1:]], row, strict=True)) for row in cursor.fetchall()]
        finder = _Finder(target, by, {place["commune_code"] for place in named})
        places, problems = [], []
        for place in named:
            commune, found = finder.find(place)
            places.append((place["key"], commune.pk if commune else None))
            problems += [(place["key"], *one) for one in found]
        if places:
            execute_values(cursor.cursor, "INSERT INTO staged_place VALUES %s", places)
        if problems:
            execute_values(cursor.cursor, "INSERT INTO place_problem VALUES %s", problems)
            cursor.execute(_NOTE)
        cursor.execute("ANALYZE staged_place")
    other_times.rename_villages(finder.formers, PLACE_KEY, log)


class _Finder:
    def __init__(self, target: Target, by: User, codes: set[str]) -> None:
        self.by = by
        areas = Area.objects.filter(level=AreaLevel.COMMUNE, code__in=codes)
        self.communes: dict[str, list[Area]] = {}
        for area in areas.select_related("parent__parent"):
            self.communes.setdefault(area.code, []).append(area)
        self.states: dict[int, str] = {}
        if target.round is not None:
            reviews = CommuneReview.objects.filter(round=target.round)
            self.states = dict(reviews.values_list("commune_id", "state"))
        #: Of places named by a code of another time: the commune that was named.
        self.formers: dict[str, int] = {}

    def find(self, place: Mapping[str, Any]) -> tuple[Area | None, list[Found]]:
        code, as_of = place["commune_code"], place["as_of"]
        known = self.communes.get(code, [])
        other = other_times.understand(code, place["commune"] or "", as_of, known)
        if other is not None:
            said = Found("commune_code", "code_of_other_time", other.said, code, other.is_warning)
            if other.commune is None or other.named is None:
                return None, [said]
            self.formers[place["key"]] = other.named.pk
            return other.commune, [
                said, *_above(other.named, place), *self._refusals(other.commune)
            ]  # fmt: skip
        valid = [area for area in known if area.is_valid_on(as_of)]
        if not valid:
            return None, [_not_valid(code, bool(known))]
        commune = valid[0]
        return commune, [*_above(commune, place), *self._refusals(commune)]

    def _refusals(self, commune: Area) -> list[Found]:
        found = []
        if reason := policies.why_not_import(self.by, commune):
            found.append(Found("commune_code", "not_your_area", reason, commune.code))
        state = self.states.get(commune.pk)
        if state and state not in workflow.SURVEYS_OPEN_IN_COMMUNE:
            reason = _("The commune is past its survey stage in this round.")
            found.append(Found("commune_code", "commune_closed", reason, commune.code))
        return found


def _not_valid(code: str, is_known: bool) -> Found:
    if is_known:
        reason = _("This commune code is not valid on the day of the review.")
        return Found("commune_code", "commune_not_valid", reason, code)
    reason = _("There is no commune with this code.")
    return Found("commune_code", "unknown_commune", reason, code)


def _above(commune: Area, place: Mapping[str, Any]) -> list[Found]:
    """Whether district and province fit the commune, by code; and its names, to warn."""
    above = commune.parent
    district = above if above and above.level == AreaLevel.DISTRICT else None
    province = district.parent if district else above
    found = []
    if province is None or province.code != place["province_code"]:
        reason = _("The commune does not lie in this province.")
        found.append(Found("province_code", "other_province", reason, place["province_code"] or ""))
    given = place["district_code"] or ""
    if district and not given:
        reason = _("The district code is missing; the commune lay in a district then.")
        found.append(Found("district_code", "missing_value", reason, ""))
    elif district and given != district.code:
        reason = _("The commune does not lie in this district.")
        found.append(Found("district_code", "other_district", reason, given))
    elif not district and given:
        reason = _("There is no district any more; leave this empty.")
        found.append(Found("district_code", "no_district", reason, given))
    for unit, column in ((commune, "commune"), (district, "district")):
        name = place[column]
        if unit and name and not same_unit(name, unit.name):
            reason = _("The register calls this unit %(name)s.") % {"name": unit.name}
            found.append(Found(column, "name_differs", reason, name, is_warning=True))
    return found
