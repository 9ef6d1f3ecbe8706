"""A house step by step: order, days, what each step asks for, and the way back."""

from pathlib import Path

import pytest
from pytest_django import Settings

from households.choices import Role, TraitKind
from households.errors import Conflict, Invalid, Refused
from households.models import AuditEvent
from programs.choices import BenefitState
from programs.choices.houses import Build
from programs.models import HousingCase, HousingStage, Programme
from programs.queries import standing
from programs.services import benefits, house_steps
from programs.services.house_steps import Reached
from tests.factories import families, houses, people, pictures, users
from tests.programs.conftest import Land, day

ON = day("2024-04-01")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land, tmp_path: Path) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    settings.MEDIA_ROOT = tmp_path
    families.trait(land.district, TraitKind.POOR_DISTRICT, "YES")
    houses.rules()


def case_of(land: Land, build: Build = Build.NEW) -> HousingCase:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2022-01-01"))
    return houses.listed(land.village, land.officer, home, build=build)[0]


def reach(case: HousingCase, stage: str, land: Land, **facts: object) -> HousingCase:
    reached = Reached(**({"reached_on": ON} | facts))  # type: ignore[arg-type]
    return house_steps.reach(case=case, stage=stage, reached=reached, by=land.officer)


def test_a_new_house_from_the_list_to_the_key(land: Land) -> None:
    case = houses.taken_to(case_of(land), "FRAME_ROOF", land.officer)
    assert case.benefit.state == BenefitState.DECIDED
    assert (case.planned_vnd, case.benefit.number) == (50_000_000, "15/QĐ-UBND")
    case = reach(case, "FINISHED", land, photos=[pictures.jpeg()])
    assert case.files.get().stage.code == "FINISHED"
    case = reach(
        case, "ACCEPTED", land, reached_on=day("2024-06-01"), area_built_m2=32,
        hard_floor=True, hard_frame=True,
    )  # fmt: skip
    benefit = case.benefit
    assert (benefit.state, benefit.served_on) == (BenefitState.SERVED, day("2024-06-01"))
    assert (case.hard_floor, case.hard_frame, case.hard_roof) == (True, True, False)
    case = reach(case, "HANDED_OVER", land, reached_on=day("2024-06-09"))
    case.refresh_from_db()
    case.benefit.refresh_from_db()
    assert (case.benefit.state, case.benefit.served_on) == (BenefitState.CLOSED, day("2024-06-01"))
    (row,) = standing.entitled(
        Programme.objects.get(code="housing"), day("2024-10-15"),
        households=[benefit.household_id],
    )  # fmt: skip
    assert row.served_by == benefit.pk
    assert AuditEvent.objects.filter(verb="housing.step").count() == 8


def test_a_repair_has_no_foundation(land: Land) -> None:
    case = houses.taken_to(case_of(land, Build.REPAIR), "DECIDED", land.officer)
    with pytest.raises(Conflict, match="not the next one"):
        reach(case, "FOUNDATION", land)
    assert reach(case, "FINISHED", land).stage.code == "FINISHED"


def test_steps_keep_their_order_and_their_days(land: Land) -> None:
    case = case_of(land)
    with pytest.raises(Conflict, match="not the next one"):
        reach(case, "DECIDED", land)
    with pytest.raises(Invalid, match="lies before"):
        reach(case, "REVIEWED", land, reached_on=day("2024-02-28"))
    with pytest.raises(Invalid, match="still to come"):
        reach(case, "REVIEWED", land, reached_on=day("2024-10-16"))
    reach(case, "REVIEWED", land)
    with pytest.raises(Conflict, match="not the next one"):
        reach(case, "REVIEWED", land)


def test_a_decision_has_number_and_plan_and_an_acceptance_its_area(land: Land) -> None:
    case = houses.taken_to(case_of(land), "POSTED", land.officer)
    with pytest.raises(Invalid) as raised:
        reach(case, "DECIDED", land)
    assert list(raised.value.fields) == ["number", "planned_vnd"]
    case = houses.taken_to(case, "FINISHED", land.officer)
    with pytest.raises(Invalid, match="area that was built"):
        reach(case, "ACCEPTED", land)


def test_the_last_step_is_taken_back_with_what_it_brought(land: Land) -> None:
    case = houses.taken_to(case_of(land), "ACCEPTED", land.officer)
    with pytest.raises(Invalid, match="Write why"):
        house_steps.take_back(case=case, stage=case.stage.code, by=land.officer, reason=" ")
    case = house_steps.take_back(
        case=case, stage=case.stage.code, by=land.officer, reason="Nhập nhầm hộ"
    )
    assert (case.stage.code, case.area_built_m2, case.hard_roof) == ("FINISHED", None, None)
    assert (case.benefit.state, case.benefit.served_on) == (BenefitState.DECIDED, None)
    for _again in range(6):
        if case.stage.code == "MEETING":
            break
        case = house_steps.take_back(
            case=case, stage=case.stage.code, by=land.officer, reason="Nhập nhầm hộ"
        )
    assert (case.benefit.state, case.planned_vnd) == (BenefitState.WISHED, None)
    with pytest.raises(Invalid, match="is dropped"):
        house_steps.take_back(
            case=case, stage=case.stage.code, by=land.officer, reason="Nhập nhầm hộ"
        )


def test_a_dropped_house_goes_no_further(land: Land) -> None:
    case = houses.taken_to(case_of(land), "REVIEWED", land.officer)
    with pytest.raises(Invalid, match="Write why"):
        house_steps.drop(case=case, by=land.officer, dropped_on=ON, reason="")
    gone = house_steps.drop(case=case, by=land.officer, dropped_on=ON, reason="Chuyển đi")
    assert (gone.benefit.state, gone.benefit.reason) == (BenefitState.REFUSED, "Chuyển đi")
    with pytest.raises(Invalid, match="not built any more"):
        reach(case, "POSTED", land)


def test_a_house_is_not_taken_on_past_its_steps(land: Land) -> None:
    case = case_of(land)
    with pytest.raises(Invalid, match="own page"):
        benefits.advance(
            benefit=case.benefit, state=BenefitState.LISTED, by=land.officer, acted_on=ON
        )


def test_a_stage_put_into_the_rules_later_is_asked_only_of_those_before_it(land: Land) -> None:
    done = houses.taken_to(case_of(land), "FRAME_ROOF", land.officer)
    early = houses.taken_to(case_of_second(land), "FOUNDATION", land.officer)
    HousingStage.objects.create(
        code="WALLS", name_vi="Xong tường", name_en="Walls done", rank=55, builds=["NEW"],
        source="tỉnh",
    )  # fmt: skip
    assert reach(early, "WALLS", land).stage.code == "WALLS"
    assert reach(done, "FINISHED", land).stage.code == "FINISHED"


def case_of_second(land: Land) -> HousingCase:
    home = people.household(land.village, people.person())
    families.on_list(home, land.decision, since=day("2022-01-01"))
    return houses.listed(land.village, land.officer, home, number="02/BB")[0]


def test_another_area_is_refused(land: Land) -> None:
    case = case_of(land)
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    for act in (
        lambda: house_steps.reach(case=case, stage="REVIEWED", reached=Reached(ON), by=stranger),
        lambda: house_steps.take_back(case=case, stage="x", by=stranger, reason="x"),
        lambda: house_steps.drop(case=case, by=stranger, dropped_on=ON, reason="x"),
    ):
        with pytest.raises(Refused):
            act()


def test_two_who_take_the_last_step_back_at_once_take_back_one(land: Land) -> None:
    case = houses.taken_to(case_of(land), "ACCEPTED", land.officer)
    meant = {"case": case, "by": land.officer, "reason": "Nhầm", "stage": "ACCEPTED"}
    house_steps.take_back(**meant)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="not the last one any more"):
        house_steps.take_back(**meant)  # type: ignore[arg-type]
    case.refresh_from_db()
    assert case.stage.code == "FINISHED"
