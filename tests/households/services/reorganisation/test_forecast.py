"""The dry run says in numbers and by name what the act then does."""

import datetime as dt

from households.models import AreaTrait, Certificate, Reorganisation, ResidentCount
from households.services.reorganisation import forecast, signing
from households.services.reorganisation.forecast import Forecast
from tests.factories import targets
from tests.households.services.reorganisation.conftest import SOON, World


def _only(draft: Reorganisation) -> Forecast:
    (found,) = forecast.dry_run(draft).parts
    return found


def test_a_merger_by_name_and_number(world: World) -> None:
    told = _only(world.draft(world.merger(), day=SOON))

    (new,) = told.coming
    assert (new.name, new.code, new.households, len(new.villages)) == (
        "Xã Chung", "02008", 3, 3
    )  # fmt: skip
    assert new.sources == ["Xã A", "Xã B"]
    assert [one[:2] for one in new.renamed] == [
        ("Nà Pài (Xã A)", "Nà Pài"), ("Nà Pài (Xã B)", "Nà Pài")
    ]  # fmt: skip
    assert {(one.who, one.before, one.then) for one in told.staff} == {
        ("can-bo-a", "Xã A", "Xã Chung"),
        ("can-bo-b", "Xã B", "Xã Chung"),
        ("truong-thon", "Nà Pài", "Nà Pài (Xã A), Xã Chung"),
    }
    run = forecast.dry_run(world.draft(world.merger(), day=SOON))
    assert (run.villages, run.households, run.people) == (3, 3, 0)


def test_what_is_foretold_is_what_is_done(world: World) -> None:
    draft = world.draft(world.split())
    told = {one.name: one.households for one in _only(draft).coming}

    followed = signing.sign(reorganisation=draft, by=world.department)

    assert told == {"Xã Trên": 1, "Xã Dưới": 1}
    assert followed == sum(told.values())


def test_traits_that_differ_are_to_be_stated_anew(world: World) -> None:
    AreaTrait.objects.filter(area=world.b, kind="ZONE").update(value="I")

    told = _only(world.draft(world.merger())).traits

    assert len(told) == 1


def test_certificates_residents_and_other_rows_are_told(world: World) -> None:
    ResidentCount.objects.create(
        commune=world.a, as_of=dt.date(2023, 12, 31), settlement="RURAL", households=10,
        persons=40, entered_by=world.officer_a,
    )  # fmt: skip
    told = _only(world.draft(world.merger()))

    assert "2023" in told.residents[0]
    assert not Certificate.objects.exists()
    assert told.certificates == []


def test_a_dry_run_writes_nothing(world: World) -> None:
    draft = world.draft(world.split())
    kept = Reorganisation.objects.values().get()

    forecast.dry_run(draft)

    assert Reorganisation.objects.values().get() == kept


def test_what_is_planned_for_a_commune_that_is_split_is_told(world: World) -> None:
    for year in (2023, 2024, 2025):
        targets.target(world.a, year=year)

    (told,) = _only(world.draft(world.split())).residents

    assert told.startswith("Chỉ tiêu giảm nghèo: 2 ")
    assert not _only(world.draft(world.merger())).residents
