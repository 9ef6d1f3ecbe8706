"""Lists as their pages and papers show them: counted, and row by row with names."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Sum, Value, When

from households.choices import Relation, SchoolLevel
from households.models import Membership, Person
from households.models.people import code_of
from programs.choices import BenefitState
from programs.models import SupportList, SupportListRow

_STATE = "rows__benefit__state"


def counted(lists: QuerySet[SupportList]) -> QuerySet[SupportList]:
    """Each with its numbers: `listed` (times), `listed_households` (distinct), and of its rows how
    many are `waiting`, `decided`, `received`, `refused`; `asked_vnd` in đồng. The newest first, in
    one query."""
    return lists.annotate(
        listed=Count("rows"),
        listed_households=Count("rows__household", distinct=True),
        waiting=Count("rows", filter=Q(**{_STATE: BenefitState.LISTED})),
        decided=Count("rows", filter=Q(**{_STATE: BenefitState.DECIDED})),
        received=Count(
            "rows", filter=Q(**{f"{_STATE}__in": [BenefitState.SERVED, BenefitState.CLOSED]})
        ),
        refused=Count("rows", filter=Q(**{_STATE: BenefitState.REFUSED})),
        asked_vnd=Sum("rows__amount_vnd"),
    ).order_by("-listed_on", "-pk")


def in_order(rows: QuerySet[SupportListRow]) -> QuerySet[SupportListRow]:
    """As they stand on paper: by school level, village, head, household and person; by number once
    they have one."""
    levels = [
        When(school_level=level, then=Value(at)) for at, level in enumerate(SchoolLevel.values)
    ]
    return rows.order_by(
        F("listed_no").asc(nulls_last=True),
        Case(*levels, default=Value(-1), output_field=IntegerField()),
        "village__folded_name",
        "household__card__folded_head_name",
        "household",
        "person",
    )


@dataclass(frozen=True)
class Listed:
    """A row with who it is: the person, or the head where households are served (None where
    nobody headed it on the day)."""

    number: int
    row: SupportListRow
    person: Person | None
    head_name: str

    @property
    def name(self) -> str:
        return self.person.full_name if self.person else self.head_name

    @property
    def code(self) -> str:
        return code_of(self.row.household_id)


def listed(
    found: SupportList, rows: QuerySet[SupportListRow] | None = None, *, start: int = 1
) -> list[Listed]:
    """The rows of a list in order (or those given, in theirs, numbered from `start` where they have
    no number yet), with names and benefits. One query, one more where households are served."""
    own = in_order(SupportListRow.objects.filter(support_list=found)) if rows is None else rows
    in_sequence = list(
        own.select_related("household__card", "person", "village", "terms", "benefit__loan_facts")
    )
    heads = _heads(in_sequence, found.listed_on)
    return [
        Listed(
            number=row.listed_no or number,
            row=row,
            person=row.person or heads.get(row.household_id),
            head_name=row.household.card.head_name,
        )
        for number, row in enumerate(in_sequence, start=start)
    ]


def _heads(rows: Iterable[SupportListRow], on: dt.date) -> dict[int, Person]:
    households = [row.household_id for row in rows if row.person_id is None]
    if not households:
        return {}
    held = Membership.objects.on(on).filter(household__in=households, relation=Relation.HEAD)
    return {one.household_id: one.person for one in held.select_related("person")}


def of_household(household_id: int) -> list[SupportListRow]:
    """On which lists a household and its members stand or stood; those taken back are left out.
    One query."""
    rows = SupportListRow.objects.filter(household=household_id)
    rows = rows.filter(Q(on_draft=True) | Q(benefit__isnull=False))
    return list(rows.select_related("support_list__programme", "person", "benefit").order_by("-pk"))


@dataclass(frozen=True)
class LevelTotal:
    """Rows of one school level: how many pupils (times listed) and đồng."""

    level: str
    rows: int
    amount_vnd: int

    @property
    def label(self) -> str:
        return str(SchoolLevel(self.level).label) if self.level else ""


def levels(found: SupportList) -> list[LevelTotal]:
    """Of a list of schooling, in the order of levels; none for others. One query."""
    if found.school_year is None:
        return []
    totals = found.rows.order_by().values_list("school_level")
    rows = totals.annotate(rows=Count("pk"), amount=Sum("amount_vnd"))
    order = ["", *SchoolLevel.values]
    told = [LevelTotal(level, number, amount or 0) for level, number, amount in rows]
    return sorted(told, key=lambda one: order.index(one.level))


def by_state(found: SupportList) -> dict[str, int]:
    """Rows of a list that was handed over, by the state of their benefit. One query."""
    rows = found.rows.order_by().values_list("benefit__state").annotate(rows=Count("pk"))
    return dict(rows)


@dataclass(frozen=True)
class VillageAnswers:
    """Rows of one village of a list that was handed over, by what came of them."""

    village_id: int
    name: str
    rows: int
    waiting: int
    decided: int
    received: int
    refused: int


def by_village(found: SupportList) -> list[VillageAnswers]:
    """By name. One query."""
    state = "benefit__state"
    rows = found.rows.order_by("village__folded_name").values_list("village", "village__name")
    told = rows.annotate(
        rows=Count("pk"),
        waiting=Count("pk", filter=Q(**{state: BenefitState.LISTED})),
        decided=Count("pk", filter=Q(**{state: BenefitState.DECIDED})),
        received=Count(
            "pk", filter=Q(**{f"{state}__in": [BenefitState.SERVED, BenefitState.CLOSED]})
        ),
        refused=Count("pk", filter=Q(**{state: BenefitState.REFUSED})),
    )
    return [VillageAnswers(*row) for row in told]
