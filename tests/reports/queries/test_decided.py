"""One reading of official: for a commune, for all of an area, under one standard of a round."""

import datetime as dt

import pytest
from django.utils import translation

from households.choices import DecisionOrigin, StandardPart
from households.models import CommuneReview, RecognitionDecision, RoundStandard
from reports.choices import FigureLevel, FigureStatus
from reports.queries import decided, measures, movements, questions, tables
from tests.factories import figures, standards


@pytest.fixture
def world(db: None) -> figures.World:
    """The lists of 2023 decided in A and B."""
    found = figures.world(decide_last=False)
    found.decide(2023, found.a, found.b)
    return found


def test_official_once_every_commune_decided(world: figures.World) -> None:
    round, standard = world.rounds[2023], world.standard
    near = decided.of(round, standard, decided.communes_of(round, [world.near.inner_path]))
    assert (near.status, near.undecided) == (FigureStatus.OFFICIAL, ())
    assert near.last_day == dt.date(2024, 1, 1)
    whole = decided.of(round, standard, decided.communes_of(round, None))
    assert (whole.status, whole.undecided) == (FigureStatus.PRELIMINARY, (world.c.pk,))
    nothing = decided.of(round, standard, [])
    assert (nothing.status, nothing.last_day) == (FigureStatus.PRELIMINARY, None)


@pytest.mark.parametrize("unit", ["province", "near", "far", "a", "c"])
def test_tables_movements_and_measures_say_the_same(world: figures.World, unit: str) -> None:
    area = getattr(world, unit)
    expected = FigureStatus.OFFICIAL if unit in ("near", "a") else FigureStatus.PRELIMINARY
    round, branches = world.rounds[2023], [area.inner_path]
    asked = questions.asked(round=round, area=area, level=FigureLevel.COMMUNE)
    moved = movements.between(
        before=world.rounds[2022], after=round, standard=world.standard, branches=branches
    )
    measured = measures.measured(round=round, standard=world.standard, branches=branches)
    assert {asked.status, moved.status, measured.status} == {expected}
    assert asked.opening is not None
    assert asked.opening.status == moved.opening_status == FigureStatus.OFFICIAL


def test_the_branch_of_a_village_has_its_commune(world: figures.World) -> None:
    communes = decided.communes_of(world.rounds[2023], [world.a2.inner_path])
    assert communes == [world.a.pk]
    assert decided.communes_of(world.rounds[2023], []) == []


def test_of_a_round_for_some_communes_only_those(world: figures.World) -> None:
    round = world.rounds[2023]
    round.covers_all_communes = False
    round.save()
    CommuneReview.objects.filter(round=round, commune=world.b).delete()
    CommuneReview.objects.get_or_create(round=round, commune=world.a, defaults={"state": "OPEN"})
    assert world.b.pk not in decided.communes_of(round, None)


def test_a_list_under_another_standard_alone_is_told(world: figures.World) -> None:
    """A double review: what is decided under one standard is not decided under the other."""
    document = standards.standard_document(
        "std_other", valid_from="2010-01-01", valid_to="2011-12-31"
    )
    other, round = standards.standard(document), world.rounds[2023]
    round.parts.update(part=StandardPart.CLOSING)
    RoundStandard.objects.create(round=round, standard=other, part=StandardPart.OPENING)
    RecognitionDecision.objects.create(
        commune=world.c, round=round, standard=other, number="9/QĐ", recorded_by=world.by,
        decided_on=dt.date(2023, 12, 10), effective_from=dt.date(2024, 1, 1),
        origin=DecisionOrigin.ADOPTED_FROM_PAPER,
    )  # fmt: skip
    communes = decided.communes_of(round, None)
    closing = decided.of(round, world.standard, communes)
    assert (closing.undecided, closing.only_otherwise) == ((world.c.pk,), (world.c.pk,))
    opening = decided.of(round, other, communes)
    assert set(opening.undecided) == set(opening.only_otherwise) == {world.a.pk, world.b.pk}
    asked = questions.asked(round=round, area=world.province, level=FigureLevel.PROVINCE)
    with translation.override("en"):
        [note] = [one for one in tables.table("T1", asked).notes if "another standard" in one]
    assert note.startswith("1 commune decided")
    far = questions.asked(round=round, area=world.near, level=FigureLevel.COMMUNE)
    assert far.decided.only_otherwise == ()
