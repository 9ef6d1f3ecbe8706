"""Houses of an area: each with its step, its money and whether it is late; figures by commune."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet, Sum

from households.models import Area, HouseholdCard
from programs.choices import ProgrammeKind
from programs.choices.houses import PaymentLine
from programs.models import Benefit, HousingCase, HousingStage, SiteFile, SitePayment
from programs.workflow import SERVED_STATES, VOID_STATES
from programs.workflow.houses import HANDED_OVER, next_stage, way_of


@dataclass(frozen=True)
class HouseRow:
    """`late_days`: days past the norm of the step it waits for, 0 for none; `paid_vnd`: from all
    lines; `photo`: the newest one."""

    case: HousingCase
    card: HouseholdCard
    waits_for: HousingStage | None
    due_on: dt.date | None
    late_days: int
    paid_vnd: int
    photo: SiteFile | None

    @property
    def is_void(self) -> bool:
        return self.case.benefit.state in VOID_STATES


@dataclass
class Sums:
    """Figures of some houses; dropped ones count in `dropped` alone."""

    houses: int = 0
    new: int = 0
    repair: int = 0
    accepted: int = 0
    #: Received by a list taken over, with no steps told; in no other figure here.
    without_steps: int = 0
    late: int = 0
    dropped: int = 0
    planned_vnd: int = 0
    paid_vnd: int = 0
    by_stage: dict[str, int] = field(default_factory=dict)

    def add(self, case: HousingCase, paid_vnd: int, *, is_late: bool) -> None:
        if case.benefit.state in VOID_STATES:
            self.dropped += 1
            return
        self.houses += 1
        self.new += case.build == "NEW"
        self.repair += case.build != "NEW"
        self.accepted += case.benefit.state in SERVED_STATES
        self.late += is_late
        self.planned_vnd += case.planned_vnd or 0
        self.paid_vnd += paid_vnd
        self.by_stage[case.stage.code] = self.by_stage.get(case.stage.code, 0) + 1


@dataclass
class CommuneRow:
    commune: Area
    sums: Sums


def rows(cases: QuerySet[HousingCase], on: dt.date) -> list[HouseRow]:
    """The houses in the order of meeting and priority. Five queries, however many."""
    stages = list(HousingStage.objects.all())
    photos = SiteFile.objects.filter(is_photo=True).order_by("-pk")
    found = list(
        cases.select_related(
            "benefit__household__card__village", "benefit__village", "benefit__terms",
            "meeting", "stage",
        )
        .prefetch_related("payments", Prefetch("files", queryset=photos, to_attr="photos"))
        .order_by("-meeting__held_on", "meeting", "priority")
    )  # fmt: skip
    return [_row(case, stages, on) for case in found]


def _row(case: HousingCase, stages: Sequence[HousingStage], on: dt.date) -> HouseRow:
    assert case.benefit.household is not None
    waits_for = waiting_for(case, stages)
    due_on = due(case, waits_for)
    photos: list[SiteFile] = case.photos  # type: ignore[attr-defined]
    return HouseRow(
        case=case,
        card=case.benefit.household.card,
        waits_for=waits_for,
        due_on=due_on,
        late_days=max(0, (on - due_on).days) if due_on else 0,
        paid_vnd=_paid(case.payments.all()),
        photo=photos[0] if photos else None,
    )


def waiting_for(case: HousingCase, stages: Sequence[HousingStage]) -> HousingStage | None:
    """The step it waits for; None where it is handed over or dropped."""
    if case.benefit.state in VOID_STATES or case.stage.code == HANDED_OVER:
        return None
    way = way_of(stages, case.build)
    reached = {one.code for one in way if one.rank <= case.stage.rank}
    return next_stage(stages, case.build, reached)


def due(case: HousingCase, waits_for: HousingStage | None) -> dt.date | None:
    """The last day by the norm; none for a step without one."""
    if waits_for is None or waits_for.norm_days is None:
        return None
    return case.stage_on + dt.timedelta(days=waits_for.norm_days)


def _paid(payments: Iterable[SitePayment]) -> int:
    return sum(one.amount_vnd for one in payments if not one.taken_back_because)


def sums_of(found: Iterable[HouseRow]) -> Sums:
    sums = Sums()
    for row in found:
        sums.add(row.case, row.paid_vnd, is_late=bool(row.late_days))
    return sums


def without_steps(benefits: QuerySet[Benefit]) -> QuerySet[Benefit]:
    """Of these, houses that were recorded with no meeting and no steps, as lists of houses built
    long ago are."""
    rows = benefits.filter(programme__kind=ProgrammeKind.HOUSING, house=None)
    return rows.exclude(household=None).exclude(state__in=sorted(VOID_STATES))


def board(
    cases: QuerySet[HousingCase], benefits: QuerySet[Benefit], on: dt.date
) -> list[CommuneRow]:
    """Figures by the commune that gives the houses, by its name; `benefits`: those the user sees.
    Four queries, however many."""
    stages = list(HousingStage.objects.all())
    found = list(cases.select_related("benefit__commune__parent", "stage"))
    paid: dict[int | None, int] = dict(
        SitePayment.objects.filter(case__in=cases.values("pk"), taken_back_because="")
        .values_list("case")
        .annotate(sum=Sum("amount_vnd"))
        .order_by()
    )
    by_commune: dict[int, CommuneRow] = {}
    for case in found:
        commune = case.benefit.commune
        row = by_commune.setdefault(commune.pk, CommuneRow(commune, Sums()))
        last = due(case, waiting_for(case, stages))
        row.sums.add(case, paid.get(case.pk, 0), is_late=last is not None and last < on)
    for one in without_steps(benefits).select_related("commune__parent"):
        row = by_commune.setdefault(one.commune_id, CommuneRow(one.commune, Sums()))
        row.sums.without_steps += 1
    return sorted(by_commune.values(), key=lambda row: (row.commune.folded_name, row.commune.pk))


def total(found: Sequence[CommuneRow]) -> Sums:
    whole = Sums()
    for row in found:
        for name, value in vars(row.sums).items():
            if name == "by_stage":
                for code, count in value.items():
                    whole.by_stage[code] = whole.by_stage.get(code, 0) + count
            else:
                setattr(whole, name, getattr(whole, name) + value)
    return whole


def by_line(payments: Iterable[SitePayment]) -> list[tuple[PaymentLine, int]]:
    """What was paid from each line, without what was taken back."""
    counted = [one for one in payments if not one.taken_back_because]
    return [
        (line, sum(one.amount_vnd for one in counted if one.line == line))
        for line in PaymentLine
        if any(one.line == line for one in counted)
    ]
