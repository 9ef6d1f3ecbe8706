"""Essential works: many served by one, days in order, and the indicators they end."""

import pytest
from pytest_django import Settings

from households.choices import Role
from households.errors import Invalid, Refused
from households.models import Household
from programs.choices import BenefitState
from programs.choices.houses import WorksFor
from programs.models import Benefit, ProgrammeTerms, WorksProject
from programs.services import works
from programs.services.works import Acceptance
from tests.factories import families, houses, people, users
from tests.programs.conftest import Land, day

ACCEPTED = Acceptance(day("2024-05-01"), day("2024-05-10"), "03/BBNT")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings, land: Land) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"
    houses.rules()


def home(land: Land) -> Household:
    made = people.household(land.village, people.person())
    families.on_list(made, land.decision, since=day("2022-01-01"))
    return made


def test_a_village_s_work_serves_many_once_it_is_accepted(land: Land) -> None:
    work = houses.work(land.village, land.officer, home(land), home(land))
    assert work.indicators == ["water"]
    works.serve(works=work, households=[home(land)], by=land.officer)
    rows = Benefit.objects.filter(from_works__works=work)
    assert {one.state for one in rows} == {BenefitState.DECIDED}
    works.accept(works=work, acceptance=ACCEPTED, by=land.officer)
    assert {(one.state, one.served_on) for one in rows.all()} == {
        (BenefitState.SERVED, day("2024-05-10"))
    }
    assert rows.count() == 3
    late = home(land)
    works.serve(works=WorksProject.objects.get(), households=[late], by=land.officer)
    assert late.benefits.get().served_on == day("2024-05-10")


def test_a_confirmed_ground_is_kept_and_without_one_the_work_is_the_reason(land: Land) -> None:
    houses.work(land.village, land.officer, home(land))
    assert Benefit.objects.get().reason == "Served by the work: Bể nước thôn"
    ProgrammeTerms.objects.filter(programme__code="essential_works").update(
        doubts={}, who={"class": ["POOR"]}
    )
    houses.work(land.village, land.officer, home(land))
    kept = Benefit.objects.order_by("-pk")[0]
    assert (kept.terms and kept.terms.ground, kept.reason) == ("lacking", "")


def test_one_household_is_served_once_and_a_household_s_work_serves_one(land: Land) -> None:
    first = home(land)
    work = houses.work(land.village, land.officer, first)
    with pytest.raises(Invalid, match="served once"):
        works.serve(works=work, households=[first], by=land.officer)
    with pytest.raises(Invalid, match="serves one household"):
        houses.work(land.village, land.officer, home(land), home(land), serves=WorksFor.HOUSEHOLD)
    stranger = people.household(land.other_village, people.person())
    with pytest.raises(Invalid, match="did not live in the village"):
        works.serve(works=work, households=[stranger], by=land.officer)
    with pytest.raises(Invalid, match="at least one"):
        works.serve(works=work, households=[], by=land.officer)


def test_days_number_and_households_are_asked_for(land: Land) -> None:
    empty = houses.work(land.village, land.officer)
    with pytest.raises(Invalid, match="Tick the households"):
        works.accept(works=empty, acceptance=ACCEPTED, by=land.officer)
    with pytest.raises(Invalid, match="then built, then accepted"):
        works.accept(
            works=empty, by=land.officer,
            acceptance=Acceptance(day("2024-05-11"), day("2024-05-10"), "3"),
        )  # fmt: skip
    with pytest.raises(Invalid, match="number of the acceptance"):
        works.accept(
            works=empty, by=land.officer,
            acceptance=Acceptance(day("2024-05-01"), day("2024-05-10"), ""),
        )  # fmt: skip
    with pytest.raises(Invalid, match="still to come"):
        houses.work(land.village, land.officer, started_on=day("2024-10-16"))


def test_one_recorded_by_mistake_counts_nowhere(land: Land) -> None:
    work = houses.work(land.village, land.officer, home(land))
    with pytest.raises(Invalid, match="Write why"):
        works.cancel(works=work, by=land.officer, reason="")
    works.cancel(works=work, by=land.officer, reason="Nhập nhầm thôn")
    assert Benefit.objects.get().state == BenefitState.CANCELLED
    with pytest.raises(Invalid, match="by mistake"):
        works.serve(works=work, households=[home(land)], by=land.officer)


def test_another_area_is_refused(land: Land) -> None:
    work = houses.work(land.village, land.officer, home(land))
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, land.other_commune)
    for act in (
        lambda: houses.work(land.village, stranger),
        lambda: works.serve(works=work, households=[home(land)], by=stranger),
        lambda: works.accept(works=work, acceptance=ACCEPTED, by=stranger),
        lambda: works.cancel(works=work, by=stranger, reason="x"),
    ):
        with pytest.raises(Refused):
            act()
