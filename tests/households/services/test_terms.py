"""Terms of the procedure: shipped as unconfirmed, set by the department from a day on."""

import datetime as dt

import pytest
from django.utils import translation

from households import procedure
from households.choices import Role
from households.errors import Conflict, Invalid, Refused
from households.models import EthnicGroup, SpecialDay, User
from households.queries import terms as in_force
from households.services import reference_calendar, terms
from households.services.reference_files import DATA_FOLDER
from tests.households.conftest import World

DAY = dt.date(2024, 10, 1)


def test_what_is_shipped_holds_until_the_department_sets_it(world: World, department: User) -> None:
    assert in_force.in_force(DAY).days("posting_days") == 3
    before = {term.name for term in in_force.in_force(DAY).unconfirmed}
    assert before == {"posting_days", "recheck_days", "opinion_days", "district_opinion_until"}
    terms.set_term(
        name="posting_days", value="5", valid_from=DAY, source="Quyết định 24", by=department
    )
    now = in_force.in_force(DAY)
    assert (now.days("posting_days"), now.by_name["posting_days"].is_confirmed) == (5, True)
    assert in_force.in_force(DAY - dt.timedelta(days=1)).days("posting_days") == 3


@pytest.mark.parametrize("typed", ["31/12/2024", "2024-12-31"])
def test_a_day_is_typed_as_officers_write_it(world: World, department: User, typed: str) -> None:
    terms.set_term(
        name="district_opinion_until", value=typed, valid_from=DAY, source="x", by=department
    )
    now = in_force.in_force(DAY)
    assert now.district_opinion_until == dt.date(2024, 12, 31)
    assert now.by_name["district_opinion_until"].shown == "31/12/2024"
    assert now.by_name["meeting_share_percent"].shown == "50 %"


def test_a_choice_is_typed_as_its_number_and_shown_in_words(world: World, department: User) -> None:
    terms.set_term(name="form_paper", value="1", valid_from=DAY, source="x", by=department)
    found = in_force.in_force(DAY)
    assert found.choice("form_paper") == 1
    with translation.override("en"):
        assert found.by_name["form_paper"].shown == "the officer states it is in the file"
    with translation.override("vi"):
        assert found.by_name["form_paper"].shown == "công chức xác nhận có trong hồ sơ"


def test_local_minorities_are_typed_as_codes(world: World, department: User) -> None:
    for code in ("02", "07"):
        EthnicGroup.objects.get_or_create(code=code, defaults={"name": code, "is_minority": True})
    assert in_force.in_force(DAY).local_minorities == []
    assert in_force.in_force(DAY).by_name["local_minorities"].shown == "–"
    terms.set_term(
        name="local_minorities", value="07, 02", valid_from=DAY, source="x", by=department
    )
    found = in_force.in_force(DAY)
    assert found.local_minorities == ["02", "07"]
    assert found.by_name["local_minorities"].shown == "02, 07"


def test_every_term_has_a_value_a_unit_a_name_and_a_source() -> None:
    for name in procedure.TERMS:
        leaf = procedure.parameters()[name]
        assert {"value", "unit", "name_vi", "name_en", "source", "confirmed"} <= set(leaf), name


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("posting_days", "0", "value"),
        ("posting_days", "61", "value"),
        ("posting_days", "ba", "value"),
        ("posting_days", "³", "value"),
        ("meeting_share_percent", "101", "value"),
        ("district_opinion_until", "31/06/2025", "value"),
        ("something_else", "3", "name"),
        ("chair_confirms", "2", "value"),
        ("form_paper", "3", "value"),
        ("form_paper", "có", "value"),
        ("local_minorities", "", "value"),
        ("local_minorities", "99", "value"),
        # Kinh is no minority.
        ("local_minorities", "01", "value"),
    ],
)
def test_what_cannot_be_right_is_refused_at_its_field(
    world: World, department: User, name: str, value: str, field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        terms.set_term(name=name, value=value, valid_from=DAY, source="Văn bản", by=department)
    assert field in refusal.value.fields


def test_a_source_is_needed_and_one_day_has_one_value(world: World, department: User) -> None:
    given = {"name": "posting_days", "value": "4", "valid_from": DAY, "by": department}
    with pytest.raises(Invalid):
        terms.set_term(**given, source=" ")
    terms.set_term(**given, source="Văn bản")
    with pytest.raises(Conflict):
        terms.set_term(**given, source="Văn bản")


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.ADMINISTRATOR])
def test_only_the_department_sets(world: World, role: Role) -> None:
    by = world.officer
    by.assignments.update(role=role)
    with pytest.raises(Refused):
        terms.set_term(name="posting_days", value="4", valid_from=DAY, source="x", by=by)
    with pytest.raises(Refused):
        terms.set_day(day=DAY, is_working=False, name="x", source="x", by=by)


def test_the_shipped_calendar_is_loaded_once_and_a_set_day_stays(
    world: World, department: User
) -> None:
    first = reference_calendar.load_special_days(DATA_FOLDER)
    assert first.created > 50
    assert reference_calendar.load_special_days(DATA_FOLDER).created == 0
    national = dt.date(2024, 9, 2)
    assert SpecialDay.objects.get(day=national).is_working is False
    terms.set_day(day=national, is_working=True, name="Làm bù", source="Thông báo", by=department)
    again = reference_calendar.load_special_days(DATA_FOLDER)
    assert (len(again.kept), SpecialDay.objects.get(day=national).is_working) == (1, True)


def test_terms_step_over_the_holidays_that_are_kept(world: World, department: User) -> None:
    friday = dt.date(2024, 8, 30)
    assert in_force.working_days_after(friday, 1) == dt.date(2024, 9, 2)
    reference_calendar.load_special_days(DATA_FOLDER)
    assert in_force.working_days_after(friday, 1) == dt.date(2024, 9, 4)
