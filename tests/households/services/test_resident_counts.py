"""How many live where: read row by row, entered once, by who may; beside the round before."""

import datetime as dt
from dataclasses import replace

import pytest

from households.choices import Role, Settlement
from households.errors import Invalid, Refused
from households.exchange import resident_sheet
from households.models import Area, AreaTrait, AuditEvent, ChangeMark, ResidentCount, User
from households.queries import resident_counts as queries
from households.services import resident_counts
from households.services.resident_counts import Count
from tests.factories import areas, reviews, users
from tests.households.conftest import World

CHANGED = dt.date(2024, 7, 1)
FILE = """commune_code,as_of,settlement,resident_households,resident_persons
02008,2024-10-01,rural,600,2600
2011,,,"1.200",5000
02099,2024-10-01,rural,1,1
02008,01/10/2024,rural,601,2600
02011,2024-10-01,moon,5,9
02011,2024-10-01,urban,9,5
,2024-10-01,rural,x,9
"""


@pytest.fixture
def department(world: World) -> User:
    return users.user("so", Role.DEPARTMENT, world.province)


def count(world: World, households: int = 600, persons: int = 2600) -> Count:
    return Count(world.commune, world.round.as_of, Settlement.RURAL, households, persons)


def test_rows_are_read_and_what_is_wrong_is_told_at_row_and_column(
    world: World, department: User
) -> None:
    rows = resident_sheet.read(FILE.encode(), "residents.csv")
    read = resident_counts.read_rows(rows, round=world.round, by=department)
    assert [(one.commune.code, one.households, one.persons) for one in read.counts] == [
        ("02008", 600, 2600), ("02011", 1200, 5000),
    ]  # fmt: skip
    assert [(one.row, one.column, one.code) for one in read.problems] == [
        (4, "commune_code", "unknown_commune"),
        (5, "commune_code", "twice"),
        (6, "settlement", "unknown"),
        (7, "resident_persons", "too_few"),
        (8, "commune_code", "unknown_commune"),
    ]


def test_codes_of_another_time_are_understood_or_named(world: World, department: User) -> None:
    """One became another: taken, and said. Several became one: nobody adds them up."""
    old = areas.commune(world.province, "01801", "Xã Xưa")
    renamed = areas.merged(old, parent=world.province, code="01802", name="Xã Nay", on=CHANGED)
    parts = [areas.commune(world.province, f"0181{n}", f"Xã Phần {n}") for n in (1, 2)]
    Area.objects.filter(pk=parts[0].pk).update(valid_to=CHANGED - dt.timedelta(days=1))
    areas.merged(*parts, parent=world.province, code="01811", name="Xã Gộp", on=CHANGED)
    text = (
        "commune_code,Xã,resident_households,resident_persons\n"
        "1801,,10,20\n01811,Xã Gộp,30,60\n1811,Xã Phần 1,5,9\n01812,,6,9\n"
    )
    rows = resident_sheet.read(text.encode(), "residents.csv")
    read = resident_counts.read_rows(rows, round=world.round, by=department)
    assert [one.commune.name for one in read.counts] == [renamed.name, "Xã Gộp"]
    assert [(one.row, one.code) for one in read.said] == [(2, "code_of_other_time")]
    assert [(one.row, one.code) for one in read.problems] == [
        (4, "code_of_other_time"), (5, "code_of_other_time"),
    ]  # fmt: skip
    # Before the change the code of after it means several.
    old_round = reviews.periodic(world.province, 2023, reviews.standard())
    read = resident_counts.read_rows(rows[1:2], round=old_round, by=department)
    assert "Xã Phần 1 (01811), Xã Phần 2 (01812)" in read.problems[0].reason


def test_a_row_of_another_day_is_not_taken_for_this_one(world: World, department: User) -> None:
    """On that day the commune may be another."""
    text = (
        "commune_code,as_of,resident_households,resident_persons\n"
        "02008,2031-12-31,500,2200\n02008,,500,2200\n"
    )
    rows = resident_sheet.read(text.encode(), "residents.csv")

    read = resident_counts.read_rows(rows, round=world.round, by=department)

    assert [(one.row, one.column, one.value, one.code) for one in read.problems] == [
        (2, "as_of", "2031-12-31", "another_day")
    ]
    assert [one.as_of for one in read.counts] == [world.round.as_of]

    taken = resident_counts.read_rows(rows[:1], round=world.round, by=department, other_days=True)
    assert [one.as_of for one in taken.counts] == [dt.date(2031, 12, 31)]
    Area.objects.filter(pk=world.commune.pk).update(valid_to=dt.date(2031, 12, 30))
    refused = resident_counts.read_rows(rows[:1], round=world.round, by=department, other_days=True)
    assert [one.code for one in refused.problems] == ["another_day"]


def test_rows_of_another_area_are_refused_by_name(world: World) -> None:
    rows = resident_sheet.pasted("Xã Thử\t600\t2600\nXã Khác;nông thôn;5;9\n\nXã Lạ,1,2")
    read = resident_counts.read_rows(rows, round=world.round, by=world.officer)
    assert [one.commune for one in read.counts] == [world.commune]
    assert [(one.row, one.code) for one in read.problems] == [
        (2, "other_area"), (4, "unknown_commune"),
    ]  # fmt: skip
    assert read.problems[0].reason.startswith("Xã Khác: ")


def test_entered_once_and_marked_for_figures(world: World) -> None:
    assert resident_counts.enter(counts=[count(world)], by=world.officer) == 1
    assert resident_counts.enter(counts=[count(world)], by=world.officer) == 0
    assert resident_counts.enter(counts=[count(world, 610)], by=world.officer) == 1
    kept = ResidentCount.objects.get()
    assert (kept.households, kept.persons, kept.entered_by) == (610, 2600, world.officer)
    assert AuditEvent.objects.filter(verb="residents.enter").count() == 2
    assert ChangeMark.objects.get().commune == world.commune


def test_not_of_another_area_nor_fewer_people_than_households(world: World) -> None:
    stranger = users.user("stranger", Role.COMMUNE_OFFICER, world.other_commune)
    with pytest.raises(Refused, match="Xã Thử"):
        resident_counts.enter(counts=[count(world)], by=stranger)
    with pytest.raises(Invalid):
        resident_counts.enter(counts=[count(world, 600, 599)], by=world.officer)
    assert not ResidentCount.objects.exists()


PARTS = """commune_code,resident_households,resident_persons,minority_households,minority_persons,\
local_minority_households,local_minority_persons
02008,600,2600,500,2100,450,1900
02011,600,2600,500,,,
"""


def test_minorities_are_a_part_that_may_be_left_out(world: World, department: User) -> None:
    rows = resident_sheet.read(PARTS.encode(), "residents.csv")
    read = resident_counts.read_rows(rows, round=world.round, by=department)
    # Households without their people are no part.
    assert [(one.row, one.column, one.code) for one in read.problems] == [
        (3, "minority_households", "not_a_part")
    ]
    assert resident_counts.enter(counts=read.counts, by=department) == 1
    assert resident_counts.enter(counts=read.counts, by=department) == 0
    kept = ResidentCount.objects.get()
    assert [getattr(kept, name) for name in resident_counts.NUMBERS] == [
        600, 2600, 500, 2100, 450, 1900,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "part",
    [
        {"minority_households": 601, "minority_persons": 2000},
        {"minority_households": 500, "minority_persons": 2601},
        {"minority_households": 500, "minority_persons": 499},
        {"minority_households": 500},
        {"local_minority_households": 5, "local_minority_persons": 5},
    ],
)
def test_what_is_no_part_is_refused(world: World, part: dict[str, int]) -> None:
    with pytest.raises(Invalid, match="Xã Thử"):
        resident_counts.enter(counts=[replace(count(world), **part)], by=world.officer)
    assert not ResidentCount.objects.exists()


def test_a_change_over_five_percent_is_marked(world: World, department: User) -> None:
    before = reviews.periodic(world.province, 2023, reviews.standard())
    for commune, then, now in (
        (world.commune, 600, 630), (world.other_commune, 1000, 940),
    ):  # fmt: skip
        for day, households in ((before.as_of, then), (world.round.as_of, now)):
            one = Count(commune, day, Settlement.RURAL, households, 9000)
            resident_counts.enter(counts=[one], by=department)
    rows = queries.of_round(world.round, [world.commune, world.other_commune])
    assert [(row.change_percent, row.is_marked) for row in rows] == [(5.0, False), (-6.0, True)]


def test_a_commune_with_an_urban_village_has_both_parts(world: World) -> None:
    town = areas.village(world.commune, "Tổ 1")
    AreaTrait.objects.create(
        area=town, kind="SETTLEMENT", value=Settlement.URBAN, valid_from=dt.date(2020, 1, 1)
    )
    rows = queries.of_round(world.round, [world.commune, world.other_commune])
    assert [(row.commune, row.settlement) for row in rows] == [
        (world.commune, Settlement.RURAL),
        (world.commune, Settlement.URBAN),
        (world.other_commune, Settlement.RURAL),
    ]
