"""Editions of reports as a catalogue lists them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import BinaryField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value

from households.models import Area, PovertyStandard, ReviewRound
from reports.choices import FigureStatus, OrderWhat, PartState
from reports.models import Edition, ReportOrder, ReportPart

#: Enough of a packed report for its first lines.
_START_BYTES = 16_384


@dataclass(frozen=True)
class Shelf:
    """Where editions lie side by side, one kind of report after the other."""

    area: Area
    round: ReviewRound
    standard: PovertyStandard
    status: FigureStatus
    #: By the units of that day; None: of the round's own.
    on: dt.date | None = None

    def editions(self) -> QuerySet[Edition]:
        return Edition.objects.filter(
            area=self.area,
            round=self.round,
            standard=self.standard,
            status=self.status,
            areas_on=self.on,
        ).defer("content")


def newest(shelf: Shelf, reports: Collection[str]) -> dict[str, Edition]:
    """By report, with its signature and, as `start`, the first bytes of its content. One query."""
    start = Func(
        F("content"), Value(1), Value(_START_BYTES),
        function="substring", output_field=BinaryField(),
    )  # fmt: skip
    found = (
        shelf.editions()
        .filter(report__in=reports)
        .order_by("report", "-number")
        .distinct("report")
        .select_related("signature")
        .annotate(start=start)
    )
    return {one.report: one for one in found}


def has_signed(shelf: Shelf, reports: Collection[str]) -> bool:
    """Whether an edition of these was signed: others are then made with a reason. One query."""
    return shelf.editions().filter(report__in=reports, signature__isnull=False).exists()


def like(edition: Edition) -> QuerySet[Edition]:
    """All editions of its report, area, round, standard and map, of both statuses, the newest
    first. One query."""
    return (
        Edition.objects.filter(
            report=edition.report, area=edition.area_id, round=edition.round_id,
            standard=edition.standard_id, areas_on=edition.areas_on,
        )
        .defer("content")
        .select_related("signature", "made_by", "corrects")
        .order_by("-made_at", "-pk")
    )  # fmt: skip


def with_progress(orders: QuerySet[ReportOrder]) -> QuerySet[ReportOrder]:
    """With the number of its `parts_all`, `parts_made` and `parts_failed`."""
    return orders.annotate(
        parts_all=Count("parts"),
        parts_made=Count("parts", filter=Q(parts__state=PartState.MADE)),
        parts_failed=Count("parts", filter=Q(parts__state=PartState.FAILED)),
    )


def last_set(shelf: Shelf) -> ReportOrder | None:
    """The newest set of which a report of the area itself is made. One query."""
    made = ReportPart.objects.filter(order=OuterRef("pk"), area=shelf.area, state=PartState.MADE)
    sets = ReportOrder.objects.filter(
        area=shelf.area, round=shelf.round, status=shelf.status, areas_on=shelf.on
    )
    return sets.exclude(what=OrderWhat.ONE).filter(Exists(made)).order_by("-pk").first()
