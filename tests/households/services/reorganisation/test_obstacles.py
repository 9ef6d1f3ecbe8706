"""What stands against an act is told plainly with what to do first, and nothing is written."""

import datetime as dt
from dataclasses import replace

import pytest

from households.choices import CommuneState
from households.choices.reorganisations import ReorganisationKind
from households.errors import Refused
from households.models import (
    Area,
    AreaChange,
    CommuneReview,
    HouseholdTransfer,
    ImportBatch,
    Reorganisation,
    ReviewRound,
    TakenOverList,
)
from households.services.reorganisation import obstacles, signing
from households.services.reorganisation.plans import NewUnit, Part
from tests.factories import areas, reviews
from tests.households.services.reorganisation.conftest import SOON, TODAY, World


def _told(draft: Reorganisation) -> str:
    return " / ".join(f"{one.reason} {one.do_first}" for one in obstacles.standing(draft))


def _round(world: World) -> ReviewRound:
    made: ReviewRound = ReviewRound.objects.create(
        province=world.province, kind="PERIODIC", year=2024, as_of=dt.date(2024, 9, 30),
        opens_on=dt.date(2024, 9, 1), closes_on=dt.date(2024, 12, 14),
    )  # fmt: skip
    return made


def test_nothing_stands_against_a_complete_draft(world: World) -> None:
    assert _told(world.draft(world.merger())) == ""
    assert _told(world.draft(world.split())) == ""


@pytest.mark.parametrize("kind", ["merger", "split"])
def test_a_round_in_the_middle_is_finished_first(world: World, kind: str) -> None:
    way = CommuneReview.objects.create(round=_round(world), commune=world.a)
    draft = world.draft(getattr(world, kind)())
    before = set(Area.objects.values_list("pk", "name", "valid_to"))

    assert "Xã A" in _told(draft)
    assert "2024" in _told(draft)
    with pytest.raises(Refused, match="Xã A"):
        signing.sign(reorganisation=draft, by=world.department)
    assert set(Area.objects.values_list("pk", "name", "valid_to")) == before
    assert CommuneReview.objects.get() == way

    CommuneReview.objects.update(state=CommuneState.RECOGNISED)
    assert _told(draft) == ""


def test_a_family_on_its_way_is_taken_over_first(world: World) -> None:
    HouseholdTransfer.objects.create(
        household=world.households["a1"], from_commune=world.a, from_village=world.villages["a1"],
        to_commune=world.c, to_village=world.villages["c1"], moved_on=TODAY,
        offered_by=world.officer_a,
    )  # fmt: skip

    assert "Xã A" in _told(world.draft(world.merger()))


def test_an_import_that_waits_is_written_first(world: World) -> None:
    ImportBatch.objects.create(sent_by=world.officer_b, household_file="ra-soat.xlsx")

    assert "ra-soat.xlsx" in _told(world.draft(world.merger()))


def test_a_list_of_a_former_commune_that_is_not_written_has_to_be_decided_upon(
    world: World,
) -> None:
    former = areas.commune(world.province, "02090", "Xã Xưa")
    Area.objects.filter(pk=former.pk).update(valid_to=dt.date(2020, 12, 31))
    AreaChange.objects.create(
        kind="MERGE", from_area=former, to_area=world.b, changed_on=dt.date(2021, 1, 1)
    )
    batch = ImportBatch.objects.create(
        sent_by=world.department, household_file="ds-2019.xlsx", kind="LIST", state="CHECKED"
    )
    TakenOverList.objects.create(
        batch=batch, commune=former, standard=reviews.standard(), year=2019, number="1/QĐ",
        decided_on=dt.date(2019, 12, 20), effective_from=dt.date(2020, 1, 1), decided_by="X",
        poor_households=1, near_poor_households=0,
    )  # fmt: skip

    assert "ds-2019.xlsx" in _told(world.draft(world.merger()))


def test_a_code_in_use_is_told_with_who_has_it(world: World) -> None:
    assert "Xã C" in _told(world.draft(world.merger(code="02020")))


def test_a_code_of_a_unit_that_ends_in_the_same_act_is_free(world: World) -> None:
    other = Part(
        kind=ReorganisationKind.RENAME, units=(world.c.pk,),
        becomes=(NewUnit("1", "Xã D", "02023"),),
    )  # fmt: skip

    assert _told(world.draft(world.merger(code="02020"), other)) == ""


def test_another_change_of_the_unit_on_the_day_or_later(world: World) -> None:
    signing.sign(reorganisation=world.draft(world.merger(), day=SOON), by=world.department)

    for day in (TODAY, SOON):
        told = _told(world.draft(world.split(), day=day))
        assert "Xã A" in told
        assert "31/12/2024" in told


def test_one_unit_in_two_parts(world: World) -> None:
    assert "Xã A" in _told(world.draft(world.merger(), world.split()))


def test_villages_of_a_split_and_its_staff_all_go_somewhere(world: World) -> None:
    part = replace(world.split(), goes={world.villages["a1"].pk: "1"}, staff={})

    told = _told(world.draft(part))

    assert "Bản Mới" in told
    assert "Xã Dưới" in told
    assert "can-bo-a" in told


def test_villages_of_one_name_are_called_apart_or_refused(world: World) -> None:
    draft = world.draft(world.merger())
    assert draft.parts[0]["names"] == {
        str(world.villages["a1"].pk): "Nà Pài (Xã A)",
        str(world.villages["b1"].pk): "Nà Pài (Xã B)",
    }
    draft.parts[0]["names"] = {}
    draft.save()

    assert "Nà Pài" in _told(draft)


def test_the_paper_and_the_day_are_typed_first(world: World) -> None:
    draft = world.draft(world.merger())
    draft.changed_on, draft.paper_number = None, ""

    assert len(obstacles.standing(draft)) == 2
    draft.changed_on, draft.paper_number = dt.date(2024, 8, 1), "1"
    assert len(obstacles.standing(draft)) == 1


def test_a_new_commune_has_code_type_and_settlement(world: World) -> None:
    bare = replace(world.merger(), becomes=(NewUnit("1", "Xã Chung", "2008"),))

    assert len(obstacles.standing(world.draft(bare))) == 2


def test_villages_that_begin_later_would_be_lost(world: World) -> None:
    Area.objects.create(level="VILLAGE", name="Mới", parent=world.a, valid_from=SOON)

    assert "01/01/2025" in _told(world.draft(world.merger()))


def test_a_ward_merges_into_one_that_is_there(world: World) -> None:
    into = Part(
        kind=ReorganisationKind.MERGE, units=(world.b.pk,),
        becomes=(NewUnit("1", area_id=world.a.pk),),
    )  # fmt: skip
    told = _told(world.draft(into))

    assert "Nà Pài" in told
    named = replace(into, names={world.villages["b1"].pk: "Nà Pài B"})
    assert _told(world.draft(named)) == ""


def test_a_code_that_is_used_only_after_the_units_end_is_free(world: World) -> None:
    """02012 comes with the shipped map in 2026, when what is made now ends."""
    later = dt.date(2026, 1, 1)
    areas.merged(world.a, world.b, parent=world.province, code="02012", on=later)

    assert _told(world.draft(world.merger(code="02012"), day=SOON)) == ""
