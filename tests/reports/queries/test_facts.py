"""The decided list as it counts on its day: what came later does not change it."""

import datetime as dt

import pytest

from households.choices import DecisionOrigin, HowIn, HowOut, PovertyClass
from households.models import RecognitionDecision, StatusPeriod
from reports.choices import FigureLevel
from reports.queries import official_result, questions
from tests.factories import figures


def poor(world: figures.World) -> object:
    question = questions.asked(round=world.rounds[2023], area=world.a, level=FigureLevel.COMMUNE)
    return official_result.of(question)[0].figures["poor_households"]


def decision(world: figures.World, origin: DecisionOrigin, day: dt.date) -> RecognitionDecision:
    made: RecognitionDecision = RecognitionDecision.objects.create(
        commune=world.a, round=world.rounds[2023], standard=world.standard, number="9/QĐ-UBND",
        decided_on=day, effective_from=day, recorded_by=world.by, origin=origin,
        only_about=[world.homes["escaper"].pk],
    )  # fmt: skip
    return made


@pytest.mark.django_db
def test_a_recognition_on_request_after_the_decision_is_not_on_its_list() -> None:
    world = figures.world()
    StatusPeriod.objects.filter(household=world.homes["escaper"], valid_to=None).delete()
    day = dt.date(2023, 12, 20)
    StatusPeriod.objects.filter(household=world.homes["escaper"]).update(
        valid_to=day.replace(day=19)
    )
    StatusPeriod.objects.create(
        household=world.homes["escaper"], standard=world.standard, valid_from=day,
        poverty_class=PovertyClass.POOR, how_in=HowIn.NEW_ENTRY,
        decision_in=decision(world, DecisionOrigin.SINGLE, day),
    )  # fmt: skip
    assert poor(world) == 5


@pytest.mark.django_db
def test_a_correction_of_later_leaves_the_figures_of_then() -> None:
    world = figures.world()
    day = dt.date(2024, 3, 1)
    StatusPeriod.objects.filter(household=world.homes["newcomer"], valid_to=None).update(
        valid_to=day, how_out=HowOut.OTHER_OUT,
        decision_out=decision(world, DecisionOrigin.CORRECTION, day),
    )  # fmt: skip
    assert poor(world) == 5
