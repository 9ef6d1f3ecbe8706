"""Everything the register holds of households, for an inspector: the whole file of each."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from households.choices import AreaLevel
from households.models import (
    Area,
    Attachment,
    AuditEvent,
    Certificate,
    Complaint,
    Household,
    HouseholdEvent,
    HouseholdTransfer,
    Inspection,
    InspectionFinding,
    Membership,
    Residence,
    ReviewRequest,
    StatusConfirmation,
    StatusPeriod,
    StepTaken,
    Survey,
)
from households.models.cards import HouseholdCardQuerySet


@dataclass
class Dossier:
    """One household's file within the years of an inspection, each part the oldest first."""

    household: Household
    homes: list[Residence] = field(default_factory=list)
    members: list[Membership] = field(default_factory=list)
    periods: list[StatusPeriod] = field(default_factory=list)
    surveys: list[Survey] = field(default_factory=list)
    events: list[HouseholdEvent] = field(default_factory=list)
    transfers: list[HouseholdTransfer] = field(default_factory=list)
    requests: list[ReviewRequest] = field(default_factory=list)
    complaints: list[Complaint] = field(default_factory=list)
    certificates: list[Certificate] = field(default_factory=list)
    confirmations: list[StatusConfirmation] = field(default_factory=list)
    papers: list[Attachment] = field(default_factory=list)
    acts: list[AuditEvent] = field(default_factory=list)
    findings: list[InspectionFinding] = field(default_factory=list)


def reviewed(inspection: Inspection, cards: HouseholdCardQuerySet) -> HouseholdCardQuerySet:
    """Those of the households that were reviewed in its years, or on the list meanwhile."""
    years = (inspection.first_year, inspection.last_year)
    forms = Survey.objects.filter(round__year__range=years, household=OuterRef("pk"))
    places = StatusPeriod.objects.filter(
        household=OuterRef("pk"), valid_from__year__lte=years[1] + 1
    ).exclude(valid_to__year__lt=years[0])
    return cards.filter(Exists(forms) | Exists(places))


def of_households(inspection: Inspection, ids: Collection[int]) -> list[Dossier]:
    """The files of these households, village by village in walking order. Fifteen queries,
    whatever their number."""
    found = Household.objects.filter(pk__in=ids).select_related("card__village__parent")
    ordered = found.order_by(
        "card__village__parent__folded_name", "card__village__folded_name", "walking_no", "pk"
    )
    dossiers = {one.pk: Dossier(one) for one in ordered}
    for name, rows in _parts(inspection, list(dossiers)).items():
        for pk, group in _by_household(rows).items():
            setattr(dossiers[pk], name, group)
    return list(dossiers.values())


def _parts(inspection: Inspection, ids: list[int]) -> dict[str, "QuerySet[Any]"]:
    years = (inspection.first_year, inspection.last_year)
    mine = {"household__in": ids}
    return {
        "homes": Residence.objects.filter(**mine)
        .select_related("village__parent")
        .order_by("valid_from"),
        "members": Membership.objects.filter(**mine, valid_to__isnull=True)
        .select_related("person__ethnic_group")
        .order_by("pk"),
        "periods": StatusPeriod.objects.filter(**mine, valid_from__year__lte=years[1] + 1)
        .exclude(valid_to__year__lt=years[0])
        .select_related(
            "standard",
            "decision_in__recorded_by",
            "decision_in__standard",
            "decision_out__recorded_by",
        )
        .order_by("valid_from"),
        "surveys": Survey.objects.filter(**mine, round__year__range=years)
        .select_related("round", "village__parent", "surveyed_by", "b1_table")
        .prefetch_related("members")
        .order_by("as_of", "pk"),
        "events": HouseholdEvent.objects.filter(**mine, happened_on__year__range=years)
        .select_related("household", "other_household", "person", "to_commune")
        .order_by("happened_on", "pk"),
        "transfers": HouseholdTransfer.objects.filter(**mine, moved_on__year__range=years)
        .select_related("from_commune", "to_commune")
        .order_by("pk"),
        "requests": ReviewRequest.objects.filter(**mine, year__range=years)
        .select_related("recorded_by")
        .order_by("pk"),
        "complaints": Complaint.objects.filter(**mine, round__year__range=years).order_by("pk"),
        "certificates": Certificate.objects.filter(**mine, year__range=years).order_by("pk"),
        "confirmations": StatusConfirmation.objects.filter(
            **mine, issued_on__year__range=years
        ).order_by("pk"),
        "papers": papers_of_households(inspection, ids),
        # What was changed afterwards is what an inspector asks for.
        "acts": AuditEvent.objects.filter(**mine, at__year__gte=years[0])
        .select_related("by")
        .order_by("pk"),
        "findings": InspectionFinding.objects.filter(**mine, inspection=inspection).order_by("pk"),
    }


def _by_household(rows: Iterable[Any]) -> dict[int, list[Any]]:
    grouped: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        # A paper belongs to the household of its form, request or complaint.
        owner: Any = row
        if isinstance(row, Attachment):
            owner = row.survey or row.request or row.complaint
        grouped[owner.household_id].append(row)
    return grouped


_OWNERS = (
    "survey__round", "request", "complaint", "decision", "step__commune_review__round",
    "step__commune_review__commune", "step__village_review__village",
)  # fmt: skip


def papers_of_households(inspection: Inspection, ids: Collection[int]) -> "QuerySet[Attachment]":
    """Photos and papers of their forms, requests and complaints in its years."""
    years = (inspection.first_year, inspection.last_year)
    found = Attachment.objects.filter(
        Q(survey__household__in=ids, survey__round__year__range=years)
        | Q(request__household__in=ids, request__year__range=years)
        | Q(complaint__household__in=ids, complaint__round__year__range=years)
    )
    return found.select_related(*_OWNERS).order_by("pk")


def papers_of_units(
    inspection: Inspection, *, villages: Collection[int], communes: Collection[int]
) -> "QuerySet[Attachment]":
    """Papers of the steps of these villages (meetings, postings), of the communes' own steps, and
    of the communes' decisions, in its years."""
    years = (inspection.first_year, inspection.last_year)
    step = Q(step__village_review__village__in=villages) | Q(
        step__village_review=None, step__commune_review__commune__in=communes
    )
    found = Attachment.objects.filter(
        (step & Q(step__commune_review__round__year__range=years))
        | Q(decision__commune__in=communes, decision__round__year__range=years)
    )
    return found.select_related(*_OWNERS).order_by("pk")


def units_of(dossiers: Iterable[Dossier]) -> set[int]:
    """The villages and communes whose steps concern these households: where they live, lived last,
    or were reviewed. No query."""
    found: set[int] = set()
    for one in dossiers:
        for home in (one.household.card.village, *(survey.village for survey in one.surveys)):
            found |= {home.pk, home.parent_id or home.pk}
    return found


def steps_of(
    inspection: Inspection, unit: Area | None, files: Iterable[Dossier]
) -> list[StepTaken]:
    """What was recorded of a unit's way in these years, or of the ways on which these households'
    forms went, the oldest first. One query."""
    years = (inspection.first_year, inspection.last_year)
    steps = StepTaken.objects.filter(commune_review__round__year__range=years)
    if unit is None:
        forms = [(one.round_id, one.village_id, one.commune_id) for f in files for one in f.surveys]
        ways = [
            Q(commune_review__round=round_id)
            & (
                Q(village_review__village=village_id)
                | Q(village_review=None, commune_review__commune=commune_id)
            )
            for round_id, village_id, commune_id in forms
        ]
        steps = steps.filter(reduce(or_, ways)) if ways else steps.none()
    elif unit.level == AreaLevel.VILLAGE:
        steps = steps.filter(village_review__village=unit)
    else:
        steps = steps.filter(commune_review__commune=unit)
    return list(steps.select_related("village_review__village", "recorded_by").order_by("pk"))
