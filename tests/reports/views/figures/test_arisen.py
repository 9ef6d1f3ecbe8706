"""Who became poor between 2022 and 2023, by what their forms say happened."""

import datetime as dt

from households.choices import Role
from households.models import ListEntry
from households.services import marks
from reports.views.blocks import Block
from reports.views.figures import arisen
from tests.factories import figures
from tests.reports.views.figures.conftest import Asked


def cells(block: Block) -> dict[str, list[str]]:
    return {line.name: [one.shown for one in line.cells] for line in block.lines}


def struck(shock: str, on: dt.date | None) -> dict[str, object]:
    return {**figures.POOR, "shock": shock, "shock_on": on}


def world_of_hardships() -> figures.World:
    for position, (code, name) in enumerate((("disaster", "Disaster"), ("illness", "Illness"))):
        ListEntry.objects.get_or_create(
            list_code="shocks", code=code,
            defaults={"name_vi": name, "name_en": name, "position": position},
        )  # fmt: skip
    world = figures.land()
    names = ("flood 1", "flood 2", "flood 3", "ill", "ill some day", "nothing said", "stays")
    for name in names:
        world.read(2022, name, world.a1, figures.POOR if name == "stays" else figures.ABOVE)
    may, june = dt.date(2023, 5, 4), dt.date(2023, 6, 30)
    for name, facts in (
        ("flood 1", struck("disaster", may)), ("flood 2", struck("disaster", may)),
        ("flood 3", struck("disaster", june)), ("ill", struck("illness", june)),
        ("ill some day", struck("illness", None)), ("nothing said", figures.POOR),
        ("stays", struck("illness", june)),
    ):  # fmt: skip
        world.read(2023, name, world.a1, facts)
    return world


def test_by_what_happened_and_month(asked: Asked) -> None:
    world = world_of_hardships()
    found = arisen.block(asked(world.province, round="2023"))
    assert [one.title for one in found.columns] == [
        "05/2023", "06/2023", "Month not stated", "Together",
    ]  # fmt: skip
    assert cells(found) == {
        "Disaster": ["2", "1", "0", "3"],
        "Illness": ["0", "1", "1", "2"],
        "Not stated": ["0", "0", "1", "1"],
        "Together": ["2", "2", "2", "6"],
    }
    assert found.finding == "6 households became poor anew; most often: Disaster (3)"
    assert found.base.startswith("Base: 6 households poor now")


def test_it_is_what_the_table_of_changes_counts(asked: Asked) -> None:
    """relapser and newcomer of A; split_off was in a poor household, from_near was listed."""
    world = figures.world()
    found = arisen.block(asked(world.province, round="2023"))
    assert cells(found) == {"Not stated": ["2", "2"], "Together": ["2", "2"]}
    assert found.finding == "2 households became poor anew; no form says what happened"


def test_what_is_kept_is_told_until_a_commune_is_marked(asked: Asked) -> None:
    world = world_of_hardships()
    before = cells(arisen.block(asked(world.province, round="2023")))
    world.rounds[2023].surveys.filter(household=world.homes["ill"]).update(shock="disaster")
    kept = arisen.block(asked(world.province, Role.DISTRICT_READER, round="2023"))
    assert cells(kept) == before
    marks.mark_changed(round_id=world.rounds[2023].pk, commune_ids=[world.a.pk])
    told = arisen.block(asked(world.province, Role.INSPECTOR, round="2023"))
    assert cells(told)["Disaster"] == ["2", "2", "0", "4"]


def test_nothing_to_compare_with_is_said(asked: Asked) -> None:
    world = figures.land()
    found = arisen.block(asked(world.province, round="2021"))
    assert found.extra["why"] == "There is no earlier periodic round."
