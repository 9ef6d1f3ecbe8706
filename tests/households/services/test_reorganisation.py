"""Bắc Kạn from 2024 to 2026 on the shipped map: families and staff follow, and figures of either
year add up on either map."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.db import connection

from households.choices import AreaLevel, Role
from households.models import (
    Area,
    Assignment,
    HouseholdCard,
    PovertyStandard,
    ReviewRound,
    User,
)
from households.rights import Rights
from households.services import reference
from households.services.reorganisation import drafts, obstacles, shipped, signing
from households.services.system_user import system_user
from reports.choices import FigureLevel
from reports.choices import Unit as Counted
from reports.queries import official_result, questions, rounds_on_offer, tables
from tests.factories import areas, figures, reviews

pytestmark = pytest.mark.django_db
BEFORE, DAY, AFTER = dt.date(2024, 10, 1), dt.date(2025, 7, 1), dt.date(2026, 10, 1)
#: Old commune: (poor households of 2024, of 2026). 02041 lay in another district than the others
#: that became Đồng Phúc; 01864 and 01933 are codes used again.
POOR = {
    "01858": (1, 2), "01864": (2, 0), "01924": (1, 1), "01933": (2, 1), "02041": (3, 1),
    "01957": (1, 2),
}  # fmt: skip
DISTRICTS = {
    "060": ["01858", "01864"],
    "061": ["01924", "01933"],
    "062": ["01957"],
    "064": ["02041"],
}
BECAME = {"01864": ["01858", "01864"], "01933": ["01924", "01933", "02041"], "01957": ["01957"]}


def _total(codes: list[str], at: int) -> int:
    return sum(POOR[one][at] for one in codes)


@pytest.fixture
def standard(db: None) -> PovertyStandard:
    reference.load(by=system_user())
    return reviews.standard()


def _commune(code: str, day: dt.date) -> Area:
    found: Area = Area.objects.on(day).get(level=AreaLevel.COMMUNE, code=code)
    return found


def _round(province: Area, day: dt.date, standard: PovertyStandard) -> ReviewRound:
    found = reviews.periodic(province, day.year, standard)
    found.as_of = day
    found.save()
    return found


def _figures(round: ReviewRound, level: FigureLevel, day: dt.date) -> dict[str, object]:
    question = questions.asked(round=round, area=round.province, level=level, areas_on=day)
    rows = official_result.of(question)
    return {row.unit.code: row.figures["poor_households"] for row in rows}


def test_played_from_2024_to_2026(standard: PovertyStandard, settings: LazySettings) -> None:
    settings.POVREG_TODAY = BEFORE
    old = Area.objects.on(BEFORE).get(level=AreaLevel.PROVINCE, code="06")
    new = Area.objects.on(DAY).get(level=AreaLevel.PROVINCE, code="19")
    officer = User.objects.create(username="can-bo-bang-phuc")
    Assignment.objects.create(
        user=officer, role=Role.COMMUNE_OFFICER, area=_commune("02041", BEFORE), valid_from=BEFORE
    )
    department = User.objects.create(username="so")
    Assignment.objects.create(user=department, role=Role.DEPARTMENT, area=new, valid_from=DAY)
    of_2024 = _round(old, BEFORE, standard)
    for commune in Area.objects.on(BEFORE).under(old).at(AreaLevel.COMMUNE):
        areas.village(commune, f"Thôn {commune.code}")
    families = {
        code: _review(of_2024, Area.objects.get(name=f"Thôn {code}"), poor)
        for code, (poor, __) in POOR.items()
    }

    settings.POVREG_TODAY = DAY
    ReviewRound.objects.update(is_closed=True)
    draft = shipped.prepare(province=new, changed_on=DAY, by=department)
    drafts.set_paper(
        reorganisation=draft, changed_on=DAY, paper_number="1683/NQ-UBTVQH15",
        paper_date=dt.date(2025, 6, 16), paper_by="UBTVQH", by=department,
    )  # fmt: skip
    assert (len(draft.parts), draft.paper_number) == (37, "1683/NQ-UBTVQH15")
    assert [one.reason for one in obstacles.standing(draft)] == []
    assert signing.sign(reorganisation=draft, by=department) == _total(list(POOR), 0)
    _families_and_staff_followed(families, officer)

    settings.POVREG_TODAY = AFTER
    of_2026 = _round(new, AFTER, standard)
    for code, (__, poor) in POOR.items():
        _review(of_2026, Area.objects.on(AFTER).get(name=f"Thôn {code}"), poor)
    _figures_add_up(of_2024, of_2026)


def _review(round: ReviewRound, village: Area, poor: int) -> list[int]:
    """Poor families, the first anew; their ids."""
    return [
        reviews.surveyed(round, village, system_user(), **figures.POOR).household_id
        for __ in range(poor)
    ]


def _families_and_staff_followed(families: dict[str, list[int]], officer: User) -> None:
    for new, olds in BECAME.items():
        commune = _commune(new, DAY)
        ids = {pk for old in olds for pk in families[old]}
        cards = HouseholdCard.objects.under(commune)
        assert set(cards.values_list("pk", flat=True)) == ids
    held = Rights(officer, on=DAY)
    sees = frozenset({Role.COMMUNE_OFFICER})
    card = HouseholdCard.objects.get(pk=families["01924"][0])
    assert held.holds(sees, card.village)
    assert held.holds(sees, _commune("01933", BEFORE))
    assert not held.holds(sees, _commune("01864", DAY))


def _figures_add_up(of_2024: ReviewRound, of_2026: ReviewRound) -> None:
    """Against totals added by hand, by old and by new units."""
    by_new = {code: _total(olds, 0) for code, olds in BECAME.items()}
    assert _told(_figures(of_2024, FigureLevel.COMMUNE, AFTER)) == by_new
    by_old = {code: poor for code, (poor, __) in POOR.items() if poor}
    assert _told(_figures(of_2024, FigureLevel.COMMUNE, BEFORE)) == by_old
    assert _told(_figures(of_2026, FigureLevel.COMMUNE, AFTER)) == {
        code: _total(olds, 1) for code, olds in BECAME.items()
    }
    assert _told(_figures(of_2026, FigureLevel.DISTRICT, BEFORE)) == {
        code: _total(olds, 1) for code, olds in DISTRICTS.items()
    }
    assert _told(_figures(of_2024, FigureLevel.DISTRICT, BEFORE)) == {
        code: _total(olds, 0) for code, olds in DISTRICTS.items()
    }

    _tables_add_up(of_2024, FigureLevel.COMMUNE, AFTER, dict(_new_of()))
    _tables_add_up(of_2024, FigureLevel.COMMUNE, BEFORE, {code: code for code in POOR})
    _tables_add_up(of_2026, FigureLevel.DISTRICT, BEFORE, _district_of())
    # An area that ended is one row on any map, and the whole is what its units add up to.
    for area in (of_2024.province, of_2026.province):
        for round, at in ((of_2024, 0), (of_2026, 1)):
            for day in (BEFORE, AFTER):
                question = questions.asked(
                    round=round, area=area, level=FigureLevel.PROVINCE, areas_on=day
                )
                [row] = official_result.of(question)
                assert row.unit.key == area.pk
                assert row.figures["poor_households"] == _total(list(POOR), at)
    # Units that hold nothing of the round's map have no row.
    question = questions.asked(
        round=of_2024, area=of_2026.province, level=FigureLevel.COMMUNE, areas_on=AFTER
    )
    assert len(question.units.rows) == 37
    # Of an area that ended the rounds of today are on offer too.
    assert [one.round for one in rounds_on_offer.of(of_2024.province)] == [of_2026, of_2024]


def _new_of() -> Iterator[tuple[str, str]]:
    for new, olds in BECAME.items():
        yield from ((old, new) for old in olds)


def _district_of() -> dict[str, str]:
    return {code: district for district, codes in DISTRICTS.items() for code in codes}


#: Column to what the form says of it, of a poor household.
_COUNTED = {
    ("T1", "poor_persons"): "sum(a.persons)",
    ("T2", "closing"): "count(*)",
    ("T4", "deprivations"): "sum(a.deprivations)",
    ("T4", "toilet"): "count(*) FILTER (WHERE s.toilet_hygienic IS FALSE)",
    ("T8", "poor_total"): "count(*)",
    ("T8", "poor_ethnic_minority"): "count(*) FILTER (WHERE a.is_minority)",
    ("T10", "cause_2"): "count(*) FILTER (WHERE s.causes ? '2')",
}
_BY_VILLAGE = """
SELECT v.name, {counts}
FROM households_assessment a
JOIN households_survey s ON s.id = a.survey_id JOIN households_area v ON v.id = a.village_id
WHERE a.round_id = %s AND a.poverty_class = 'POOR' GROUP BY v.name
"""


def _tables_add_up(
    round: ReviewRound, level: FigureLevel, day: dt.date, unit_of: dict[str, str]
) -> None:
    """Against sums over the forms, placed by the test's own relation of codes: a village is named
    by the code of the commune it was in."""
    with connection.cursor() as cursor:
        cursor.execute(_BY_VILLAGE.format(counts=", ".join(_COUNTED.values())), [round.pk])
        by_village = {name.split()[-1]: counts for name, *counts in cursor.fetchall()}
    question = questions.asked(round=round, area=round.province, level=level, areas_on=day)
    for at, (table, column) in enumerate(_COUNTED):
        wanted: Counter[str] = Counter()
        for code, counts in by_village.items():
            wanted[unit_of[code]] += counts[at]
        rows = [
            row
            for row in tables.table(table, question).rows
            if row.counted in (None, Counted.HOUSEHOLDS)
        ]
        found = {row.unit.code: row.figures[column] for row in rows if row.figures[column]}
        assert found == +wanted, (table, column, level, day)


def _told(figures: dict[str, object]) -> dict[str, object]:
    return {code: number for code, number in figures.items() if number}
