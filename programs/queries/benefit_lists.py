"""Lists of support as their pages show them, and whom a row may be about."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from households import clock
from households.choices import AreaLevel, Relation
from households.models import Area, Membership, User
from households.queries import household_search
from households.queries.list_order import Order
from households.rights import rights
from programs.choices import Recipient
from programs.choices.benefit_lists import RowOutcome
from programs.models import Benefit, BenefitList, BenefitListRow, Programme
from programs.policies import RECORDS_BENEFITS
from programs.policies.benefit_lists import visible_benefit_lists
from programs.policies.coverage import has_deciding_ground

MOST_FOUND = 20


@dataclass(frozen=True)
class Candidate:
    """A household that a row may be about, with the members to choose from (None: it is for the
    household as a whole)."""

    row: household_search.Row
    members: Sequence[tuple[int, str, int | None]] | None


def of_user(user: User) -> QuerySet[BenefitList]:
    """Lists the user sees, newest first."""
    return visible_benefit_lists(user).select_related("programme", "area", "sent_by")


def rows_of(listed: BenefitList, outcomes: Sequence[RowOutcome]) -> QuerySet[BenefitListRow]:
    """Rows of these outcomes, by line. `ground_decides`: the programme has a confirmed ground on
    the day of the row."""
    rows = listed.rows.filter(outcome__in=outcomes).annotate(
        ground_decides=has_deciding_ground(programme="of_list__programme", day="day")
    )
    return rows.select_related(
        "household__card", "person", "terms", "commune", "village", "benefit__ground_check"
    ).order_by("line")


def counts_of(listed: BenefitList) -> dict[str, int]:
    """Rows by outcome as they are now. One query."""
    outcomes = listed.rows.order_by().values_list("outcome", flat=True)
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
