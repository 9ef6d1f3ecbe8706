"""Persons: the number wins over the key, a disagreement is told, a move needs both households."""

import datetime as dt
from types import SimpleNamespace

import pytest

from households.models import (
    Area,
    AreaChange,
    Household,
    HouseholdKey,
    Membership,
    Person,
    PersonKey,
    Survey,
)
from tests.factories.exchange_files import Files, household, member, spouse
from tests.households.services.imports.conftest import Import, codes, warnings

MEMBERS = "members.csv"
FIRST, SECOND = "006080123456", "006182654321"


@pytest.fixture
def couple(files: Files) -> Files:
    """Household A1 of two with numbers, household B1 of one."""
    files.households = [household(household_size="2"), household("B1", head_name="Ma Văn Hai")]
    files.members = [
        member(cccd=FIRST),
        spouse(cccd=SECOND),
        member("B1-1", "B1", full_name="Ma Văn Hai", birth_date="1975-07-07"),
    ]
    return files


def test_a_number_finds_the_person_under_a_new_key(run: Import, couple: Files) -> None:
    run()
    couple.members[1]["member_id"] = "new-key"

    assert not run().errors
    assert Person.objects.count() == 3
    assert PersonKey.objects.get(key="new-key").person.personal_id == SECOND


def test_numbers_swapped_between_keys_disagree(run: Import, couple: Files) -> None:
    run()
    couple.members[0]["cccd"], couple.members[1]["cccd"] = SECOND, FIRST

    assert codes(run()) == {
        (MEMBERS, 2, "cccd", "cccd_disagrees"),
        (MEMBERS, 3, "cccd", "cccd_disagrees"),
    }


def test_a_slip_in_a_number_is_corrected_for_the_same_person(run: Import, couple: Files) -> None:
    run()
    couple.members[0]["cccd"] = "006080999999"

    result = run()

    assert warnings(result) == {(MEMBERS, 2, "cccd", "cccd_changed")}
    assert Person.objects.get(keys__key="A1-1").personal_id == "006080999999"


def test_another_person_under_a_used_key_is_refused(run: Import, couple: Files) -> None:
    run()
    couple.members[0] |= {
        "cccd": "006080999999",
        "full_name": "Ai Khác",
        "birth_date": "1980-01-01",
    }
    couple.households[0]["head_name"] = "Ai Khác"

    assert codes(run()) == {(MEMBERS, 2, "cccd", "cccd_disagrees")}


def test_a_number_held_by_someone_else_is_refused(run: Import, couple: Files) -> None:
    run()
    couple.households = [household("C1", head_name="Ai Khác")]
    couple.members = [
        member("C1-1", "C1", cccd=FIRST, full_name="Ai Khác", birth_date="1980-12-12")
    ]

    assert (MEMBERS, 2, "cccd", "cccd_held_by_another") in codes(run())


def test_a_move_is_taken_over_when_the_old_household_comes_without_the_person(
    run: Import, couple: Files
) -> None:
    run()
    mover = couple.members[1]
    couple.members[1] = mover | {"household_id": "B1", "relation": "other"}
    couple.households[0]["household_size"] = "1"
    couple.households[1]["household_size"] = "2"

    result = run()

    assert (result.updated, list(result.errors)) == (2, [])
    person = Person.objects.get(keys__key="A1-2")
    assert Membership.objects.get(person=person, valid_to=None).household.keys.get().key == "B1"
    assert Survey.objects.get(household__keys__key="A1").members.count() == 1


def test_a_move_without_the_old_household_is_an_error(run: Import, couple: Files) -> None:
    run()
    couple.households = [household("B1", household_size="2", head_name="Ma Văn Hai")]
    couple.members = [
        couple.members[2],
        couple.members[1] | {"household_id": "B1", "relation": "other"},
    ]

    assert codes(run()) == {(MEMBERS, 3, "member_id", "person_in_other_household")}


def test_two_rows_that_are_the_same_known_person(run: Import, couple: Files) -> None:
    run()
    couple.households.append(household("C1", head_name="Lý Thị Thử"))
    couple.members.append(spouse("C1-1", "C1", cccd=SECOND, relation="head", member_no="1"))
    couple.members[1]["cccd"] = ""

    assert (MEMBERS, 5, "member_id", "person_in_two_households") in codes(run())


def test_a_number_given_later_is_taken_over(run: Import, files: Files) -> None:
    run()
    files.members[0]["cccd"] = FIRST

    assert not run().errors
    assert Person.objects.get().personal_id == FIRST


def test_keys_go_on_in_the_province_that_the_old_one_became(
    run: Import, couple: Files, place: SimpleNamespace
) -> None:
    last, first = dt.date(2025, 6, 30), dt.date(2025, 7, 1)
    run()
    Area.objects.update(valid_to=last)
    new = Area.objects.create(level="PROVINCE", code="19", name="Tỉnh Mới", valid_from=first)
    commune = Area.objects.create(
        level="COMMUNE", code="02008", name="Xã Mới", parent=new, valid_from=first
    )
    for old, became in ((place.province, new), (place.commune, commune)):
        AreaChange.objects.create(kind="MERGE", from_area=old, to_area=became, changed_on=first)
    moved = {"review_year": "2025", "as_of": "2025-10-01", "province_code": "19"}
    moved |= {"district_code": "", "district": "", "commune": "Xã Mới"}
    couple.households = [row | moved for row in couple.households]

    result = run()

    assert (result.created, list(result.errors)) == (2, [])
    assert (Household.objects.count(), Person.objects.count()) == (2, 3)
    assert set(HouseholdKey.objects.values_list("source", "key")) == {
        ("06", "A1"), ("06", "B1"), ("19", "A1"), ("19", "B1"),
    }  # fmt: skip
    assert run().unchanged == 2

    Area.objects.filter(pk=commune.pk).update(valid_to=dt.date(2026, 6, 30))
    other = Area.objects.create(
        level="COMMUNE", code="05443", name="Nơi Khác", parent=new, valid_from=first
    )
    couple.households = [
        household("B1", **moved | {"commune_code": other.code, "commune": "Nơi Khác"})
    ]
    couple.members = [member("elsewhere", "B1")]
    HouseholdKey.objects.filter(source="19").delete()
    assert run().created == 1
    assert Household.objects.count() == 3


def test_two_rows_that_are_one_household_after_a_merger(run: Import, couple: Files) -> None:
    run()
    kept = HouseholdKey.objects.get(key="A1").household
    HouseholdKey.objects.filter(key="B1").update(household=kept)

    assert ("households.csv", 3, "household_id", "household_twice") in codes(run())
