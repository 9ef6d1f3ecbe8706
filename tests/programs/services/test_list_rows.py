"""Who stands on a list that is being drawn up."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from households.choices import PovertyClass, Role
from households.errors import Conflict, Invalid, Refused
from programs.choices import BenefitState
from programs.models import Benefit, Programme, SupportListRow
from programs.services import benefits, list_rows, support_lists
from programs.services.list_rows import Asked
from tests.factories import areas, families, people, users
from tests.programs.conftest import Land, day
from tests.programs.queries.test_standing import given
from tests.programs.support_lists import ON, begun, listed_home, pupil_home, row_of


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


def test_everybody_entitled_and_not_served_comes_on_with_his_ground(land: Land) -> None:
    poor = listed_home(land)
    near = listed_home(land, poverty_class=PovertyClass.NEAR_POOR)
    served, not_listed = listed_home(land), people.household(land.village, people.person())
    given(land, served, "loan", served_on=day("2024-03-01"))
    found = begun(land)
    assert list_rows.put_due(support_list=found, by=land.officer) == 2
    grounds = dict(found.rows.values_list("household", "terms__ground"))
    assert grounds == {poor.pk: "poor", near.pk: "near_poor"}
    assert not_listed.pk not in grounds
    # Once more changes nothing, and no benefit is counted yet.
    assert list_rows.put_due(support_list=found, by=land.officer) == 0
    assert Benefit.objects.count() == 1


def test_a_list_is_of_its_day(land: Land) -> None:
    listed_home(land, since=day("2024-06-01"))
    early, late = begun(land, on=day("2024-05-31")), begun(land, on=day("2024-06-01"))
    assert list_rows.put_due(support_list=early, by=land.officer) == 0
    assert list_rows.put_due(support_list=late, by=land.officer) == 1
    with pytest.raises(Invalid, match="still to come"):
        begun(land, on=day("2024-10-16"))
    with pytest.raises(Invalid, match="no confirmed ground on this day"):
        begun(land, on=day("2010-01-01"))


def test_who_is_not_entitled_is_refused_by_name(land: Land) -> None:
    rich = people.household(land.village, people.person("Lý Văn Khá"))
    found = begun(land)
    with pytest.raises(Invalid, match=r"Not entitled.*Lý Văn Khá"):
        list_rows.choose(
            support_list=found, village=land.village, chosen={(rich.pk, None)}, by=land.officer
        )
    assert not found.rows.exists()


def test_a_number_of_another_commune_names_nobody(land: Land) -> None:
    stranger = people.household(land.other_village, people.person("Quàng Thị Kín"))
    person = stranger.memberships.get().person
    own = listed_home(land, people.person("Nông Văn Mình"))
    for code, chosen in (
        ("loan", {(stranger.pk, None)}), ("loan", {(9**9, None)}),
        ("health_card", {(own.pk, person.pk)}),
    ):  # fmt: skip
        found = begun(land, code=code)
        with pytest.raises(Invalid) as refusal:
            list_rows.choose(
                support_list=found, village=land.village, chosen=chosen, by=land.officer
            )
        assert "Kín" not in str(refusal.value.message)
        assert not found.rows.exists()


def test_nobody_stands_on_two_open_lists_of_a_programme(land: Land) -> None:
    home = listed_home(land, people.person("Nông Văn Hai"))
    first, second = begun(land), begun(land)
    list_rows.put_due(support_list=first, by=land.officer)
    with pytest.raises(Invalid, match=r"another list.*Nông Văn Hai"):
        list_rows.choose(
            support_list=second, village=land.village, chosen={(home.pk, None)}, by=land.officer
        )
    assert list_rows.put_due(support_list=second, by=land.officer) == 0
    support_lists.drop(support_list=first, reason="Lập nhầm", by=land.officer)
    assert list_rows.put_due(support_list=second, by=land.officer) == 1


def test_somebody_served_may_be_ticked_and_anybody_taken_off(land: Land) -> None:
    home, served = listed_home(land), listed_home(land)
    given(land, served, "loan", served_on=day("2024-03-01"))
    found = begun(land)
    keys = {(home.pk, None), (served.pk, None)}
    assert list_rows.choose(
        support_list=found, village=land.village, chosen=keys, by=land.officer
    ) == (2, 0)
    assert list_rows.choose(
        support_list=found, village=land.village, chosen={(home.pk, None)}, by=land.officer
    ) == (0, 1)
    assert list(found.rows.values_list("household", flat=True)) == [home.pk]


def test_a_village_is_chosen_alone(land: Land) -> None:
    listed_home(land)
    beside = areas.village(land.commune, "Thôn Ba")
    neighbour = people.household(beside, people.person("Nông Văn Bên"))
    families.on_list(neighbour, land.decision, since=day("2022-01-01"))
    found, cards = begun(land), begun(land, "health_card")
    assert list_rows.put_due(support_list=found, by=land.officer) == 2
    of_neighbour = {(neighbour.pk, neighbour.memberships.get().person_id)}
    with pytest.raises(Invalid, match="Nông Văn Bên"):
        list_rows.choose(
            support_list=cards, village=land.village, chosen=of_neighbour, by=land.officer
        )
    assert list_rows.choose(
        support_list=found, village=land.village, chosen=set(), by=land.officer
    ) == (0, 1)
    assert list(found.rows.values_list("household", flat=True)) == [neighbour.pk]


def test_a_recorded_wish_is_told_and_stays_off_no_list(land: Land) -> None:
    home = listed_home(land)
    benefits.record(
        programme=Programme.objects.get(code="loan"), household=home, by=land.officer,
        acted_on=ON, state=BenefitState.WISHED,
    )  # fmt: skip
    listed_home(land)
    found = begun(land)
    assert list_rows.put_due(support_list=found, by=land.officer, only_wishing=True) == 1
    assert row_of(found, home)
    assert list_rows.put_due(support_list=found, by=land.officer) == 1


def test_a_wish_on_the_form_is_a_wish(land: Land) -> None:
    wishing, __ = pupil_home(land, "Nông Thị Một", wants=["credit"])
    pupil_home(land, "Nông Thị Hai", wants=["education"])
    found = begun(land)
    list_rows.put_due(support_list=found, by=land.officer, only_wishing=True)
    assert list(found.rows.values_list("household", flat=True)) == [wishing.pk]


def test_cards_are_for_persons_and_those_that_end_soon_come_on(land: Land) -> None:
    soon, late = people.person("Thẻ Sắp Hết"), people.person("Thẻ Còn Dài")
    home = listed_home(land, soon, late)
    for person, last in ((soon, "2024-12-09"), (late, "2024-12-10")):
        given(
            land, home, "health_card", person=person,
            valid_from=day("2024-01-01"), valid_to=day(last),
        )  # fmt: skip
    found = begun(land, "health_card")
    assert list_rows.put_due(support_list=found, by=land.officer) == 1
    assert row_of(found, home).person == soon
    support_lists.drop(support_list=found, reason="x", by=land.officer)
    # Not once the next card is there, though it begins later.
    given(
        land, home, "health_card", person=soon, served_on=day("2024-10-01"),
        valid_from=day("2024-12-10"), valid_to=day("2025-12-09"),
    )  # fmt: skip
    again = begun(land, "health_card")
    assert list_rows.put_due(support_list=again, by=land.officer) == 0


def test_study_costs_are_months_times_the_amount(land: Land) -> None:
    home, child = pupil_home(land)
    found = begun(land, "study_cost")
    list_rows.put_due(support_list=found, by=land.officer)
    row = row_of(found, home, child)
    assert (found.school_year, row.school_level, row.months, row.amount_vnd) == (
        2024, "primary", 9, 1_350_000,
    )  # fmt: skip
    list_rows.ask(support_list=found, asked={row.pk: Asked(months=5)}, by=land.officer)
    row.refresh_from_db()
    assert (row.months, row.amount_vnd) == (5, 750_000)
    with pytest.raises(Invalid) as raised:
        list_rows.ask(support_list=found, asked={row.pk: Asked(months=10)}, by=land.officer)
    assert f"{row.pk}.months" in raised.value.fields


@pytest.mark.parametrize(
    ("today", "level", "tuition", "costs"),
    [
        # Decree 81/2021: a poor pupil pays nothing and gets study costs.
        ("2024-10-10", "primary", ["poor"], ["poor"]),
        ("2025-09-02", "primary", ["poor"], ["poor"]),
        # Decree 238/2025: public schools charge nobody; study costs stay.
        ("2025-09-03", "primary", [], ["poor"]),
        ("2025-10-10", "primary", [], ["poor"]),
        # A student is of the new rule alone.
        ("2024-10-10", "college_university", [], []),
        ("2025-10-10", "college_university", ["minority_student"], []),
    ],
)
def test_schooling_before_and_after_3_september_2025(
    land: Land, settings: Settings, today: str, level: str, tuition: list[str], costs: list[str]
) -> None:
    settings.POVREG_TODAY = day(today)
    _home, child = pupil_home(land, level=level)
    child.ethnic_group = families.ethnic_group()
    child.save()
    for code, grounds in (("tuition", tuition), ("study_cost", costs)):
        found = begun(land, code, day(today))
        list_rows.put_due(support_list=found, by=land.officer)
        assert list(found.rows.values_list("terms__ground", flat=True)) == grounds
        assert found.school_year == (2025 if today >= "2025-09" else 2024)


def test_the_same_pupil_is_listed_anew_each_school_year(land: Land, settings: Settings) -> None:
    home, child = pupil_home(land)
    first = begun(land, "study_cost")
    list_rows.put_due(support_list=first, by=land.officer)
    settings.POVREG_TODAY = day("2025-10-15")
    second = begun(land, "study_cost", day("2025-10-10"))
    assert list_rows.put_due(support_list=second, by=land.officer) == 1
    assert row_of(second, home, child).terms.legal_basis == "Nghị định 238/2025/NĐ-CP"


def test_what_is_asked_of_the_bank_stays_under_the_terms(land: Land) -> None:
    home = listed_home(land)
    found = begun(land)
    list_rows.put_due(support_list=found, by=land.officer)
    row = row_of(found, home)
    asked = Asked(amount_vnd=50_000_000, purpose="LIVESTOCK", loan_months=36, savings_group="Tổ 1")
    assert list_rows.ask(support_list=found, asked={row.pk: asked}, by=land.officer) == 1
    assert list_rows.ask(support_list=found, asked={row.pk: asked}, by=land.officer) == 0
    too_much = Asked(amount_vnd=100_000_001, loan_months=121)
    with pytest.raises(Invalid) as raised:
        list_rows.ask(support_list=found, asked={row.pk: too_much}, by=land.officer)
    assert set(raised.value.fields) == {f"{row.pk}.amount_vnd", f"{row.pk}.loan_months"}


def test_who_keeps_lists(land: Land) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    chair = users.user("chair", Role.COMMUNE_CHAIR, land.commune)
    found = begun(land)
    for user in (stranger, chair):
        with pytest.raises(Refused):
            list_rows.put_due(support_list=found, by=user)
    chief = users.user("chief", Role.DEPARTMENT, land.province)
    assert list_rows.put_due(support_list=found, by=chief) == 0
    support_lists.drop(support_list=found, reason="x", by=chief)
    with pytest.raises(Conflict, match="taken back"):
        list_rows.put_due(support_list=found, by=chief)
    land.commune.is_practice = True
    with pytest.raises(Refused, match="practice area"):
        begun(land)


def test_statements_do_not_grow_with_the_rows(land: Land) -> None:
    listed_home(land)
    first = begun(land)
    with CaptureQueriesContext(
        connection,
    ) as one:
        list_rows.put_due(support_list=first, by=land.officer)
    support_lists.drop(support_list=first, reason="x", by=land.officer)
    for _number in range(6):
        listed_home(land)
    second = begun(land)
    with CaptureQueriesContext(connection) as many:
        list_rows.put_due(support_list=second, by=land.officer)
    assert SupportListRow.objects.filter(support_list=second).count() == 7
    assert len(many) == len(one) <= 24
