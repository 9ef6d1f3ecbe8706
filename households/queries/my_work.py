"""What is due: rounds under way in one's areas, and how far each village (or commune) is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from households import clock, policies
from households.choices import AreaLevel, CommuneState, InRound, RoundKind, SurveyState
from households.models import (
    Area,
    CommuneReview,
    ReviewRound,
    Survey,
    User,
)
from households.queries import area_times, due, form_errors

#: More villages than these are told commune by commune.
MOST_VILLAGES = 60
DRAFTS_SHOWN = 10


@dataclass
class Progress:
    """Forms of one unit in a round: complete, begun, and households of the list without a form;
    `in_error` of the complete ones cannot be decided on as they are (queries.form_errors)."""

    area: Area
    complete: int = 0
    begun: int = 0
    to_do: int = 0
    in_error: int = 0

    @property
    def total(self) -> int:
        return self.complete + self.begun + self.to_do

    @property
    def figures(self) -> list[tuple[str, int]]:
        """Its figures with what the list of households is narrowed to, to show those behind each:
        complete, begun, to do, in error."""
        return [
            (SurveyState.COMPLETE, self.complete),
            (SurveyState.DRAFT, self.begun),
            (InRound.DUE, self.to_do),
            (InRound.ERROR, self.in_error),
        ]


@dataclass(frozen=True)
class RoundWork:
    """A round under way with the progress of the user's own units; of an ad-hoc round, which is
    about those who ask, of those villages that have a form in it."""

    round: ReviewRound
    units: list[Progress]
    #: Whose villages they are, when the units are villages.
    communes: list[Area]

    @property
    def days_left(self) -> int:
        return (self.round.closes_on - clock.today()).days

    @property
    def complete(self) -> int:
        return sum(unit.complete for unit in self.units)

    @property
    def begun(self) -> int:
        return sum(unit.begun for unit in self.units)

    @property
    def to_do(self) -> int:
        return sum(unit.to_do for unit in self.units)

    @property
    def total(self) -> int:
        return self.complete + self.begun + self.to_do


def work_of(user: User) -> list[RoundWork]:
    """Rounds under way in the user's areas, the newest first. Five queries a round; one more
    of a round for some communes only.

    A round goes by the units of its day: what was merged since is told under what it was then. A
    commune whose lists are decided has nothing more to do in that round.
    """
    villages = policies.visible_areas(user, AreaLevel.VILLAGE)
    provinces = {int(village.path.split(".")[0]) for village in villages}
    rounds = ReviewRound.objects.filter(
        province__in=provinces, is_closed=False, opens_on__lte=clock.today()
    ).order_by("-as_of")
    works = []
    for one in rounds:
        decided = set(
            CommuneReview.objects.filter(round=one, state=CommuneState.RECOGNISED).values_list(
                "commune", flat=True
            )
        )
        done = decided | set(due.outside(one).values_list("pk", flat=True))
        then = area_times.villages_of_then(villages, one.as_of)
        of_then = {village.pk: village for found in then.values() for village in found}
        if open_ones := [it for it in of_then.values() if it.parent_id not in done]:
            units = _units(one, open_ones)
            works.append(RoundWork(round=one, units=units, communes=_communes(open_ones, units)))
    return works


def _communes(villages: list[Area], units: list[Progress]) -> list[Area]:
    if any(unit.area.level != AreaLevel.VILLAGE for unit in units):
        return []
    found = {one.parent_id: one.parent for one in villages if one.parent}
    return sorted(found.values(), key=lambda one: one.folded_name)


def _units(round: ReviewRound, villages: list[Area]) -> list[Progress]:
    by_village = {village.pk: Progress(area=village) for village in villages}
    surveys = Survey.objects.filter(round=round, village__in=by_village)
    for pk, complete, begun in surveys.values_list("village").annotate(
        complete=Count("pk", filter=Q(state=SurveyState.COMPLETE)),
        begun=Count("pk", filter=Q(state=SurveyState.DRAFT)),
    ):
        by_village[pk].complete, by_village[pk].begun = complete, begun
    for pk, number in due.without_form(round, villages).items():
        by_village[pk].to_do = number
    wrong = form_errors.in_error(surveys).order_by().values_list("village")
    for pk, number in wrong.annotate(number=Count("pk")):
        by_village[pk].in_error = number
    if len(villages) > MOST_VILLAGES:
        return _by_commune(by_village.values())
    asks_all = round.kind == RoundKind.PERIODIC
    return [one for one in by_village.values() if asks_all or one.total]


def _by_commune(units: Iterable[Progress]) -> list[Progress]:
    parents: dict[int, Progress] = {}
    communes = Area.objects.in_bulk({unit.area.parent_id for unit in units})
    for unit in units:
        commune = communes[unit.area.parent_id]
        found = parents.setdefault(commune.pk, Progress(area=commune))
        found.complete += unit.complete
        found.begun += unit.begun
        found.to_do += unit.to_do
        found.in_error += unit.in_error
    return sorted(parents.values(), key=lambda one: one.area.folded_name)


def drafts_of(user: User) -> list[Survey]:
    """Forms begun and not complete in rounds under way, the oldest first. One query."""
    drafts = Survey.objects.filter(
        state=SurveyState.DRAFT,
        round__is_closed=False,
        household__in=policies.visible_households(user),
    ).exclude(form_a_passed=False)
    return list(
        drafts.select_related("round", "village", "household").order_by("pk")[:DRAFTS_SHOWN]
    )
