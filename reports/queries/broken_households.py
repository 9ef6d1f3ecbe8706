"""Households behind a broken identity: their keys by the key of the unit they count in. Each is one
statement."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from households.services import standards
from reports.queries import facts, units
from reports.queries.questions import Question

Households = dict[int, list[int]]


@dataclass(frozen=True)
class Break:
    """Where two numbers differ that must not; `households` (keys) where they can be named."""

    identity: str
    area_code: str
    area: str
    message: str
    households: tuple[int, ...] = ()


def lacking_too_little(question: Question) -> Households:
    """Poor ones that lack fewer indicators than their class asks for, near-poor ones that lack too
    many: only under a standard whose classes below one income line are told apart by that."""
    rules = standards.rules_of(question.standard).class_rules
    poor = [one for one in rules if one.poverty_class == "POOR"]
    near = [one for one in rules if one.poverty_class == "NEAR_POOR"]
    if len(poor) != 1 or len(near) != 1 or not poor[0].deprivations_from:
        return {}
    return _found(
        question,
        "(poverty_class = 'POOR' AND deprivations < %(least)s)"
        " OR (poverty_class = 'NEAR_POOR' AND deprivations >= %(least)s)",
        least=poor[0].deprivations_from,
    )


def without_ethnic_group(question: Question) -> Households:
    """Poor and near-poor ones with a form that states none."""
    condition = "poverty_class IN ('POOR', 'NEAR_POOR') AND ethnic_group_id IS NULL AND has_form"
    return _found(question, condition)


def without_cause(question: Question) -> Households:
    """Poor ones with a form that names no cause."""
    condition = (
        "poverty_class = 'POOR' AND has_form AND (SELECT jsonb_array_length(w.causes)"
        " FROM households_survey w WHERE w.id = f.survey_id) = 0"
    )
    return _found(question, condition)


def _found(question: Question, condition: str, **more: Any) -> Households:
    sql = (
        f"SELECT DISTINCT unit_id, household_id FROM ({facts.select(question.status)}) f"
        f" {units.HERE} WHERE {condition} ORDER BY 1, 2"
    )
    found: Households = {}
    with connection.cursor() as cursor:
        cursor.execute(sql, question.values | more)
        for unit, household in cursor.fetchall():
            found.setdefault(unit, []).append(household)
    return found


_WRONG_HOUSEHOLDS: tuple[tuple[str, Callable[[Question], Households], str | Promise], ...] = (
    ("I4", lacking_too_little, gettext_lazy("Households whose class does not fit what they lack.")),
    ("I5", without_ethnic_group, gettext_lazy("Listed households without an ethnic group.")),
    ("I6", without_cause, gettext_lazy("Poor households without a cause.")),
)


def named(question: Question) -> Iterator[Break]:
    """Each household where it counts, in the smallest units that are checked. Three statements."""
    for identity, find, told in _WRONG_HOUSEHOLDS:
        found = find(question)
        for unit in question.units.rows:
            if keys := found.get(unit.key):
                yield Break(identity, unit.code, unit.name, str(told), tuple(keys))
