"""How far the villages of a commune are in a round: forms, households due, steps, complaints."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from households.choices import (
    COMPLAINT_IS_OPEN,
    AreaLevel,
    SurveyState,
    VillageState,
)
from households.models import (
    Area,
    Complaint,
    PublicPosting,
    ReviewRound,
    StepTaken,
    Survey,
    SurveyReopening,
    VillageReview,
)
from households.queries import due, households_to_ask


@dataclass
class VillageWay:
    """One village in a round. Counts are of forms: `complete`, `begun` (drafts), `stopped` (form A
    ended it); `due` are listed households living there without a form; `to_ask` households nobody
    may have asked, while it is surveyed; `reopened` forms that are open again. `steps` the oldest
    first; `posting` the newest one of the whole village."""

    village: Area
    way: VillageReview | None = None
    complete: int = 0
    begun: int = 0
    stopped: int = 0
    due: int = 0
    reopened: int = 0
    to_ask: int = 0
    complaints_open: int = 0
    steps: list[StepTaken] = field(default_factory=list)
    posting: PublicPosting | None = None

    @property
    def state(self) -> VillageState:
        return VillageState(self.way.state) if self.way else VillageState.LISTED

    @property
    def total(self) -> int:
        return self.complete + self.stopped + self.begun + self.due

    @property
    def done(self) -> int:
        return self.complete + self.stopped

    @property
    def has_work(self) -> bool:
        """Whether anything is reviewed here at all."""
        return self.total > 0

    def last(self, *verbs: str) -> StepTaken | None:
        return next((step for step in reversed(self.steps) if step.verb in verbs), None)


def of_commune(round: ReviewRound, commune: Area) -> list[VillageWay]:
    """Every village of the commune on the round's map, and any other that has forms; by name.
    Ten queries, whatever their number."""
    there = Q(parent=commune, level=AreaLevel.VILLAGE)
    with_forms = Survey.objects.filter(round=round, commune=commune).values("village")
    villages = Area.objects.filter(there).on(round.as_of) | Area.objects.filter(pk__in=with_forms)
    return _ways(round, villages.distinct().order_by("folded_name", "pk"))


def of_villages(round: ReviewRound, villages: Iterable[Area]) -> list[VillageWay]:
    """These villages, by name. Nine queries, whatever their number."""
    pks = [village.pk for village in villages]
    return _ways(round, Area.objects.filter(pk__in=pks).order_by("folded_name", "pk"))


def of_village(round: ReviewRound, village: Area) -> VillageWay:
    """One village. Ten queries."""
    return _ways(round, Area.objects.filter(pk=village.pk))[0]


def _ways(round: ReviewRound, villages: Iterable[Area]) -> list[VillageWay]:
    found = {village.pk: VillageWay(village) for village in villages}
    for way in VillageReview.objects.filter(round=round, village__in=found):
        found[way.village_id].way = way
    _count_forms(round, found)
    for pk, number in due.without_form(round, [one.village for one in found.values()]).items():
        found[pk].due = number
    _count_to_ask(round, found)
    _add_steps(found)
    open_ones = Complaint.objects.filter(
        round=round, village__in=found, state__in=COMPLAINT_IS_OPEN
    )
    for pk, number in open_ones.order_by().values_list("village").annotate(n=Count("pk")):
        found[pk].complaints_open = number
    return list(found.values())


def _count_to_ask(round: ReviewRound, found: dict[int, VillageWay]) -> None:
    """Of villages that are surveyed; one query, or none."""
    surveyed = [pk for pk, one in found.items() if one.state == VillageState.LISTED]
    if surveyed:
        for row in households_to_ask.of_villages(round, surveyed):
            found[row.village_id].to_ask += row.answer is None


def _count_forms(round: ReviewRound, found: dict[int, VillageWay]) -> None:
    surveys = Survey.objects.filter(round=round, village__in=found)
    stopped = Q(state=SurveyState.DRAFT, form_a_passed=False)
    counts = surveys.values_list("village").annotate(
        complete=Count("pk", filter=Q(state=SurveyState.COMPLETE)),
        begun=Count("pk", filter=Q(state=SurveyState.DRAFT) & ~stopped),
        stopped=Count("pk", filter=stopped),
    )
    for pk, complete, begun, ended in counts:
        one = found[pk]
        one.complete, one.begun, one.stopped = complete, begun, ended
    reopened = SurveyReopening.objects.filter(
        ended_at__isnull=True, survey__round=round, survey__village__in=found
    )
    for pk, number in reopened.values_list("survey__village").annotate(n=Count("pk")):
        found[pk].reopened = number


def _add_steps(found: dict[int, VillageWay]) -> None:
    ways = {one.way.pk: one for one in found.values() if one.way}
    steps: dict[int, list[StepTaken]] = defaultdict(list)
    taken = StepTaken.objects.filter(village_review__in=ways).select_related(
        "recorded_by", "meeting"
    )
    for step in taken.prefetch_related("attachments").order_by("pk"):
        assert step.village_review_id is not None
        steps[step.village_review_id].append(step)
    for pk, one in ways.items():
        one.steps = steps[pk]
    postings = PublicPosting.objects.filter(village_review__in=ways, household__isnull=True)
    for posting in postings.order_by("pk"):
        ways[posting.village_review_id].posting = posting
