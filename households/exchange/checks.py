"""Whether one household's answers can be right: the same checks for the form and the import.

Pure: plain values in, problems out; no clock and no database. A household and its members are
mappings keyed by the columns' names (columns.py) with values as values.parse gives them, except
that `birth_date` is a date and `birth_precision` stands beside it.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from households.choices import Relation
from households.exchange.checks_of_members import check_member
from households.exchange.columns import B1_PREFIX, HOUSEHOLD_COLUMNS, MEMBER_COLUMNS
from households.exchange.problems import Problem
from households.folding import fold

Values = Mapping[str, Any]

REQUIRED_OF_HOUSEHOLD: Final = tuple(
    column.name
    for column in HOUSEHOLD_COLUMNS
    if column.required and column.field and column.name != "as_of"
)
REQUIRED_OF_MEMBER: Final = tuple(
    column.name for column in MEMBER_COLUMNS if column.required and column.field
)

_OLDER_THAN_HEAD: Final = (Relation.PARENT, Relation.GRANDPARENT)
_YOUNGER_THAN_HEAD: Final = (Relation.CHILD, Relation.GRANDCHILD)


def check_survey(
    household: Values,
    members: Sequence[Values],
    *,
    as_of: dt.date,
    birth_places: Collection[str] | None = None,
) -> list[Problem]:
    """All problems of one household: errors, and warnings that do not block.

    `as_of` is the day that ages are judged on. `birth_places` holds the known first three digits
    of personal numbers, or ranges of them; without it they are not looked at.
    """
    found = list(_missing(household, REQUIRED_OF_HOUSEHOLD, ""))
    found += _income(household)
    found += _size(household, members)
    found += _head(household, members)
    found += _hardship(household, as_of)
    for index, member in enumerate(members):
        path = f"members.{index}."
        found += _missing(member, REQUIRED_OF_MEMBER, path)
        found += check_member(member, path, as_of=as_of, birth_places=birth_places)
    found += _doubles(members)
    found += _generations(members)
    return found


def is_empty(value: Any) -> bool:
    """None, "" and empty lists mean "not asked"; False and 0 are answers."""
    return value is None or value == "" or value == () or value == [] or value == {}


def b1_answers(household: Values) -> dict[str, str]:
    """The answers to point questions, by question code, whether kept together or by column."""
    answers = dict(household.get("b1_answers") or {})
    for name, value in household.items():
        if name.startswith(B1_PREFIX) and name not in ("b1_answers", "b1_points_paper"):
            answers[name.removeprefix(B1_PREFIX)] = value
    return {question: option for question, option in answers.items() if not is_empty(option)}


def _missing(values: Values, required: tuple[str, ...], path: str) -> Iterator[Problem]:
    for name in required:
        if is_empty(values.get(name)):
            yield Problem(path + name, name, "missing_value", _("This is missing."))


def _income(household: Values) -> Iterator[Problem]:
    column = "income_per_capita_month_vnd"
    told = not is_empty(household.get(column)) or not is_empty(household.get("b1_points_paper"))
    if not told and not b1_answers(household):
        yield Problem(
            column,
            column,
            "income_missing",
            _("Give the income, or the point questions of form B, or the B1 total of the paper."),
        )


def _size(household: Values, members: Sequence[Values]) -> Iterator[Problem]:
    column, size = "household_size", household.get("household_size")
    if not members:
        yield Problem(column, column, "no_members", _("The household has no members."), value=size)
    elif size is not None and size != len(members):
        yield Problem(
            column,
            column,
            "size_differs",
            _("The household size is %(size)s, but there are %(count)s members.")
            % {"size": size, "count": len(members)},
            value=size,
        )


def _head(household: Values, members: Sequence[Values]) -> Iterator[Problem]:
    heads = [index for index, one in enumerate(members) if one.get("relation") == Relation.HEAD]
    spouses = [i for i, one in enumerate(members) if one.get("relation") == Relation.SPOUSE]
    if members and not heads and all(not is_empty(one.get("relation")) for one in members):
        yield Problem("head_name", "head_name", "no_head", _("No member is the head."))
    for index in heads[1:]:
        yield Problem(
            f"members.{index}.relation",
            "relation",
            "two_heads",
            _("The household has two heads."),
            value=Relation.HEAD.value,
        )
    for index in spouses[1:]:
        yield Problem(
            f"members.{index}.relation",
            "relation",
            "several_spouses",
            _("The head has more than one spouse."),
            is_warning=True,
            value=Relation.SPOUSE.value,
        )
    named, own = household.get("head_name"), members[heads[0]].get("full_name") if heads else None
    if named and own and fold(named) != fold(own):
        yield Problem(
            "head_name",
            "head_name",
            "head_name_differs",
            _("The head has another name among the members: %(name)s.") % {"name": own},
            is_warning=True,
            value=named,
        )


def _hardship(household: Values, as_of: dt.date) -> Iterator[Problem]:
    date = household.get("shock_on")
    if date is not None and date > as_of:
        yield Problem(
            "shock_on",
            "shock_on",
            "after_as_of",
            _("This day lies after the day of the review."),
            is_warning=True,
            value=date,
        )


def _doubles(members: Sequence[Values]) -> Iterator[Problem]:
    """Members that are the same person, or share a number."""
    for column, code, reason in (
        ("member_no", "duplicate_member_no", _("Two members have the same number.")),
        ("cccd", "duplicate_cccd", _("Two members have the same personal number.")),
    ):
        seen: set[Any] = set()
        for index, member in enumerate(members):
            value = member.get(column)
            if not is_empty(value) and value in seen:
                yield Problem(f"members.{index}.{column}", column, code, reason, value=value)
            seen.add(value)
    people = Counter(_who(member) for member in members)
    met: set[tuple[str, Any]] = set()
    for index, member in enumerate(members):
        who = _who(member)
        if all(who) and people[who] > 1 and who in met:
            yield Problem(
                f"members.{index}.full_name",
                "full_name",
                "same_person_twice",
                _("Another member has the same name and birth date."),
                is_warning=True,
                value=member.get("full_name"),
            )
        met.add(who)


def _who(member: Values) -> tuple[str, Any]:
    return fold(member.get("full_name") or ""), member.get("birth_date")


def _generations(members: Sequence[Values]) -> Iterator[Problem]:
    """A parent younger than the head, a child older: looked at, not blocked."""
    head = next((one for one in members if one.get("relation") == Relation.HEAD), None)
    born = head.get("birth_date") if head else None
    if born is None:
        return
    for index, member in enumerate(members):
        own, relation = member.get("birth_date"), member.get("relation")
        if own is None:
            continue
        if (relation in _OLDER_THAN_HEAD and own >= born) or (
            relation in _YOUNGER_THAN_HEAD and own <= born
        ):
            yield Problem(
                f"members.{index}.birth_date",
                "birth_date",
                "generation_doubtful",
                _("The birth date does not go with the relation to the head."),
                is_warning=True,
                value=own,
            )
