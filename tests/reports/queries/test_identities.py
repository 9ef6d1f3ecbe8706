"""Identities hold in a world that is right, and name what breaks them."""

from fractions import Fraction

import pytest

from households.models import Assessment, EthnicGroup, Survey
from households.services import complete_lists
from reports.choices import FigureLevel, FigureStatus
from reports.queries import identities, questions
from reports.queries.questions import Question
from tests.factories import figures


def asked(world: figures.World, **more: object) -> Question:
    return questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.PROVINCE, **more
    )


def put_right(world: figures.World) -> None:
    """Every form of 2023 states an ethnic group and a cause."""
    kinh = EthnicGroup.objects.get(code="01")
    Assessment.objects.filter(ethnic_group=None).update(ethnic_group=kinh)
    Survey.objects.filter(round=world.rounds[2023], causes=[]).update(causes=["8"])


@pytest.mark.django_db
def test_nothing_breaks_where_everything_is_told() -> None:
    world = figures.world()
    put_right(world)
    assert identities.breaks(asked(world)) == []
    for commune in (world.a, world.b, world.c):
        complete_lists.say(commune=commune, year=2021, by=world.by)
    assert identities.breaks(asked(world)) == []
    assert identities.breaks(asked(world, status=FigureStatus.PRELIMINARY)) == []


@pytest.mark.django_db
def test_breaks_name_the_commune_and_the_households() -> None:
    world = figures.world()
    put_right(world)
    relapser = world.rounds[2023].surveys.get(household=world.homes["relapser"])
    relapser.causes = []
    relapser.save()
    stayer = world.rounds[2023].surveys.get(household=world.homes["stayer"])
    stayer.assessments.update(ethnic_group=None, deprivations=2)
    found = identities.breaks(asked(world))
    told = {(one.identity, one.area_code): one.households for one in found}
    assert told["I6", "02008"] == (world.homes["relapser"].pk,)
    assert told["I4", "02008"] == (world.homes["stayer"].pk,)
    assert told["I5", "02008"] == (world.homes["stayer"].pk,)
    assert ("I6", "06") not in told
    # The sums differ where the household lives, and in every unit above it.
    assert {code for identity, code in told if identity == "I5"} == {"02008", "063", "06"}
    assert {code for identity, code in told if identity == "I4"} == {"02008", "063", "06"}


def test_a_change_in_points_is_rounded_once() -> None:
    """21.945 and 24.704: rounded first, the difference would be 2.75."""
    now, before = Fraction(21945, 1000), Fraction(24704, 1000)
    assert str(identities.change_in_points(now, before)) == "-2.76"
    assert identities.change_in_points(now, None) is None
