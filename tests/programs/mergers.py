"""Entries of one household or person in two communes, with support, for the tests of mergers."""

from types import SimpleNamespace

from django.db import connection

from households.choices import Role
from households.choices.duplicates import PairKind
from households.models import DuplicateMerge, DuplicatePair, Household, Person
from households.services.duplicates import merging
from households.services.duplicates.merging import Chosen
from programs.choices import BenefitState
from programs.models import Benefit, Programme, ProgrammeTerms, SupportList, SupportListRow
from programs.services import benefits
from programs.services.mergers import SUPPORT
from tests.factories import families, people, users
from tests.programs.conftest import Land, day
from tests.programs.support_lists import LONG_AGO

ON = day("2024-05-10")


def entered_twice(land: Land) -> SimpleNamespace:
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


def person_entered_twice(land: Land) -> SimpleNamespace:
    """A child entered twice: with its father, who is listed, and with its grandfather in the other
    commune. `homes` and `persons`: of who stays first."""
    born = day("2014-05-01")
    children = [people.person("Giàng A Con", birth_date=born) for _ in range(2)]
    homes = [
        people.household(land.village, people.person("Giàng A Dế"), children[0]),
        people.household(land.other_village, people.person("Giàng A Ông"), children[1]),
    ]
    families.on_list(homes[0], land.decision, since=LONG_AGO)
    pair = DuplicatePair.objects.create(
        kind=PairKind.PERSON, person_a=children[0], person_b=children[1],
        household_a=homes[0], household_b=homes[1], score=100, reasons=[],
    )  # fmt: skip
    by = users.user("so", Role.DEPARTMENT, land.province)
    return SimpleNamespace(homes=homes, persons=children, pair=pair, by=by)


def merged(two: SimpleNamespace, kept: str = "a") -> DuplicateMerge:
    return merging.merge(pair=two.pair, chosen=Chosen(kept, {}), why="Một hộ", by=two.by)


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


def row_on(found: SupportList, home: Household, person: Person, **facts: object) -> SupportListRow:
    like = SupportListRow.objects.filter(programme=found.programme).first()
    terms = like.terms if like else ProgrammeTerms.objects.filter(programme=found.programme).first()
    return SupportListRow.objects.create(
        support_list=found, programme=found.programme, household=home, person=person,
        village=home.residences.get().village, terms=terms, **facts,
    )  # fmt: skip
