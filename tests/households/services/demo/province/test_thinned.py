"""The small demonstration: the six communes as they are, the others thinned; one district here."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from households.choices import AreaLevel, InstallationKind, PovertyClass
from households.errors import Refused
from households.models import (
    Area,
    Assessment,
    AuditEvent,
    Household,
    Installation,
    Person,
    RecognitionDecision,
    ReviewRound,
    Survey,
)
from households.services import complete_lists, reference
from households.services.demo import story
from households.services.demo.loading import DemoLoaded
from households.services.demo.province import thinned
from households.services.demo.province.filling import Size
from households.services.system_user import system_user

THIN = Size(share=0.02, districts=["060"], lives=300)


@pytest.fixture(scope="class")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[DemoLoaded]:
    """Loaded once for the class that asks for it, and rolled back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        reference.load(by=system_user())
        yield thinned.load(by=system_user(), tell=lambda _sentence: None, thin=THIN)
        transaction.set_rollback(True)


def _others() -> list[Area]:
    communes = Area.objects.filter(level=AreaLevel.COMMUNE, parent__code="060")
    found = communes.exclude(code__in=story.chairs()).filter(decisions__isnull=False)
    return list(found.distinct())


@pytest.mark.django_db
class TestLoaded:
    @pytest.fixture(autouse=True)
    def _loaded(self, demo: DemoLoaded) -> None:
        self.loaded = demo

    def test_its_own_communes_are_as_they_are_told(self) -> None:
        assert Installation.objects.get().kind == InstallationKind.DEMO
        told = {
            one.year: len(households)
            for one, households in story.years()
            if not (one.surveyed)
        }  # fmt: skip
        own = Survey.objects.filter(commune__code__in=story.chairs())
        assert {year: own.filter(round__year=year).count() for year in told} == told
        assert ReviewRound.objects.count() == 4

    def test_the_other_communes_have_every_decided_round(self) -> None:
        others = _others()
        communes = Area.objects.on(dt.date(2021, 10, 1)).filter(level=AreaLevel.COMMUNE)
        empty = communes.filter(parent__code="060").exclude(code__in=story.chairs())
        assert {one.pk for one in others} == set(empty.values_list("pk", flat=True))
        for commune in others:
            decided = RecognitionDecision.objects.filter(commune=commune)
            assert sorted(decided.values_list("round__year", flat=True)) == [2021, 2022, 2023]
        assert not Survey.objects.filter(round__year=2024, commune__in=others).exists()

    def test_their_rate_is_that_of_their_district(self) -> None:
        results = Assessment.objects.filter(round__year=2023, commune__in=_others())
        poor = results.filter(poverty_class=PovertyClass.POOR).count()
        assert 0.40 < poor / results.count() < 0.58
        listed = Household.objects.of_class(PovertyClass.POOR, on=dt.date(2024, 1, 1))
        assert sum(listed.under(one).count() for one in _others()) == poor

    def test_nobody_shares_a_number(self) -> None:
        numbers = Person.objects.exclude(personal_id=None).values_list("personal_id", flat=True)
        assert len(set(numbers)) == len(numbers)
        assert {number[:3] for number in numbers} == {"997", "999"}

    def test_every_commune_with_lists_says_that_they_are_complete(self) -> None:
        said = AuditEvent.objects.filter(verb=complete_lists.VERB)
        assert said.count() == len(story.chairs()) + len(_others())

    def test_it_is_refused_a_second_time(self) -> None:
        with pytest.raises(Refused):
            thinned.load(by=system_user(), tell=lambda _sentence: None, thin=THIN)


def test_it_is_thin_enough_for_a_first_start() -> None:
    assert 0.01 <= thinned.size().share <= 0.02
