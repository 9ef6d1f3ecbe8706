"""Columns of a list that say the commune: by the code of another time it is understood and said; a
row of another commune is refused."""

from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.exchange.unit_names import same_unit
from households.models import Area
from households.services.imports.problems import LISTED, ProblemLog
from households.services.taking_over.courses import Course

_NAMED: Final = """
SELECT coalesce(commune_code, ''), coalesce(commune, ''), array_agg(line ORDER BY line)
FROM listed_row WHERE is_head AND (commune_code IS NOT NULL OR commune IS NOT NULL)
GROUP BY 1, 2 ORDER BY min(line)
"""


def check(course: Course, log: ProblemLog) -> None:
    """Note rows that name another commune than the list's. Two queries, three more where one is
    named by another code."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED)
        named = [(_code(code), name, lines) for code, name, lines in cursor.fetchall()]
    codes = {code for code, *__ in named}
    known: dict[str, list[Area]] = {}
    for unit in Area.objects.at(AreaLevel.COMMUNE).filter(code__in=codes - {""}):
        known.setdefault(unit.code, []).append(unit)
    family: set[int] | None = None
    for code, name, lines in named:
        fitting = _fitting(code, name, known, course)
        if course.commune in fitting:
            continue
        family = family if family is not None else {one.pk for one in course.units()}
        ours = next((one for one in fitting if one.pk in family), None)
        told = {"commune": course.commune.name, "code": course.commune.code}
        if ours is not None:
            said = _("This is %(unit)s of another time; the list is of %(commune)s. Taken so.")
            _say(log, lines, code, "code_of_other_time", said % {**told, "unit": ours.name}, True)
        elif fitting:
            said = _("This row is of %(unit)s, and the list is of %(commune)s (%(code)s).")
            _say(log, lines, code, "other_commune", said % {**told, "unit": fitting[0].name}, False)
        elif code or not same_unit(name, course.commune.name):
            said = _("No commune has this code or name; the list is of %(commune)s. Taken so.")
            _say(log, lines, code or name, "unknown_commune", said % told, True)


def _code(typed: str) -> str:
    """Leading zeros lost or not."""
    plain = typed.strip().removesuffix(".0")
    return plain.zfill(5) if plain.isdecimal() else plain


def _fitting(code: str, name: str, known: dict[str, list[Area]], course: Course) -> list[Area]:
    """Units of any time with the code, and where one of them has the name those alone; the list's
    own commune first. Without a code its commune, or another of the name."""
    found = known.get(code, [])
    if not code:
        if same_unit(name, course.commune.name):
            return [course.commune]
        return [one for one in course.units() if same_unit(name, one.name)]
    named = [one for one in found if name and same_unit(name, one.name)]
    return sorted(named or found, key=lambda one: one.pk != course.commune.pk)


def _say(
    log: ProblemLog, lines: list[int], value: Any, code: str, said: str, is_warning: bool
) -> None:
    for line in lines:
        log.add(LISTED, line, "commune_code", code, said, value, is_warning=is_warning)
