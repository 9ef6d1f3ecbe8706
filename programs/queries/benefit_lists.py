"""Lists of support as their pages show them, and whom a row may be about."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from households import clock
from households.choices import AreaLevel, Relation
from households.models import Area, Membership, User
from households.queries import household_search
from households.queries.list_order import Order
from households.rights import rights
from programs.choices import Recipient
from programs.choices.benefit_lists import IN_ERROR, RECORDED, TO_SETTLE, RowOutcome
from programs.models import Benefit, BenefitList, BenefitListRow, Programme
from programs.policies import RECORDS_BENEFITS
from programs.policies.benefit_lists import (
    sees_whole_list,
    visible_benefit_lists,
    visible_list_rows,
)
from programs.policies.coverage import has_deciding_ground

MOST_FOUND = 20


@dataclass(frozen=True)
class Candidate:
    """A household that a row may be about, with the members to choose from (None: it is for the
    household as a whole)."""

    row: household_search.Row
    members: Sequence[tuple[int, str, int | None]] | None


@dataclass(frozen=True)
class ListNumbers:
    """What a list comes to for its reader: rows, times served with their money in đồng, of these
    `without_ground`; rows in error, and rows that wait for somebody (`to_settle`, None where the
    list's own page counts them). `is_whole`: of all rows, as they were when the list was checked;
    else of the rows of the reader's area alone."""

    rows: int
    times: int
    amount_vnd: int
    without_ground: int
    in_error: int
    to_settle: int | None
    is_whole: bool


def of_user(user: User) -> QuerySet[BenefitList]:
    """Lists the user sees, newest first."""
    return visible_benefit_lists(user).select_related("programme", "area", "sent_by")


def numbers_of(user: User, lists: Sequence[BenefitList]) -> dict[int, ListNumbers]:
    """By key of the list; none of a list that is not read yet. One query at most, over the rows of
    lists that are not seen whole."""
    found: dict[int, ListNumbers] = {}
    parts = []
    for one in lists:
        if not sees_whole_list(user, one):
            parts.append(one)
        elif one.counts:
            told = {name: int(one.counts.get(name, 0)) for name in _SUMS}
            found[one.pk] = ListNumbers(**told, to_settle=None, is_whole=True)
    if parts:
        rows = visible_list_rows(user, *parts).order_by().values_list("of_list")
        for pk, *sums, waiting in rows.annotate(**_SUMS, to_settle=Count("pk", _TO_SETTLE)):
            named = dict(zip(_SUMS, sums, strict=True))
            found[pk] = ListNumbers(**named, to_settle=waiting, is_whole=False)
    return found


_IS_RECORDED = Q(outcome__in=sorted(RECORDED))
_TO_SETTLE = Q(outcome__in=sorted(TO_SETTLE))
#: As services.benefit_lists.judging.counted has them of a whole list.
_SUMS = {
    "rows": Count("pk"),
    "times": Count("pk", _IS_RECORDED),
    "amount_vnd": Coalesce(
        Sum("amount_vnd", filter=_IS_RECORDED), 0, output_field=BigIntegerField()
    ),
    "without_ground": Count("pk", _IS_RECORDED & Q(terms__isnull=True, household__isnull=False)),
    "in_error": Count("pk", Q(outcome__in=sorted(IN_ERROR))),
}


def rows_of(
    user: User, listed: BenefitList, outcomes: Sequence[RowOutcome]
) -> QuerySet[BenefitListRow]:
    """Rows of these outcomes that the user sees, by line. `ground_decides`: the programme has a
    confirmed ground on the day of the row."""
    rows = (
        visible_list_rows(user, listed)
        .filter(outcome__in=outcomes)
        .annotate(ground_decides=has_deciding_ground(programme="of_list__programme", day="day"))
    )
    return rows.select_related(
        "household__card", "person", "terms", "commune", "village", "benefit__ground_check",
        "of_list__area",
    ).order_by("line")  # fmt: skip


def counts_of(user: User, listed: BenefitList) -> dict[str, int]:
    """Rows that the user sees by outcome, as they are now. One query."""
    outcomes = visible_list_rows(user, listed).order_by().values_list("outcome", flat=True)
    counts = dict.fromkeys(RowOutcome.values, 0)
    counts.update(
        (one["outcome"], one["number"])
        for one in outcomes.values("outcome").annotate(number=Count("pk"))
    )
    return counts


def candidates(user: User, programme: Programme, words: str) -> list[Candidate]:
    """Households of the user's area that match the words, as the search finds them, at most twenty.
    Five queries at most."""
    if not words.strip():
        return []
    found = household_search.find(user, household_search.Wanted(words=words))
    rows = household_search.rows(Order().sorted(found)[:MOST_FOUND])
    if programme.recipient == Recipient.HOUSEHOLD:
        return [Candidate(row, None) for row in rows]
    members = Membership.objects.on(clock.today()).filter(household__in=[row.pk for row in rows])
    by_household: dict[int, list[tuple[int, str, int | None]]] = {}
    order = list(Relation.values)
    for one in sorted(
        members.select_related("person"), key=lambda one: (order.index(one.relation), one.pk)
    ):
        born = one.person.birth_date
        told = (one.person_id, one.person.full_name, born.year if born else None)
        by_household.setdefault(one.household_id, []).append(told)
    return [Candidate(row, by_household.get(row.pk, [])) for row in rows]


def areas_for(user: User, *levels: AreaLevel) -> list[Area]:
    """Units of today at these levels in which the user records support, the largest first. One
    query."""
    branches = rights(user).branches(RECORDS_BENEFITS)
    found = Area.objects.under_any(branches).real().on(clock.today()).filter(level__in=levels)
    depth = {level: at for at, level in enumerate(AreaLevel.values)}
    rows = found.select_related("parent").order_by("folded_name")
    return sorted(rows, key=lambda one: depth[one.level])


def outside_of(user: User) -> QuerySet[Benefit]:
    """Support of persons outside the register, in the areas the user records support in."""
    below = Area.objects.under_any(rights(user).branches(RECORDS_BENEFITS))
    rows = Benefit.objects.filter(household=None, commune__in=below)
    return rows.select_related("programme", "commune", "village")
