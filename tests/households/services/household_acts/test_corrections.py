"""A correction puts the facts right and keeps the old ones in the history."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from households.errors import Invalid, Refused
from households.models import Person, RowHistory
from households.services.household_acts import corrections
from households.services.household_acts.newcomers import Facts
from tests.factories import people

NUMBER = "006080123456"


def _correct(family: SimpleNamespace, relation: str = "child", **changes: Any) -> Person:
    settings = {"takes_number_back": changes.pop("takes_number_back", False)}
    facts = {"full_name": "Nông Văn Nam", "sex": "M", "birth_date": dt.date(1990, 5, 1)} | changes
    corrections.correct(
        household=family.household, person=family.nam, facts=Facts(**facts), relation=relation,
        by=family.officer, **settings,
    )  # fmt: skip
    return Person.objects.get(pk=family.nam.pk)


def test_the_old_name_stays_in_the_history(family: SimpleNamespace) -> None:
    assert _correct(family, full_name="Nông Văn Năm").full_name == "Nông Văn Năm"
    kept = RowHistory.objects.get(table_name="households_person", row_id=family.nam.pk)
    assert kept.row["full_name"] == "Nông Văn Nam"
    assert kept.act
    assert kept.act.verb == "member.correct"


def test_a_number_is_kept_given_and_taken_back(family: SimpleNamespace) -> None:
    assert _correct(family, personal_id=NUMBER).personal_id == NUMBER
    assert _correct(family).personal_id == NUMBER
    assert _correct(family, takes_number_back=True).personal_id is None


def test_an_old_number_is_kept_beside_the_new_one_and_taken_back_with_it(
    family: SimpleNamespace,
) -> None:
    assert _correct(family, old_number="085123456").old_number == "085123456"
    both = _correct(family, personal_id=NUMBER)
    assert (both.personal_id, both.old_number) == (NUMBER, "085123456")
    none = _correct(family, takes_number_back=True)
    assert (none.personal_id, none.old_number) == (None, None)


def test_a_relation_is_corrected_in_place_but_never_to_head(family: SimpleNamespace) -> None:
    _correct(family, "sibling")
    row = family.nam.memberships.get()
    assert (row.relation, row.valid_from) == ("sibling", people.START)
    with pytest.raises(Invalid) as refused:
        _correct(family, "head")
    assert list(refused.value.fields) == ["relation"]


def test_a_number_of_another_and_a_birth_to_come_are_refused(family: SimpleNamespace) -> None:
    people.person("Người Khác", personal_id=NUMBER)
    for change, field in (
        ({"personal_id": NUMBER}, "personal_id"),
        ({"birth_date": dt.date(2025, 1, 1)}, "birth_date"),
        ({"full_name": " "}, "full_name"),
    ):
        with pytest.raises(Invalid) as refused:
            _correct(family, **change)
        assert list(refused.value.fields) == [field]


def test_the_telephone_number_is_changed_by_the_officer_only(family: SimpleNamespace) -> None:
    corrections.set_phone(household=family.household, phone=" 0912 ", by=family.officer)
    family.household.refresh_from_db()
    assert family.household.phone == "0912"
    with pytest.raises(Refused):
        corrections.set_phone(household=family.household, phone="1", by=family.reviewer)
