"""T4 to T11 worked by hand, and what every table has in common."""

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.errors import DomainError
from households.models import Area, EthnicGroup, ProcedureTerm
from households.services import marks
from reports.choices import FigureLevel, FigureStatus
from reports.queries import page_memo, questions, tables
from reports.queries.rows import NO_CHILD_AGE, NOT_ASKED, Figure, rounded
from tests.factories import figures, reviews


def told(
    world: figures.World, code: str, area_code: str = "02008", unit: str | None = None,
    **more: object,
) -> dict[str, Figure]:  # fmt: skip
    """The figures of a row that are not 0."""
    asked = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.COMMUNE, **more
    )
    [row] = [
        one
        for one in tables.table(code, asked).rows
        if one.unit.code == area_code and (unit is None or one.counted == unit)
    ]
    return {column: figure for column, figure in row.figures.items() if figure != 0}


LACKS = {
    "house_area": 5, "water": 5, "toilet": 5, "telecom": 1, "health_ins": 1, "nutrition": 1,
    "child_school": 1,
}  # fmt: skip


@pytest.mark.django_db
def test_every_other_table() -> None:
    world = figures.world()
    assert told(world, "T4") == {"households": 5, "deprivations": 19, **LACKS}
    rates = {code: 20 * count for code, count in LACKS.items()}
    assert told(world, "T5") == {"households": 5, "deprivations": 19, **rates}
    assert told(world, "T6") == {"households": 1}
    assert told(world, "T7") == {"households": 1}
    # B's one near-poor lacks nothing, C has none: a rate of nothing is no rate.
    assert told(world, "T7", "02143")["water"] is None
    assert told(world, "T8", unit="households") == {
        "poor_total": 5, "poor_ethnic_minority": 1, "poor_no_labour": 1, "poor_merit": 1,
        "poor_other": 2, "near_poor_total": 1, "near_poor_other": 1,
        "poor_labour": 4, "near_poor_labour": 1,
    }  # fmt: skip
    assert told(world, "T8", unit="persons") == {
        "poor_total": 7, "poor_ethnic_minority": 2, "poor_no_labour": 1, "poor_merit": 2,
        "poor_other": 2, "near_poor_total": 1, "near_poor_other": 1,
        "poor_labour": 6, "near_poor_labour": 1,
    }  # fmt: skip
    assert told(world, "T10") == {"cause_1": 1, "cause_2": 2, "cause_7": 1, "cause_8": 1}
    children = {"children": 1, "health_ins": 1, "nutrition": 1, "child_school": 1}
    assert told(world, "T11") == children
    assert told(world, "T11", "02011") == {}
    # Results and lists say the same where everybody was reviewed.
    for code in ("T4", "T6", "T9", "T10", "T11"):
        assert told(world, code, status=FigureStatus.PRELIMINARY) == told(world, code)


@pytest.mark.django_db
def test_ethnic_groups() -> None:
    world = figures.world()
    EthnicGroup.objects.create(code="08", name="Mông", is_minority=True)
    for survey in world.rounds[2023].surveys.filter(ethnic_group=None):
        survey.assessments.update(ethnic_group=EthnicGroup.objects.get(code="01"))
    assert told(world, "T9") == {
        "poor_total": 5, "poor_kinh": 4, "poor_minority": 1, "poor_02": 1,
        "near_poor_total": 1, "near_poor_kinh": 1,
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("status", list(FigureStatus))
def test_minorities_that_are_not_listed_apart_are_together(status: FigureStatus) -> None:
    """Tày is listed apart, so Mông is among the others; each keeps its own column. The others
    state no group."""
    world = figures.world()
    mong = EthnicGroup.objects.create(code="08", name="Mông", is_minority=True)
    mover = world.homes["from_near"]
    world.rounds[2023].surveys.get(household=mover).assessments.update(ethnic_group=mong)
    marks.mark_changed(round_id=world.rounds[2023].pk, commune_ids=[world.a.pk])
    before = told(world, "T9", status=status)
    assert {"poor_02", "poor_08"} <= set(before)
    assert "poor_other_minority" not in before
    ProcedureTerm.objects.create(
        name="listed_minorities", value=["02"], valid_from=dt.date(2023, 1, 1),
        source="Tỉnh chọn", set_by=world.by, set_on=dt.date(2023, 1, 1),
    )  # fmt: skip
    assert told(world, "T9", status=status) == {
        "poor_total": 5, "poor_minority": 2, "poor_02": 1, "poor_08": 1, "poor_other_minority": 1,
        "poor_unstated": 3, "near_poor_total": 1, "near_poor_unstated": 1,
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("status", list(FigureStatus))
def test_what_poor_and_near_poor_lack_together(status: FigureStatus) -> None:
    world = figures.world()
    one_lacks = told(world, "T4", status=status)
    assert told(world, "L", status=status) == one_lacks | {"households": 6}


@pytest.mark.django_db
def test_official_only_where_every_commune_of_the_area_decided() -> None:
    world = figures.world(decide_last=False)
    world.decide(2023, world.c)

    def status(area: Area) -> FigureStatus:
        level = FigureLevel.COMMUNE
        return questions.asked(round=world.rounds[2023], area=area, level=level).status

    assert status(world.province) == FigureStatus.PRELIMINARY
    assert status(world.near) == FigureStatus.PRELIMINARY
    assert status(world.far) == FigureStatus.OFFICIAL
    official = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.COMMUNE,
        status=FigureStatus.OFFICIAL,
    )  # fmt: skip
    found = tables.table("t1", official)
    assert [row.figures["poor_households"] for row in found.rows] == [0, 0, 1]
    assert [note[:2] for note in found.notes] == ["2 "]


@pytest.mark.django_db
def test_a_household_without_a_form_leaves_what_it_lacks_unknown() -> None:
    world = figures.world()
    assert told(world, "T4")["water"] == 5
    world.rounds[2023].surveys.get(household=world.homes["stayer"]).assessments.all().delete()
    found = told(world, "T4")
    assert (found["households"], found["water"]) == (5, None)
    assert told(world, "T8", unit="households")["poor_total"] == 5
    assert told(world, "T8", unit="households")["poor_merit"] is None
    assert told(world, "T11")["children"] is None


@pytest.mark.django_db
def test_a_table_costs_few_statements_whatever_the_area(
    django_assert_max_num_queries: object,
) -> None:
    world = figures.world()
    asked = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.COMMUNE
    )
    for code in tables.TABLES:
        with django_assert_max_num_queries(5):  # type: ignore[operator]
            tables.table(code, asked)
    with pytest.raises(DomainError, match="T99"):
        tables.table("T99", asked)


@pytest.mark.django_db
def test_the_page_of_figures_lists_every_table_and_column() -> None:
    world = figures.world()
    page = (Path(settings.BASE_DIR) / "docs" / "figures.md").read_text(encoding="utf-8")
    sections = page.split("\n## ")
    asked = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.PROVINCE
    )
    for code in tables.TABLES:
        [section] = [one for one in sections if one.startswith((f"{code} ", f"{code},"))
                     or f", {code} " in one.splitlines()[0]]  # fmt: skip
        for column in tables.table(code, asked).columns:
            known = f"`{column}`" in section
            is_a_group = column.rsplit("_", 1)[-1].isdigit() and "`poor_<code>`" in section
            assert known or is_a_group, f"{code}.{column}"


def test_rates_are_rounded_half_up_at_the_edge() -> None:
    assert [str(rounded(Fraction(one, 1000))) for one in (1005, 1015, 4375, 12)] == [
        "1.01", "1.02", "4.38", "0.01",
    ]  # fmt: skip


@pytest.mark.django_db
def test_what_a_form_does_not_ask_for_is_no_zero() -> None:
    world = figures.land()
    old = reviews.standard("std_2016")
    round = reviews.periodic(world.province, 2020, old)
    asked = questions.asked(
        round=round, area=world.province, level=FigureLevel.PROVINCE, standard=old
    )
    (lacks,) = tables.table("T4", asked).rows
    assert lacks.figures["health_access"] is None
    assert lacks.reasons["health_access"] == NOT_ASKED
    assert lacks.figures["deprivations"] == 0
    (children,) = tables.table("T11", asked).rows
    assert children.reasons["children"] == NO_CHILD_AGE


@pytest.mark.django_db
def test_tables_counted_together_are_those_counted_one_by_one() -> None:
    world = figures.world()
    asked = questions.asked(
        round=world.rounds[2023], area=world.province, level=FigureLevel.COMMUNE,
        status=FigureStatus.OFFICIAL,
    )  # fmt: skip
    codes = ("T1", "T2", "T3", "T4", "T6", "T8", "T9", "T10", "T12", "T13")
    alone = {code: tables.table(code, asked).rows for code in codes}
    with page_memo.within({}):
        with CaptureQueriesContext(connection) as asking:
            tables.ahead(codes, asked)
        together = {code: tables.table(code, asked).rows for code in codes}
        with CaptureQueriesContext(connection) as again:
            tables.ahead(codes, asked)
    assert together == alone
    assert sum("list_now AS MATERIALIZED" in one["sql"] for one in asking) == 1
    assert not any("list_now" in one["sql"] for one in again)
