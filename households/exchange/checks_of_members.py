"""Whether one member's answers can be right. Part of checks.check_survey; pure."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from households.choices import Employment, Sex
from households.exchange.problems import Problem
from households.exchange.values import PERSONAL_ID_DIGITS

#: Reading aids of the exchange format, not numbers of a poverty standard.
EMPLOYMENT_ASKED_FROM_AGE: Final = 15
NUTRITION_ASKED_BELOW_AGE: Final = 16
OLDEST_AGE: Final = 120

AT_WORK_OR_SEEKING: Final = frozenset(
    {
        Employment.SELF_EMPLOYED_FARM,
        Employment.SELF_EMPLOYED_OTHER,
        Employment.WAGE,
        Employment.UNEMPLOYED_SEEKING,
    }
)

Values = Mapping[str, Any]


def age_on(birth_date: dt.date, as_of: dt.date) -> int:
    """Completed years; who is born on 29 February is a year older on 1 March."""
    return (
        as_of.year
        - birth_date.year
        - ((as_of.month, as_of.day) < (birth_date.month, birth_date.day))
    )


def check_member(
    member: Values, path: str, *, as_of: dt.date, birth_places: Collection[str] | None
) -> Iterator[Problem]:
    """Problems of one member; `path` is the prefix of its fields, such as "members.2."."""
    yield from _age(member, path, as_of)
    yield from _work(member, path, as_of)
    yield from _nutrition(member, path, as_of)
    yield from _personal_id(member, path, birth_places)


def _problem(
    path: str, column: str, code: str, reason: str | Promise, value: Any, *, warning: bool = False
) -> Problem:
    return Problem(path + column, column, code, reason, is_warning=warning, value=value)


def _age(member: Values, path: str, as_of: dt.date) -> Iterator[Problem]:
    born = member.get("birth_date")
    if born is None:
        return
    if born > as_of:
        yield _problem(
            path, "birth_date", "born_later", _("Born after the day of the review."), born
        )
    elif age_on(born, as_of) > OLDEST_AGE:
        yield _problem(
            path,
            "birth_date",
            "impossible_age",
            _("Older than %(age)s years: please check the birth date.") % {"age": OLDEST_AGE},
            born,
        )


def _work(member: Values, path: str, as_of: dt.date) -> Iterator[Problem]:
    work, born = member.get("employment"), member.get("birth_date")
    contract, able = member.get("has_labour_contract"), member.get("able_to_work")
    if not work and born is not None and age_on(born, as_of) >= EMPLOYMENT_ASKED_FROM_AGE:
        yield _problem(
            path,
            "employment",
            "missing_value",
            _("This is needed from the age of %(age)s.") % {"age": EMPLOYMENT_ASKED_FROM_AGE},
            None,
        )
    if work == Employment.WAGE and contract is None:
        yield _problem(
            path, "has_labour_contract", "missing_value", _("This is needed for wage work."), None
        )
    if contract is not None and work != Employment.WAGE:
        yield _problem(
            path,
            "has_labour_contract",
            "not_applicable",
            _("A labour contract is asked of wage workers only."),
            contract,
            warning=True,
        )
    if (able is False and work in AT_WORK_OR_SEEKING) or (
        able is True and work == Employment.NOT_ABLE
    ):
        yield _problem(
            path,
            "employment",
            "work_and_ability_differ",
            _("The work does not go with the ability to work."),
            work,
            warning=True,
        )


def _nutrition(member: Values, path: str, as_of: dt.date) -> Iterator[Problem]:
    born = member.get("birth_date")
    if born is None:
        return
    asked = age_on(born, as_of) < NUTRITION_ASKED_BELOW_AGE
    for column in ("malnourished_height", "malnourished_weight"):
        answer = member.get(column)
        if asked and answer is None:
            yield _problem(
                path,
                column,
                "missing_value",
                _("This is needed for children under %(age)s.")
                % {"age": NUTRITION_ASKED_BELOW_AGE},
                None,
            )
        elif not asked and answer is not None:
            yield _problem(
                path,
                column,
                "not_applicable",
                _("This is asked of children under %(age)s only.")
                % {"age": NUTRITION_ASKED_BELOW_AGE},
                answer,
                warning=True,
            )


def _personal_id(
    member: Values, path: str, birth_places: Collection[str] | None
) -> Iterator[Problem]:
    number = member.get("cccd")
    if not number:
        return
    if len(number) != PERSONAL_ID_DIGITS or not (number.isascii() and number.isdigit()):
        yield _problem(
            path, "cccd", "not_twelve_digits", _("The personal number has 12 digits."), number
        )
        return
    for code, reason in doubts_about_number(
        number, member.get("sex"), member.get("birth_date"), birth_places
    ):
        yield _problem(path, "cccd", code, reason, number, warning=True)


def doubts_about_number(
    number: str, sex: str | None, born: dt.date | None, birth_places: Collection[str] | None
) -> Iterator[tuple[str, str | Promise]]:
    """What in the first six digits does not fit the person: (code, sentence).

    Digits 1-3 say where the birth was registered (not where one lives), 4 the century and sex,
    5-6 the year. Corrected years and changed sex occur, so these are doubts, never refusals.
    """
    century_and_sex = int(number[3])
    if birth_places is not None and not is_known_place(number[:3], birth_places):
        yield "cccd_place_unknown", _("The first three digits name no known place of birth.")
    if sex and (century_and_sex % 2 == 1) != (sex == Sex.FEMALE):
        yield "cccd_sex_differs", _("The fourth digit of the number does not fit the sex.")
    if born is not None and 1900 + century_and_sex // 2 * 100 + int(number[4:6]) != born.year:
        yield "cccd_year_differs", _("Digits 4 to 6 of the number do not fit the birth year.")


def is_known_place(digits: str, birth_places: Collection[str]) -> bool:
    """Whether three digits name a place of birth registration; "097-999" is a range of them."""
    if digits in birth_places:
        return True
    ranges = (place.split("-") for place in birth_places if "-" in place)
    return any(first <= digits <= last for first, last in ranges)
