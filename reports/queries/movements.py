"""Movements between two periodic rounds under one standard: one net move of each household.

Base: households that lived in the area on either day and were reviewed or listed in either round.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from households.choices import AreaLevel, RoundKind
from households.errors import Invalid
from households.models import Area, PovertyStandard, ReviewRound
from households.models.area_reach import made_of
from reports.choices import FigureStatus
from reports.choices import Unit as Counted
from reports.queries import completeness, decided, facts, kept_communes, movement_sql
from reports.queries.cells import CountedHousehold
from reports.queries.class_moves import ClassMoves, Matrix, Moved, State, moves_of
from reports.queries.decided import Decided
from reports.queries.kept_communes import Share
from reports.queries.questions import Question

NOT_ENOUGH: Final = gettext_lazy("Not enough data: lists of earlier years are not complete.")


@dataclass(frozen=True)
class Movements:
    """Where households stood before and after; pairs without any are left out."""

    before: str
    after: str
    standard: str
    status: FigureStatus
    #: Preliminary movements open with the decided lists where all communes have one, as T2 does.
    opening_status: FigureStatus
    #: The days on which a class counts.
    before_on: dt.date
    after_on: dt.date
    moved: Matrix
    #: Came into, went out of the area, of any class that was reviewed or listed; households.
    entered: int
    left: int
    poor: ClassMoves
    near_poor: ClassMoves
    poor_persons: ClassMoves
    near_poor_persons: ClassMoves
    why_not_split: str | Promise

    @property
    def matrix(self) -> dict[tuple[State, State], int]:
        """Households by pair."""
        return {pair: one.households for pair, one in self.moved.items()}


def between(
    *,
    before: ReviewRound,
    after: ReviewRound,
    standard: PovertyStandard,
    branches: Sequence[str] | None,
    status: FigureStatus | None = None,
    question: Question | None = None,
) -> Movements:
    """Movements in the branches (Area.inner_path, with those of units that were merged into them:
    models.area_reach; None: everywhere), which the caller keeps to what its user may see.

    Official: by the lists as they count where the decisions of the rounds take effect; else by the
    results of the reviews. Without a status official if every commune decided in both rounds.
    Re-fell and newly arisen are told apart where every commune said that its lists are complete.
    With a question of the area and `after` kept by commune, where a page keeps figures. One query
    of its own and ten small ones. Raises Invalid: rounds that cannot be joined, or,
    asked for official ones, communes that have not decided."""
    _check(before, after, standard)
    communes = decided.communes_of(after, branches)
    closed = decided.of(after, standard, communes)
    opened = decided.of(before, standard, decided.communes_of(before, branches))
    if status is None:
        is_official = {closed.status, opened.status} == {FigureStatus.OFFICIAL}
        status = FigureStatus.OFFICIAL if is_official else FigureStatus.PRELIMINARY
    if status == FigureStatus.OFFICIAL:
        _refuse_undecided(before, opened)
        _refuse_undecided(after, closed)
    opening = decided.opening(status, opened) or status
    homes = _homes(branches)
    places = kept_places(question, homes) if question else None
    if question and places is not None:
        moved = _kept(question, before, standard, homes, places, status, opening)
    else:
        moved = by_unit(before, after, standard, homes, status, opening).get(_HERE, {})
    is_known = bool(communes) and set(communes) <= completeness.complete(after, standard, communes)
    return Movements(
        before=before.key,
        after=after.key,
        standard=standard.code,
        status=status,
        opening_status=opening,
        before_on=_day(before, opened, opening),
        after_on=_day(after, closed, status),
        moved=moved,
        entered=sum(one.households for (was, __), one in moved.items() if was == State.ELSEWHERE),
        left=sum(one.households for (__, now), one in moved.items() if now == State.ELSEWHERE),
        **_classes(moved, status, is_known=is_known),
        why_not_split="" if is_known else NOT_ENOUGH,
    )


#: The one unit of movements of an area as a whole.
_HERE: Final = 0
#: Parameters that say where villages lie.
_PLACES: Final = ("villages", "units")


def _homes(branches: Sequence[str] | None) -> dict[int, int]:
    villages = Area.objects.at(AreaLevel.VILLAGE).real()
    if branches is not None:
        villages = villages.under_any(list(branches))
    return dict.fromkeys(villages.values_list("pk", flat=True), _HERE)


def _classes(moved: Matrix, status: FigureStatus, *, is_known: bool) -> dict[str, ClassMoves]:
    """By the field of Movements."""
    return {
        f"{state.value.lower()}{suffix}": moves_of(state, moved, counted, status, is_known=is_known)
        for state in (State.POOR, State.NEAR_POOR)
        for suffix, counted in (("", Counted.HOUSEHOLDS), ("_persons", Counted.PERSONS))
    }


def by_unit(
    before: ReviewRound,
    after: ReviewRound,
    standard: PovertyStandard,
    homes: Mapping[int, int],
    status: FigureStatus,
    opening: FigureStatus,
) -> dict[int, Matrix]:
    """The matrix of each unit; `homes` tells the unit of every village. One query, and one for the
    rule of the standard."""
    given = _given(before, after, standard, homes, status)
    with connection.cursor() as cursor:
        cursor.execute(movement_sql.moves(status, opening), given)
        return _matrices(cursor)


def _matrices(rows: Iterable[tuple[Any, ...]]) -> dict[int, Matrix]:
    found: dict[int, dict[tuple[State, State], Moved]] = {}
    for unit, was, now, fell, count, persons_before, persons_after, *changed in rows:
        fallen = (count, persons_after) if fell else (0, 0)
        one = Moved(count, persons_before, persons_after, *changed, *fallen)
        _add(found.setdefault(unit, {}), (State(was), State(now)), one)
    return dict(found)


def _add(matrix: dict[tuple[State, State], Moved], pair: tuple[State, State], one: Moved) -> None:
    matrix[pair] = matrix.get(pair, Moved()).plus(one)


def kept_places(question: Question, homes: Mapping[int, int]) -> dict[int, int] | None:
    """The communes of these villages on the round's day, where parts of communes are kept and every
    village lies in one."""
    known = question.units.commune_of
    if not kept_communes.answers(question) or not known.keys() >= homes.keys():
        return None
    return {pk: known[pk] for pk in homes}


def _kept(
    question: Question,
    before: ReviewRound,
    standard: PovertyStandard,
    homes: Mapping[int, int],
    places: Mapping[int, int],
    status: FigureStatus,
    opening: FigureStatus,
) -> Matrix:
    """The sum of the communes' own; who moved between two of the area counts where he came from."""
    given = _given(before, question.round, standard, homes, status)
    sql = movement_sql.moves_by_commune(status, opening)

    def work_out(share: Share) -> dict[int, Matrix]:
        here = {"here_villages": share.villages, "here_communes": share.row_of}
        with connection.cursor() as cursor:
            cursor.execute(share.rows(sql), {**given, **here, "only": share.households or []})
            return _matrices(cursor)

    told = [
        sql,
        question.area.pk,
        *((name, given[name]) for name in sorted(given) if name not in _PLACES),
    ]
    found: dict[tuple[State, State], Moved] = {}
    for part in kept_communes.of_villages(question, places, told, work_out).values():
        for pair, one in (part or {}).items():
            _add(found, pair, one)
    return found


def _given(
    before: ReviewRound,
    after: ReviewRound,
    standard: PovertyStandard,
    homes: Mapping[int, int],
    status: FigureStatus,
) -> dict[str, Any]:
    """Parameters of movement_sql."""
    return {
        **facts.values(before, standard, "then"),
        **facts.values(after, standard),
        "villages": list(homes),
        "units": list(homes.values()),
        "look_back": completeness.look_back(after, standard),
        "is_official": status == FigureStatus.OFFICIAL,
    }


def households_of(
    unit: int,
    before: ReviewRound,
    after: ReviewRound,
    standard: PovertyStandard,
    homes: Mapping[int, int],
    status: FigureStatus,
    opening: FigureStatus,
) -> list[tuple[State, State, bool, list[int]]]:
    """Keys of the households behind a unit's matrix: before, after, whether they fell back. One
    query, as by_unit."""
    given = _given(before, after, standard, homes, status) | {"unit": unit}
    with connection.cursor() as cursor:
        cursor.execute(movement_sql.households(status, opening), given)
        return [(State(was), State(now), fell, keys) for was, now, fell, keys in cursor]


def who_moved(
    *,
    before: ReviewRound,
    after: ReviewRound,
    standard: PovertyStandard,
    branches: Sequence[str] | None,
    status: FigureStatus,
    opening: FigureStatus,
    move: tuple[State, State],
) -> list[CountedHousehold]:
    """The households of one pair of the matrix that `between` gives of the branches. Two queries,
    and one for the rule of the standard."""
    pair = {"unit": _HERE, "was": move[0].value, "is_now": move[1].value}
    given = _given(before, after, standard, _homes(branches), status) | pair
    with connection.cursor() as cursor:
        cursor.execute(movement_sql.pair(status, opening), given)
        return [CountedHousehold(*row) for row in cursor.fetchall()]


def _day(round: ReviewRound, lists: Decided, status: FigureStatus) -> dt.date:
    is_official = status == FigureStatus.OFFICIAL and lists.last_day
    return lists.last_day if is_official and lists.last_day else round.as_of


def _refuse_undecided(round: ReviewRound, lists: Decided) -> None:
    """Raises Invalid: a commune of the round has not decided."""
    if lists.status == FigureStatus.OFFICIAL:
        return
    count = len(lists.undecided)
    raise Invalid(
        ngettext(
            "%(count)s commune has not decided in the round %(round)s.",
            "%(count)s communes have not decided in the round %(round)s.",
            count,
        )
        % {"count": count, "round": round.key}
    )


def _check(before: ReviewRound, after: ReviewRound, standard: PovertyStandard) -> None:
    if before.province_id != after.province_id and not (
        made_of(after.province).filter(pk=before.province_id).exists()
    ):
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
