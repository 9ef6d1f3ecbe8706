"""A thinned province: the real classes and the lists come to the figures, the pages have their
people. Two districts only: the whole is made by `make demo`, and too slow for a test."""

import datetime as dt
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from households.choices import (
    AreaLevel,
    CommuneState,
    HowIn,
    InstallationKind,
    PovertyClass,
    SurveyState,
)
from households.errors import Invalid, Refused
from households.models import (
    Area,
    Assessment,
    CommuneReview,
    Household,
    Installation,
    RecognitionDecision,
    ReviewRound,
    StatusPeriod,
    Survey,
    User,
)
from households.services import reference
from households.services.demo.loading import DemoLoaded
from households.services.demo.people import words
from households.services.demo.province import loading, targets
from households.services.demo.province.filling import Size
from households.services.system_user import system_user

THIN = Size(share=0.05, districts=["060", "063"], lives=300)
TOLD: list[str] = []


@pytest.fixture(scope="class")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DemoLoaded]:
    """Loaded once for the class that asks for it, and rolled back at its end."""
    # In so thin a province hardly a poor household would end.
    often = patch.dict(words("province")["flows"], poor_gone=0.03)
    with django_db_blocker.unblock(), transaction.atomic(), often:
        reference.load(by=system_user())
        yield loading.load(by=system_user(), tell=TOLD.append, size=THIN)
        transaction.set_rollback(True)


@pytest.mark.django_db
class TestLoaded:
    @pytest.fixture(autouse=True)
    def _loaded(self, demo: DemoLoaded) -> None:
        self.loaded = demo

    def test_it_is_a_demonstration_and_says_what_it_does(self) -> None:
        assert Installation.objects.get().kind == InstallationKind.DEMO
        assert len(TOLD) == 5

    @pytest.mark.parametrize(("year", "at"), [(2021, 0), (2022, 1), (2023, 2)])
    @pytest.mark.parametrize("code", ["060", "063"])
    def test_results_and_lists_come_to_the_figures(self, code: str, year: int, at: int) -> None:
        total = targets.districts([code], THIN.share)[code].new[at]
        district = Area.objects.get(level=AreaLevel.DISTRICT, code=code)
        results = Assessment.objects.filter(
            round__year=year, standard__code="std_2022", commune__parent=district
        )
        assert results.count() == total.households
        assert results.filter(poverty_class="POOR").count() == total.poor
        assert results.filter(poverty_class="NEAR_POOR").count() == total.near_poor
        new_year = dt.date(year + 1, 1, 1)
        listed = Household.objects.of_class(PovertyClass.POOR, on=new_year).under(district)
        assert listed.count() == total.poor

    def test_the_first_round_is_reviewed_under_both_standards(self) -> None:
        results = Assessment.objects.filter(round__year=2021, standard__code="std_2016")
        closing = StatusPeriod.objects.on(dt.date(2021, 12, 31))
        figures = targets.districts(THIN.districts, THIN.share).values()
        for name, wanted in (
            ("POOR", sum(one.old.poor for one in figures)),
            ("NEAR_POOR", sum(one.old.near_poor for one in figures)),
        ):
            assert results.filter(poverty_class=name).count() == wanted
            assert closing.filter(poverty_class=name).count() == wanted
        assert set(closing.values_list("standard__code", flat=True)) == {"std_2016"}

    def test_every_commune_decided_three_times_the_first_under_both_standards(self) -> None:
        assert RecognitionDecision.objects.count() == (2 + 1 + 1) * 24
        states = CommuneReview.objects.values_list("round__year", "state").distinct()
        assert set(states) == {
            (2021, CommuneState.RECOGNISED), (2022, CommuneState.RECOGNISED),
            (2023, CommuneState.RECOGNISED), (2024, CommuneState.OPEN),
        }  # fmt: skip

    def test_the_list_moves(self) -> None:
        came = set(StatusPeriod.objects.values_list("how_in", flat=True))
        assert {HowIn.OPENING, HowIn.NEW_ENTRY, HowIn.FROM_POOR, HowIn.FROM_NEAR_POOR} <= came
        fallen = StatusPeriod.objects.filter(how_in=HowIn.NEW_ENTRY, poverty_class="POOR")
        assert fallen.exclude(survey__shock="").exists()

    def test_a_household_that_ended_left_the_list(self) -> None:
        gone = Household.objects.filter(ended_on__isnull=False)
        assert gone.exists()
        assert not StatusPeriod.objects.filter(household__in=gone, valid_to=None).exists()

    def test_nothing_is_undetermined(self) -> None:
        assert not Assessment.objects.filter(poverty_class=None).exists()

    def test_the_reviewer_has_a_draft_and_the_round_is_under_way(self) -> None:
        draft = Survey.objects.get(state=SurveyState.DRAFT)
        assert draft.surveyed_by == User.objects.get(username="rasoatvien")
        assert Survey.objects.filter(round__year=2024, state=SurveyState.COMPLETE).exists()

    def test_it_is_refused_a_second_time(self) -> None:
        with pytest.raises(Refused):
            loading.load(by=system_user(), tell=TOLD.append)


@pytest.mark.django_db
def test_without_reference_data_nothing_is_written() -> None:
    with pytest.raises(Invalid):
        loading.load(by=system_user(), tell=TOLD.append, size=THIN)
    assert not Installation.objects.exists()
    assert not ReviewRound.objects.exists()


@pytest.mark.django_db
def test_classes_that_miss_the_figures_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    reference.load(by=system_user())
    monkeypatch.setattr(
        "households.services.demo.province.incomes.Bands.income_vnd", lambda *_given: 9_000_000
    )
    with pytest.raises(Invalid, match="2021"):
        loading.load(
            by=system_user(), tell=TOLD.append, size=Size(0.02, districts=["060"], lives=300)
        )
    assert not Household.objects.exists()
