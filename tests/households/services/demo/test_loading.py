"""The demonstration: comes into an empty database only, by the services that officers use."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from django.contrib.auth import authenticate
from django.db import transaction
from django.test import RequestFactory
from pytest_django.plugin import DjangoDbBlocker

from households.choices import (
    AreaLevel,
    CommuneState,
    HowIn,
    HowOut,
    IncomeBasis,
    InstallationKind,
    PovertyClass,
    SurveyState,
)
from households.errors import Invalid, Refused
from households.models import (
    Area,
    Assessment,
    Assignment,
    AuditEvent,
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
from households.services.demo import LOGINS, loading
from households.services.system_user import system_user

AUTUMN_2024 = dt.date(2024, 10, 15)


@pytest.fixture(scope="class")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[loading.DemoLoaded]:
    """Loaded once for the class that asks for it, and rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        reference.load(by=system_user())
        yield loading.load(by=system_user())
        transaction.set_rollback(True)


@pytest.mark.django_db
class TestLoaded:
    @pytest.fixture(autouse=True)
    def _loaded(self, demo: loading.DemoLoaded) -> None:
        self.loaded = demo

    def test_it_marks_the_database(self) -> None:
        assert Installation.objects.get().kind == InstallationKind.DEMO

    def test_it_is_refused_a_second_time(self) -> None:
        with pytest.raises(Refused):
            loading.load(by=system_user())

    def test_households_live_in_six_communes_of_three_districts(self) -> None:
        assert 240 <= self.loaded.households <= 400
        assert Household.objects.count() == self.loaded.households
        villages = Area.objects.at(AreaLevel.VILLAGE).filter(residences__isnull=False).distinct()
        assert villages.count() == 21
        assert len({village.path for village in villages}) == 6
        assert len({village.path.split(".")[1] for village in villages}) == 3

    def test_three_rounds_are_decided_and_the_fourth_is_under_way(self) -> None:
        years = ReviewRound.objects.order_by("year").values_list("year", flat=True)
        assert list(years) == [2021, 2022, 2023, 2024]
        ways = CommuneReview.objects.values_list("round__year", "state").distinct()
        assert dict(ways) == dict.fromkeys((2021, 2022, 2023), CommuneState.RECOGNISED) | {
            2024: CommuneState.OPEN
        }
        assert Counter(RecognitionDecision.objects.values_list("round__year", flat=True)) == {
            2021: 6,
            2022: 6,
            2023: 6,
        }

    def test_all_classes_and_all_three_instruments_of_income_occur(self) -> None:
        results = Assessment.objects.filter(round__year=2023)
        assert set(results.values_list("poverty_class", flat=True)) == set(PovertyClass)
        assert set(results.values_list("income_basis", flat=True)) == set(IncomeBasis)

    def test_poverty_is_plausible_and_falls(self) -> None:
        def share_of_poor(day: dt.date) -> float:
            return Household.objects.of_class(PovertyClass.POOR, on=day).count() / 299

        assert 0.12 < share_of_poor(AUTUMN_2024) < share_of_poor(dt.date(2023, 6, 1)) < 0.40

    def test_the_list_has_moved(self) -> None:
        came = set(StatusPeriod.objects.values_list("how_in", flat=True))
        went = set(StatusPeriod.objects.values_list("how_out", flat=True))
        assert {
            HowIn.OPENING, HowIn.NEW_ENTRY, HowIn.FROM_POOR, HowIn.FROM_NEAR_POOR, HowIn.RELAPSED,
        } <= came  # fmt: skip
        assert {HowOut.ESCAPED, HowOut.TO_NEAR_POOR, HowOut.TO_POOR} <= went

    def test_the_open_round_is_under_way(self) -> None:
        surveys = Survey.objects.filter(round__year=2024)
        assert 0 < surveys.filter(state=SurveyState.COMPLETE).count() < self.loaded.households
        draft = surveys.get(state=SurveyState.DRAFT)
        assert draft.surveyed_by == User.objects.get(username="rasoatvien")
        assert draft.village.name == "Phiêng Rào"
        assert draft.income_per_capita_month_vnd is None
        assert not draft.assessments.exists()

    def test_everybody_can_log_in_to_his_place(self, rf: RequestFactory) -> None:
        request = rf.post("/")
        for login in LOGINS:
            user = authenticate(request, username=login.username, password=login.password)
            assert user == User.objects.get(username=login.username)
            assignment = Assignment.objects.on(AUTUMN_2024).get(user=user)
            assert assignment.role == login.role
            assert assignment.area.name == login.village or assignment.area.code == login.area_code

    def test_everything_was_an_act_of_somebody(self) -> None:
        assert not Survey.objects.filter(act__isnull=True).exists()
        assert AuditEvent.objects.filter(verb="list.adopt").count() == 18


@pytest.mark.django_db
def test_a_real_register_refuses_it() -> None:
    reference.load(by=system_user())
    Installation.objects.create(pk=1, kind=InstallationKind.REAL)

    with pytest.raises(Refused):
        loading.load(by=system_user())
    assert not ReviewRound.objects.exists()


@pytest.mark.django_db
def test_a_database_with_a_household_refuses_it() -> None:
    reference.load(by=system_user())
    Household.objects.create()

    with pytest.raises(Refused):
        loading.load(by=system_user())


@pytest.mark.django_db
def test_without_reference_data_nothing_is_written() -> None:
    with pytest.raises(Invalid):
        loading.load(by=system_user())

    assert not Installation.objects.exists()
    assert not User.objects.exclude(username="system").exists()


@pytest.mark.django_db
def test_an_officer_does_not_load_it() -> None:
    with pytest.raises(Refused):
        loading.load(by=User.objects.create(username="officer"))
