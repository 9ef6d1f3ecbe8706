"""T14 and T15: who is on the list, with whom, where, and since when, worked by hand."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from households.models import Area, Assessment, StatusPeriod, Survey
from households.services import complete_lists
from programs.choices import BenefitState
from programs.models import Benefit, Programme
from programs.services import programmes
from reports import definitions
from reports.choices import FigureStatus
from reports.contents import canonical
from reports.contents.content import Content, Line
from reports.services import contents
from reports.services.contents import Asked
from tests.factories import figures

pytestmark = pytest.mark.django_db


def made(
    world: figures.World, report: str, area: Area, status: FigureStatus = FigureStatus.OFFICIAL
) -> Content:
    asked = Asked(area, world.rounds[2023], world.standard, status, timezone.now())
    return contents.content(definitions.named(report), asked)


def lines(content: Content) -> list[Line]:
    ((_sheet, found),) = content.sheets
    return list(found)


def cells(content: Content, level: str = "") -> list[dict[str, object]]:
    ((sheet, found),) = content.sheets
    keys = [column.key for column in sheet.columns]
    return [
        {key: cell for key, cell in zip(keys, line.cells, strict=True) if cell is not None}
        for line in found
        if not level or line.level == level
    ]


def all_complete(world: figures.World) -> None:
    for commune in (world.a, world.b, world.c):
        complete_lists.say(commune=commune, year=2021, by=world.by)


def test_each_household_with_its_members_and_what_it_came_by() -> None:
    world = figures.world()
    all_complete(world)
    found = lines(made(world, "T15", world.a))
    assert [line.level for line in found] == [
        "village", "household", "household", "member", "household", "household", "member",
        "household", "commune",
    ]  # fmt: skip
    by_key = {line.key: line for line in found if line.level == "household"}
    origins = {
        name: by_key[world.homes[name].pk].cells[7]
        for name in ("stayer", "relapser", "from_near", "newcomer", "split_off")
    }
    assert origins == {
        "stayer": "Cũ", "relapser": "Tái nghèo", "from_near": "Từ cận nghèo", "newcomer": "Mới",
        "split_off": "Tăng khác",
    }  # fmt: skip
    assert found[-1].cells[2] == "Tổng cộng: 5 hộ, 7 nhân khẩu"
    # The results tell the same before the lists are decided.
    preliminary = made(world, "T15", world.a, FigureStatus.PRELIMINARY)
    assert [line.cells for line in lines(preliminary)] == [line.cells for line in found]


def test_the_cells_of_a_household_and_of_a_member() -> None:
    world = figures.world()
    survey = Survey.objects.get(household=world.homes["newcomer"], round=world.rounds[2023])
    survey.support_wanted = ["credit", "housing"]
    survey.save(update_fields=["support_wanted"])
    all_complete(world)
    found = cells(made(world, "T15", world.a))
    at = next(at for at, one in enumerate(found) if one.get("origin") == "Mới")
    assert found[at] == {
        "household_number": "4", "member_number": "1", "name": "Nông Văn Thử", "birth_male": "1980",
        "ethnic": "Tày", "relation": "Chủ hộ", "origin": "Mới", "minority": "x",
        "support_credit": "x", "support_housing": "x",
    }  # fmt: skip
    assert found[at + 1] == {
        "member_number": "2", "name": "Nông Thị Bé", "birth_female": "2016", "ethnic": "Tày",
        "relation": "Con",
    }  # fmt: skip


def test_support_received_in_the_year_counts_as_what_it_answers() -> None:
    world = figures.world()
    programmes.load(by=world.by)
    received(world, "stayer", "health_card", dt.date(2023, 3, 1))
    received(world, "stayer", "tet_gift", dt.date(2023, 2, 1))
    received(world, "newcomer", "housing", dt.date(2022, 3, 1))  # long ago
    received(world, "relapser", "loan", dt.date(2022, 5, 1), until=dt.date(2027, 5, 1))
    found = {line.key: line for line in lines(made(world, "T15", world.a))}
    keys = [column.key for column in next(iter(made(world, "T15", world.a).sheets))[0].columns]

    def support(name: str) -> set[str]:
        cells = zip(keys, found[world.homes[name].pk].cells, strict=True)
        return {key for key, cell in cells if cell and key.startswith("support_")}

    assert support("stayer") == {"support_health", "support_other"}
    assert support("newcomer") == set()
    assert support("relapser") == {"support_credit"}


def received(
    world: figures.World, name: str, code: str, day: dt.date, until: dt.date | None = None
) -> None:
    Benefit.objects.create(
        programme=Programme.objects.get(code=code), household=world.homes[name], commune=world.a,
        state=BenefitState.SERVED, acted_on=day, served_on=day, recorded_by=world.by,
        valid_from=day if until else None, valid_to=until,
    )  # fmt: skip


def test_an_area_has_its_own_households_village_by_village() -> None:
    world = figures.world()
    province = lines(made(world, "T15", world.province))
    assert [line.name for line in province if line.level == "commune"] == [
        world.a.name, "Xã Bên", "Xã Xa",
    ]  # fmt: skip
    everybody = [line.key for line in province if line.level == "household"]
    own = [line.key for line in lines(made(world, "T15", world.c)) if line.level == "household"]
    assert own == everybody[-1:]
    assert [line.number for line in province if line.level == "household"] == [
        str(number) for number in range(1, 8)
    ]
    district = lines(made(world, "T15", world.near))
    assert [line.key for line in district if line.level == "household"] == everybody[:-1]


def test_without_known_history_nobody_is_called_new() -> None:
    world = figures.world()
    content = made(world, "T15", world.a)
    ((sheet, found),) = content.sheets
    assert {line.cells[7] for line in found if line.level == "household"} == {
        "Cũ", "Từ cận nghèo", "Mới hoặc tái", "Tăng khác",
    }  # fmt: skip
    assert "chưa phân biệt được" in sheet.notes[0]


def test_who_has_no_form_is_listed_as_the_register_has_him() -> None:
    world = figures.world()
    for survey in Survey.objects.filter(household=world.homes["stayer"]):
        StatusPeriod.objects.filter(survey=survey).update(survey=None)
        Assessment.objects.filter(survey=survey).delete()
    found = lines(made(world, "T15", world.a))
    at = next(at for at, line in enumerate(found) if line.key == world.homes["stayer"].pk)
    assert [line.cells[2] for line in found[at : at + 2]] == ["Nông Văn Thử", "Nông Thị Thử"]
    assert set(found[at].reasons) == {"merit", "minority", "no_labour"}


def test_one_statement_however_long_the_list() -> None:
    world = figures.world()
    content = made(world, "T15", world.province)
    ((_sheet, found),) = content.sheets
    with CaptureQueriesContext(connection) as captured:
        assert len(list(found)) > 10
    assert len([one for one in captured if "SELECT" in one["sql"]]) <= 3
    packed = canonical.pack(made(world, "T15", world.province))
    _sheet, again = next(iter(canonical.unpack(packed.content).sheets))
    assert len(list(again)) == packed.lines
