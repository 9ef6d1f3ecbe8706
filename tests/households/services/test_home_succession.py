"""Households follow on the day of a change, each by name where its village is split."""

import datetime as dt

import pytest
from django.conf import LazySettings

from households.choices.reorganisations import ReorganisationKind
from households.models import Area, Household, HouseholdCard, Reorganisation, User
from households.services import cards, home_succession
from households.services.home_succession import Following
from households.services.reorganisation import drafts, obstacles, signing
from households.services.reorganisation.plans import NewUnit, Part
from tests.factories import areas
from tests.households.services.reorganisation.conftest import SOON, TODAY, World
from tests.households.services.reorganisation.conftest import world as world


def _village_split(world: World) -> Reorganisation:
    second = Household.objects.create()
    second.residences.create(village=world.villages["a1"], valid_from=areas.START)
    world.households["a1b"] = second
    cards.refresh(household_ids=[second.pk])
    head = world.head.assignments.get()
    draft = drafts.begin(
        area=world.a, changed_on=SOON, paper_number="9/NQ-HĐND", paper_date=TODAY, paper_by="HĐND",
        by=world.officer_a,
    )  # fmt: skip
    part = Part(
        kind=ReorganisationKind.VILLAGE_SPLIT, units=(world.villages["a1"].pk,),
        becomes=(NewUnit("1", "Nà Pài 1"), NewUnit("2", "Nà Pài 2")),
        goes={world.households["a1"].pk: "1", second.pk: "2"}, staff={head.pk: "2"},
    )  # fmt: skip
    drafts.put_part(reorganisation=draft, part=part, by=world.officer_a)
    return draft


def test_a_village_is_split_household_by_household(world: World, settings: LazySettings) -> None:
    draft = _village_split(world)
    assert obstacles.standing(draft) == []
    signing.sign(reorganisation=draft, by=world.officer_a)
    late = Household.objects.create()
    late.residences.create(village=world.villages["a1"], valid_from=TODAY)

    settings.POVREG_TODAY = SOON

    assert home_succession.follow() == 3
    assert home_succession.follow() == 0
    told = {
        name: world.households[name].residences.on(SOON).get().village.name
        for name in ("a1", "a1b")
    }
    assert told == {"a1": "Nà Pài 1", "a1b": "Nà Pài 2"}
    assert late.residences.on(SOON).get().village.name == "Nà Pài 1"
    assert world.head.assignments.on(SOON).get().area.name == "Nà Pài 2"


def test_a_village_that_ends_with_its_commune_is_split_before(world: World) -> None:
    last = dt.date(2025, 12, 31)
    Area.objects.filter(pk__in=[world.a.pk, world.villages["a1"].pk]).update(valid_to=last)
    draft = _village_split(world)

    assert obstacles.standing(draft) == []
    signing.sign(reorganisation=draft, by=world.officer_a)

    made = Area.objects.filter(parent=world.a, valid_from=SOON)
    assert {one.valid_to for one in made} == {last}


def test_a_household_of_a_split_village_that_goes_nowhere_is_told(world: World) -> None:
    draft = _village_split(world)
    draft.parts[0]["goes"] = {}
    draft.save()

    assert len(obstacles.standing(draft)) == 3


def test_many_households_follow_in_a_job_commune_by_commune(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than one waits for: the act is signed, the job lets them follow; one that is killed
    after a commune leaves the others where they were, and the next goes on."""
    monkeypatch.setattr(home_succession, "MOST_AT_ONCE", 2)
    moves = world.draft(
        world.merger(),
        Part(
            kind=ReorganisationKind.RENAME, units=(world.c.pk,),
            becomes=(NewUnit("1", "Xã Tên Khác"),),
        ),
    )  # fmt: skip
    assert signing.sign(reorganisation=moves, by=world.department) == 0
    assert home_succession.following(TODAY) == Following(done=0, total=4)
    real, done = home_succession._one_commune, []

    def killed_after_one(commune_id: int | None, by: User) -> set[int]:
        if done:
            raise SystemExit
        done.append(real(commune_id, by))
        return done[0]

    monkeypatch.setattr(home_succession, "_one_commune", killed_after_one)
    with pytest.raises(SystemExit):
        home_succession.follow()
    half = home_succession.following(TODAY)
    monkeypatch.setattr(home_succession, "_one_commune", real)

    assert half == Following(done=len(done[0]), total=4)
    assert home_succession.follow() == 4 - len(done[0])
    assert home_succession.following(TODAY) is None
    for one in world.households.values():
        home = one.residences.on(TODAY).get()
        assert HouseholdCard.objects.get(household=one).village == home.village
        assert home.village.is_valid_on(TODAY)
