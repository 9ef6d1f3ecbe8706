"""Households behind a broken identity."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from households.services import standards
from reports.queries import facts, units
from reports.queries.questions import Question


@dataclass(frozen=True)
class Break:
    """Where two numbers differ that must not; `households` (keys) where they can be named."""

    identity: str
    area_code: str
    area: str
    message: str
    households: tuple[int, ...] = ()


#: By the key of the unit, keys of households.
Households = dict[int, list[int]]


def _lacking_too_little(question: Question) -> str:
    """Poor ones that lack fewer indicators than their class asks for, near-poor ones that lack too
    many: only under a standard whose classes below one income line are told apart by that."""
    rules = standards.rules_of(question.standard).class_rules
    poor = [one for one in rules if one.poverty_class == "POOR"]
    near = [one for one in rules if one.poverty_class == "NEAR_POOR"]
    if len(poor) != 1 or len(near) != 1 or not poor[0].deprivations_from:
        return "false"
    least = int(poor[0].deprivations_from)
    return (
        f"(poverty_class = 'POOR' AND deprivations < {least})"
        f" OR (poverty_class = 'NEAR_POOR' AND deprivations >= {least})"
    )


_WITHOUT_ETHNIC_GROUP: Final = (
    "poverty_class IN ('POOR', 'NEAR_POOR') AND ethnic_group_id IS NULL AND has_form"
)
_WITHOUT_CAUSE: Final = (
    "poverty_class = 'POOR' AND has_form AND (SELECT jsonb_array_length(w.causes)"
    " FROM households_survey w WHERE w.id = f.survey_id) = 0"
)

#: Whom it names, as a condition of the facts `f`.
_WRONG_HOUSEHOLDS: tuple[tuple[str, Callable[[Question], str], str | Promise], ...] = (
    (
        "I4",
        _lacking_too_little,
        gettext_lazy("Households whose class does not fit what they lack."),
    ),
    (
        "I5",
        lambda question: _WITHOUT_ETHNIC_GROUP,
        gettext_lazy("Listed households without an ethnic group."),
    ),
    ("I6", lambda question: _WITHOUT_CAUSE, gettext_lazy("Poor households without a cause.")),
)


def named(question: Question) -> Iterator[Break]:
    """Each household where it counts, in the smallest units that are checked. One statement."""
    found = _found(question, [of(question) for _identity, of, _told in _WRONG_HOUSEHOLDS])
    for (identity, _of, told), households in zip(_WRONG_HOUSEHOLDS, found, strict=True):
        for unit in question.units.rows:
            if keys := households.get(unit.key):
                yield Break(identity, unit.code, unit.name, str(told), tuple(keys))


def _found(question: Question, conditions: Sequence[str]) -> list[Households]:
    """Of each condition."""
    answers = ", ".join(f"coalesce({one}, false) AS c{at}" for at, one in enumerate(conditions))
    met = " OR ".join(f"c{at}" for at in range(len(conditions)))
    sql = (
        f"SELECT * FROM (SELECT DISTINCT unit_id, household_id, {answers}"
        f" FROM ({facts.select(question.status)}) f {units.HERE}) told WHERE {met} ORDER BY 1, 2"
    )
    found: list[Households] = [{} for __ in conditions]
    with connection.cursor() as cursor:
        cursor.execute(sql, question.values)
        for unit, household, *answered in cursor.fetchall():
            for households, is_met in zip(found, answered, strict=True):
                if is_met and household not in households.setdefault(unit, []):
                    households[unit].append(household)
    return found
