"""Support of two entries that become one: it goes with who stays, and comes back."""

from types import SimpleNamespace

import pytest
from django.db import connection
from pytest_django import Settings

from households.choices import Role
from households.choices.duplicates import PairKind
from households.errors import Refused
from households.models import DuplicateMerge, DuplicatePair, Person
from households.services.duplicates import merging, undoing
from households.services.duplicates.merging import Chosen
from programs.choices import BenefitState
from programs.choices.plan_list import WhyPlanned
from programs.models import Benefit, Companion, PlanEntry, Programme, SupportListRow
from programs.services import benefits, list_rows
from programs.services.mergers import SUPPORT
from tests.factories import families, people, users
from tests.programs.conftest import Land, day
from tests.programs.support_lists import LONG_AGO, begun

ON = day("2024-05-10")


@pytest.fixture(autouse=True)
def in_2024(settings: Settings) -> None:
    settings.POVREG_TODAY = day("2024-10-15")
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def two(land: Land) -> SimpleNamespace:
    """A household entered in two communes, listed in the first."""
    born = day("1970-04-03")
    heads = [people.person("Giàng A Dế", birth_date=born) for _ in range(2)]
    wives = [people.person("Vàng Thị Mo", sex="F", birth_date=born) for _ in range(2)]
    villages = (land.village, land.other_village)
    homes = [
        people.household(where, head, wife)
        for where, head, wife in zip(villages, heads, wives, strict=True)
    ]
    families.on_list(homes[0], land.decision, since=LONG_AGO)
    pair = DuplicatePair.objects.create(
        kind=PairKind.HOUSEHOLD, household_a=homes[0], household_b=homes[1], score=100, reasons=[]
    )
    by = users.user("so", Role.DEPARTMENT, land.province)
    return SimpleNamespace(homes=homes, heads=heads, wives=wives, pair=pair, by=by)


def merged(two: SimpleNamespace) -> DuplicateMerge:
    return merging.merge(pair=two.pair, chosen=Chosen("a", {}), why="Một hộ", by=two.by)


def given(two: SimpleNamespace, at: int, code: str, person: Person | None = None) -> Benefit:
    return benefits.record(
        programme=Programme.objects.get(code=code), household=two.homes[at], person=person,
        by=two.by, acted_on=ON, state=BenefitState.SERVED, own_way=True,
        without_ground_because="Theo danh sách cũ",
    )  # fmt: skip


def support() -> dict[str, list[str]]:
    """Every row of the tables that follow, as the database holds it."""
    rows = {}
    with connection.cursor() as cursor:
        for model in SUPPORT.tables:
            table = model._meta.db_table
            cursor.execute(f"SELECT to_jsonb(t)::text FROM {table} t ORDER BY id")
            rows[table] = [row for (row,) in cursor.fetchall()]
    return rows


def test_support_goes_with_who_stays_and_comes_back(land: Land, two: SimpleNamespace) -> None:
    loan = given(two, 1, "loan")
    card = given(two, 1, "health_card", two.wives[1])
    entries = [
        PlanEntry.objects.create(
            household=home, year=2025, commune=land.commune, poverty_class="POOR",
            why=WhyPlanned.CHOSEN, recorded_by=two.by,
        )
        for home in two.homes
    ]  # fmt: skip
    agreed = entries[1].actions.create(words="Nuôi bò", due_on=ON)
    for at, since in ((0, "2024-03-01"), (1, "2023-01-01")):
        Companion.objects.create(
            household=two.homes[at], user=two.by, valid_from=day(since), recorded_by=two.by
        )
    before = support()
    done = merged(two)
    for one in (loan, card, agreed):
        one.refresh_from_db()
    assert (loan.household, loan.commune) == (two.homes[0], land.other_commune)
    assert (card.household, card.person) == (two.homes[0], two.wives[0])
    assert agreed.entry == entries[0]
    off = PlanEntry.objects.get(household=two.homes[1])
    assert off.taken_off_because
    assert Companion.objects.get(household=two.homes[1]).valid_to == day("2024-10-15")
    undoing.undo(merge=done, by=two.by)
    assert support() == before


def test_what_is_given_once_is_not_had_twice(two: SimpleNamespace) -> None:
    for at in (0, 1):
        one = given(two, at, "loan")
        Benefit.objects.filter(pk=one.pk).update(once=True)
    before = support()
    with pytest.raises(Refused, match="which is given once"):
        merged(two)
    assert support() == before


def test_two_on_lists_being_drawn_up(land: Land, two: SimpleNamespace) -> None:
    found = begun(land)
    list_rows.put_due(support_list=found, by=land.officer)
    row = SupportListRow.objects.get(household=two.homes[0])
    other = SupportListRow.objects.create(
        support_list=found, programme=row.programme, household=two.homes[1],
        village=row.village, terms=row.terms,
    )  # fmt: skip
    with pytest.raises(Refused, match="off its list first"):
        merged(two)
    row.delete()
    merged(two)
    other.refresh_from_db()
    assert other.household == two.homes[0]


def test_support_given_since_forbids_taking_it_back(two: SimpleNamespace) -> None:
    done = merged(two)
    given(two, 0, "loan")
    with pytest.raises(Refused, match="changed the entries"):
        undoing.undo(merge=done, by=two.by)
