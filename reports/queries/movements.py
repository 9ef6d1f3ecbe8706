"""Movements between two periodic rounds under one standard: one net move of each household.

Base: households that lived in the area on either day and were reviewed or listed in either round.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.db.models import Max, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from households.choices import AreaLevel, DecisionOrigin, RoundKind
from households.errors import Invalid
from households.models import Area, PovertyStandard, RecognitionDecision, ReviewRound
from households.services import list_rules
from reports.queries import movement_sql
from reports.queries.cells import CountedHousehold


class State(TextChoices):
    """Where a household stood, in the order of a matrix."""

    POOR = "POOR", pgettext_lazy("movement", "Poor")
    NEAR_POOR = "NEAR_POOR", pgettext_lazy("movement", "Near-poor")
    AVERAGE = "AVERAGE", pgettext_lazy("movement", "Average living standard")
    NOT_POOR = "NOT_POOR", pgettext_lazy("movement", "Reviewed, not poor")
    NOT_LISTED = "NOT_LISTED", pgettext_lazy("movement", "Not listed")
    #: Before: came by moving or splitting off. After: moved away, ended or merged.
    ELSEWHERE = "ELSEWHERE", pgettext_lazy("movement", "Not in the area")


NOT_ENOUGH: Final = gettext_lazy("Not enough data: lists of earlier years are not complete.")
_LISTED: Final = (State.POOR, State.NEAR_POOR)
_ABOVE: Final = (State.AVERAGE, State.NOT_POOR, State.NOT_LISTED)


@dataclass(frozen=True)
class ClassMoves:
    """Of poor, or of near-poor households: opening − escaped_to_near_poor − became_poor − escaped −
    left + from_other_list + added + entered = closing. `added` is re_fell + newly_arisen."""

    opening: int
    #: Poor that became near-poor; near-poor that became poor. The other is 0.
    escaped_to_near_poor: int
    became_poor: int
    #: Above both lists now.
    escaped: int
    left: int
    from_other_list: int
    added: int
    #: None with Movements.why_not_split: nobody knows which of the two.
    re_fell: int | None
    newly_arisen: int | None
    entered: int
    closing: int


@dataclass(frozen=True)
class Movements:
    """Households by where they stood before and after; pairs without any are left out."""

    before: str
    after: str
    standard: str
    is_official: bool
    #: The days on which class and home are read.
    before_on: dt.date
    after_on: dt.date
    matrix: Mapping[tuple[State, State], int]
    #: Came into, went out of the area, of any class that was reviewed or listed.
    entered: int
    left: int
    poor: ClassMoves
    near_poor: ClassMoves
    why_not_split: str | Promise


def between(
    *,
    before: ReviewRound,
    after: ReviewRound,
    standard: PovertyStandard,
    branches: Sequence[str] | None,
    is_official: bool,
    lists_complete_from: int | None = None,
) -> Movements:
    """Movements in the branches (Area.inner_path, with those of units that were merged into them:
    models.area_reach; None: everywhere), which the caller keeps to what its user may see.

    Official: by the lists on the days from which the decisions of the rounds count (the last one
    where communes differ); else by the results of the reviews on their dates. The first status
    year of which all lists are known tells whether re-fell and newly arisen can be told apart.
    One query of its own and at most four before it. Raises Invalid: rounds that cannot be joined,
    or, official, communes that have not decided."""
    _check(before, after, standard)
    facts = _facts((before, after), standard, branches, is_official=is_official)
    rows = _rows(facts, is_official=is_official)
    matrix: Counter[tuple[State, State]] = Counter()
    for was, is_now, __, count in rows:
        matrix[was, is_now] += count
    re_fell = {one: sum(n for __, b, fell, n in rows if b == one and fell) for one in _LISTED}
    is_known = lists_complete_from is not None and lists_complete_from <= standard.valid_from.year
    return Movements(
        before=before.key,
        after=after.key,
        standard=standard.code,
        is_official=is_official,
        before_on=facts["day_1"],
        after_on=facts["day_2"],
        matrix=dict(matrix),
        entered=_sum(matrix, (State.ELSEWHERE,), tuple(State)),
        left=_sum(matrix, tuple(State), (State.ELSEWHERE,)),
        poor=_moves_of(State.POOR, matrix, re_fell[State.POOR] if is_known else None),
        near_poor=_moves_of(
            State.NEAR_POOR, matrix, re_fell[State.NEAR_POOR] if is_known else None
        ),
        why_not_split="" if is_known else NOT_ENOUGH,
    )


def who_moved(
    *,
    before: ReviewRound,
    after: ReviewRound,
    standard: PovertyStandard,
    branches: Sequence[str] | None,
    is_official: bool,
    move: tuple[State, State],
) -> list[CountedHousehold]:
    """The households of one pair of the matrix that `between` gives for the same. One query of its
    own and at most four before it; raises as `between`."""
    _check(before, after, standard)
    facts = _facts((before, after), standard, branches, is_official=is_official)
    stood = movement_sql.stood(is_official=is_official)
    sql = (
        "SELECT household_id, village_id, before, after, 1"
        f" FROM ({stood}) moved WHERE before = %(was)s AND after = %(is_now)s ORDER BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, facts | {"was": move[0].value, "is_now": move[1].value})
        return [CountedHousehold(*row) for row in cursor.fetchall()]


def _facts(
    rounds: Sequence[ReviewRound],
    standard: PovertyStandard,
    branches: Sequence[str] | None,
    *,
    is_official: bool,
) -> dict[str, Any]:
    """The parameters of the statements. Two queries a round where it is official."""
    days = [_closing_day(one, standard, branches) if is_official else one.as_of for one in rounds]
    return {
        "round_1": rounds[0].pk,
        "round_2": rounds[1].pk,
        "day_1": days[0],
        "day_2": days[1],
        "standard_id": standard.pk,
        "owner_id": standard.owner_id,
        "look_back_from": list_rules.relapse_looks_back_to(standard, days[1]),
        "branches": None if branches is None else [f"{one}%" for one in branches],
    }


def _rows(facts: dict[str, Any], *, is_official: bool) -> list[tuple[State, State, bool, int]]:
    """Before, after, whether they fell back, households. One query."""
    with connection.cursor() as cursor:
        cursor.execute(movement_sql.moves(is_official=is_official), facts)
        return [(State(a), State(b), fell, count) for a, b, fell, count in cursor.fetchall()]


def _check(before: ReviewRound, after: ReviewRound, standard: PovertyStandard) -> None:
    if before.province_id != after.province_id:
        raise Invalid(_("The two rounds are of different provinces."))
    if {before.kind, after.kind} != {RoundKind.PERIODIC} or before.year >= after.year:
        raise Invalid(_("Movements are between two periodic rounds, the earlier one first."))
    for one in (before, after):
        if not one.parts.filter(standard=standard).exists():
            raise Invalid(
                _(
                    "The round %(round)s is not scored under %(standard)s; a movement never joins"
                    " two standards, for the same household can be poor under one and not under"
                    " the other."
                )
                % {"round": one.key, "standard": standard.code}
            )


def _closing_day(
    round: ReviewRound, standard: PovertyStandard, branches: Sequence[str] | None
) -> dt.date:
    """Raises Invalid: a commune of the round has not decided."""
    communes = Area.objects.on(round.as_of).at(AreaLevel.COMMUNE).real().under(round.province)
    if branches is not None:
        communes = communes.under_any(list(branches))
    if not round.covers_all_communes:
        communes = communes.filter(commune_reviews__round=round)
    decided = RecognitionDecision.objects.filter(
        round=round,
        standard=standard,
        origin__in=[DecisionOrigin.PROCEDURE, DecisionOrigin.ADOPTED_FROM_PAPER],
        commune__in=communes,
    )
    open_still = communes.exclude(
        pk__in=RecognitionDecision.objects.filter(pk__in=decided).values("commune")
    ).count()
    last: dt.date | None = decided.aggregate(last=Max("effective_from"))["last"]
    if open_still or last is None:
        raise Invalid(
            ngettext(
                "%(count)s commune has not decided in the round %(round)s.",
                "%(count)s communes have not decided in the round %(round)s.",
                open_still,
            )
            % {"count": open_still, "round": round.key}
        )
    return last


def _moves_of(
    own: State, matrix: Mapping[tuple[State, State], int], re_fell: int | None
) -> ClassMoves:
    everywhere = tuple(State)
    other = State.NEAR_POOR if own == State.POOR else State.POOR
    to_other = matrix.get((own, other), 0)
    added = _sum(matrix, _ABOVE, (own,))
    return ClassMoves(
        opening=_sum(matrix, (own,), everywhere),
        escaped_to_near_poor=to_other if own == State.POOR else 0,
        became_poor=0 if own == State.POOR else to_other,
        escaped=_sum(matrix, (own,), _ABOVE),
        left=matrix.get((own, State.ELSEWHERE), 0),
        from_other_list=matrix.get((other, own), 0),
        added=added,
        re_fell=re_fell,
        newly_arisen=None if re_fell is None else added - re_fell,
        entered=matrix.get((State.ELSEWHERE, own), 0),
        closing=_sum(matrix, everywhere, (own,)),
    )


def _sum(
    matrix: Mapping[tuple[State, State], int], before: Sequence[State], after: Sequence[State]
) -> int:
    return sum(matrix.get((was, is_now), 0) for was in before for is_now in after)
