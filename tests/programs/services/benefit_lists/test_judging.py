"""Rows of lists of houses: a second one, one with steps, and the ceilings that bind their money."""

from typing import Any

from households.models import Household
from programs.choices import BenefitState
from programs.models import Benefit, HousingCeiling, Programme
from programs.services import benefits
from programs.services.benefit_checks import Given
from programs.services.benefit_lists import batches
from programs.views.benefit_list_words import reasons
from tests.factories import families, houses
from tests.programs.conftest import Land, day
from tests.programs.services.benefit_lists.conftest import Sends, outcomes, recorded
from tests.programs.services.benefit_lists.test_reading import faults

HOUSES = "Họ tên chủ hộ,Ngày sinh,Kinh phí hỗ trợ,Ngày hoàn thành,Số quyết định"


def test_a_second_house_is_refused(land: Land, poor: Household, sends: Sends) -> None:
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    first = sends("housing", HOUSES, "Nông Văn Thử,01/05/1980,40000000,01/02/2024,1")
    recorded(first)
    second = sends("housing", HOUSES, "Nông Văn Thử,01/05/1980,40000000,01/05/2024,2")
    assert faults(second) == {2: ["ONCE"]}
    both = sends(
        "housing", HOUSES, "Nông Văn Thử,01/05/1980,40000000,01/06/2024,3",
        "Nông Văn Thử,01/05/1980,40000000,02/06/2024,4",
    )  # fmt: skip
    assert faults(both) == {2: ["ONCE"], 3: ["ONCE"]}


def test_a_house_with_steps_is_not_taken_on_by_a_list(
    land: Land, poor: Household, sends: Sends
) -> None:
    houses.rules()
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    houses.listed(land.village, land.officer, poor, held_on=day("2024-01-05"))
    listed = sends("housing", HOUSES, "Nông Văn Thử,01/05/1980,40000000,01/05/2024,2")
    assert faults(listed) == {2: ["ONCE"]}


def test_the_ceiling_of_a_house_binds_lists_of_the_central_budget(
    land: Land, poor: Household, sends: Sends
) -> None:
    houses.rules()
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    lines = (
        HOUSES,
        "Nông Văn Thử,01/05/1980,50000000,01/02/2024,1",
    )
    central = sends("housing", *lines, funding="central")
    assert faults(central) == {2: ["OVER_CEILING"]}
    (row,) = central.rows.all()
    (told,) = reasons(central.programme, row)
    assert told.startswith("At most 40,000,000 đồng")
    batches.discard(listed=central, by=land.officer)
    # Forty from the central budget and ten of the province: one sum, of no one line.
    assert outcomes(sends("housing", *lines)) == {2: "NEW"}


def on_the_way(land: Land, home: Household, **given: Any) -> Benefit:
    """A house without steps, decided and not built yet."""
    return benefits.record(
        programme=Programme.objects.get(code="housing"), household=home, by=land.officer,
        acted_on=day("2024-01-10"), state=BenefitState.DECIDED, given=Given(**given), own_way=True,
    )  # fmt: skip


def test_what_a_house_taken_on_keeps_is_held_against_the_ceiling(
    land: Land, poor: Household, sends: Sends
) -> None:
    houses.rules()
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    # Of no one line, so nothing bound it; the list says that the money is the central budget's.
    house = on_the_way(land, poor, amount_vnd=50_000_000)
    line = "Nông Văn Thử,01/05/1980,{},01/06/2024,1"
    central = sends("housing", HOUSES, line.format(""), funding="central")
    assert faults(central) == {2: ["HELD_OVER"]}
    batches.discard(listed=central, by=land.officer)
    assert outcomes(sends("housing", HOUSES, line.format(""))) == {2: "STEP"}
    within = sends("housing", HOUSES, line.format("40000000"), funding="central")
    assert outcomes(within) == {2: "STEP"}
    # The money of the house itself is of the central budget, whatever the list is of.
    Benefit.objects.filter(pk=house.pk).update(funding="central", amount_vnd=None)
    local = sends("housing", HOUSES, line.format("50000000"), funding="local")
    assert faults(local) == {2: ["OVER_CEILING"]}
    (row,) = local.rows.all()
    assert reasons(local.programme, row) == ["The amount is over the ceiling."]


def test_a_ceiling_not_confirmed_is_told_and_refuses_nothing(
    land: Land, poor: Household, sends: Sends
) -> None:
    houses.rules()
    families.trait(land.district, "POOR_DISTRICT", "YES")  # type: ignore[arg-type]
    HousingCeiling.objects.update(doubt="weak")
    on_the_way(land, poor, amount_vnd=50_000_000)
    line = "Nông Văn Thử,01/05/1980,,01/06/2024,1"
    listed = recorded(sends("housing", HOUSES, line, funding="central"))
    assert outcomes(listed) == {2: "STEP"}
    assert faults(listed) == {2: ["OVER_UNCONFIRMED"]}
    assert listed.counts["warned"] == 1
    assert Benefit.objects.get().state == BenefitState.SERVED
