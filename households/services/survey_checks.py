"""The checks that form and import share, asked with the names of the survey's own fields."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from households.choices import Relation
from households.errors import Words
from households.exchange.checks import check_survey
from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, Column
from households.exchange.problems import Problem
from households.models import ListEntry, Survey
from households.scoring import Result

Values = Mapping[str, Any]

#: List of ListEntry with the known first three digits of personal numbers.
BIRTH_PLACES = "birth_registrations"


def problems_of(survey: Survey, values: Values, members: Sequence[Values]) -> list[Problem]:
    """All problems if the form were complete: errors first, then warnings.

    `values` and `members` are keyed by model fields; the paths of the problems are too
    ("members.2.personal_id"). One query.
    """
    head = next((m for m in members if m.get("relation") == Relation.HEAD), {})
    whole = {
        **values,
        "as_of": survey.as_of,
        "settlement": survey.settlement,
        "household_size": len(members),
        "head_name": head.get("full_name") or values.get("head_name"),
    }
    named = _by_column(HOUSEHOLD_COLUMNS, whole)
    named["b1_answers"] = values.get("b1_answers") or {}
    rows = [
        _by_column(MEMBER_COLUMNS, {**member, "member_no": number})
        for number, member in enumerate(members, 1)
    ]
    places = set(ListEntry.objects.filter(list_code=BIRTH_PLACES).values_list("code", flat=True))
    found = check_survey(named, rows, as_of=survey.as_of, birth_places=places or None)
    return sorted((_by_field(problem) for problem in found), key=lambda p: p.is_warning)


def _by_column(columns: tuple[Column, ...], values: Values) -> dict[str, Any]:
    return {c.name: values[c.field] for c in columns if c.field and c.field in values}


_FIELDS = {c.name: c.field for c in (*HOUSEHOLD_COLUMNS, *MEMBER_COLUMNS) if c.field}


def _by_field(problem: Problem) -> Problem:
    prefix, dot, name = problem.path.rpartition(".")
    return replace(problem, path=prefix + dot + _FIELDS.get(name, name))


def open_income_fields(result: Result) -> dict[str, list[Words]]:
    """Fields still to fill before any instrument can tell the income; empty once one has.

    "b1_answers.electricity" for an asked question, "members.0.pension" for a fact that a derived
    question needs.
    """
    fields: dict[str, list[Words]] = {}
    if result.income_basis is not None:
        return fields
    missing = _("This is needed for the points of form B.")
    for question in result.questions:
        if question.option is not None:
            continue
        if question.is_asked:
            fields[f"b1_answers.{question.question}"] = [missing]
        for note in question.missing:
            if note.code == "missing_member_fact":
                index = int(str(note.params["member_no"])) - 1
                fields[f"members.{index}.{note.params['fact']}"] = [missing]
            elif note.code == "missing_fact":
                fields[str(note.params["fact"])] = [missing]
    return fields or {"income_per_capita_month_vnd": [_("The income cannot be told yet.")]}
