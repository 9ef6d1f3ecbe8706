"""The four lists of a decision before it is signed: who is on which, and who is kept back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from households.choices import COMPLAINT_IS_OPEN, ComplaintState, PovertyClass
from households.models import (
    Area,
    Complaint,
    PublicPosting,
    RecognitionDecision,
    ReviewRound,
    SurveyReopening,
)


@dataclass(frozen=True)
class Listed:
    """One household of a list: its class on the list now and by the results ("" for none)."""

    household_id: int
    village: str
    head_name: str
    members: int
    now_class: str
    new_class: str
    is_new_standard: bool = False


@dataclass
class Draft:
    """What the chair would sign. `poor` and `near_poor` whole, `escaped_poverty` those poor before
    and not any more, `escaped_near_poverty` those near-poor before and on neither list now;
    `average` recognised farm households. `kept`: listed, not reviewed, status goes on."""

    poor: list[Listed] = field(default_factory=list)
    near_poor: list[Listed] = field(default_factory=list)
    escaped_poverty: list[Listed] = field(default_factory=list)
    escaped_near_poverty: list[Listed] = field(default_factory=list)
    average: list[Listed] = field(default_factory=list)
    other_out: list[Listed] = field(default_factory=list)
    members: Mapping[str, int] = field(default_factory=dict)

    @property
    def lists(self) -> list[tuple[str, list[Listed]]]:
        return [
            ("poor", self.poor),
            ("near_poor", self.near_poor),
            ("escaped_poverty", self.escaped_poverty),
            ("escaped_near_poverty", self.escaped_near_poverty),
        ]


def read(plan_rows: str, facts: Mapping[str, Any]) -> Draft:
    """The draft of a decision from the plan its writer would make (services.lists). One query."""
    draft = Draft()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT plan.household_id, coalesce(v.name, ''), coalesce(s.head_name, ''),
                   coalesce(s.household_size, 0), coalesce(plan.now_class, ''),
                   CASE WHEN plan.gone THEN ''
                        WHEN NOT plan.reviewed AND NOT plan.other_standard THEN plan.now_class
                        ELSE coalesce(plan.new_class, '') END,
                   plan.gone
            FROM ({plan_rows}) plan
            LEFT JOIN LATERAL (
              SELECT head_name, household_size FROM households_survey
              WHERE household_id = plan.household_id AND round_id <= %(round_id)s
              ORDER BY as_of DESC, id DESC LIMIT 1
            ) s ON true
            LEFT JOIN LATERAL (
              SELECT village_id FROM households_residence
              WHERE household_id = plan.household_id
              ORDER BY valid_to IS NULL DESC, valid_from DESC LIMIT 1
            ) r ON true
            LEFT JOIN households_area v ON v.id = r.village_id
            ORDER BY v.folded_name, s.head_name, plan.household_id
            """,
            dict(facts),
        )
        for *values, gone in cursor.fetchall():
            _put(draft, Listed(*values), gone=gone)
    return draft


def _put(draft: Draft, one: Listed, *, gone: bool) -> None:
    if gone:
        draft.other_out.append(one)
        return
    if one.new_class == PovertyClass.POOR:
        draft.poor.append(one)
    elif one.new_class == PovertyClass.NEAR_POOR:
        draft.near_poor.append(one)
    elif one.new_class == PovertyClass.AVERAGE:
        draft.average.append(one)
    if one.now_class == PovertyClass.POOR and one.new_class != PovertyClass.POOR:
        draft.escaped_poverty.append(one)
    elif one.now_class == PovertyClass.NEAR_POOR and one.new_class not in (
        PovertyClass.POOR,
        PovertyClass.NEAR_POOR,
    ):
        draft.escaped_near_poverty.append(one)


def held_back(round: ReviewRound, commune: Area) -> dict[int, list[Complaint]]:
    """Households that are not signed before something is settled, with the complaints that hold
    them: one that is open, or upheld and not hung out again; and those whose form is open again or
    was re-checked by order and not hung out again. Three queries."""
    reposted = PublicPosting.objects.filter(
        village_review__round=round,
        household=OuterRef("household"),
        posted_on__gte=OuterRef("answered_on"),
        closed_on__isnull=False,
    )
    waiting = Q(state__in=COMPLAINT_IS_OPEN) | (Q(state=ComplaintState.UPHELD) & ~Exists(reposted))
    found: dict[int, list[Complaint]] = {}
    complaints = Complaint.objects.filter(round=round, commune=commune, holds_back=True)
    for complaint in complaints.filter(waiting).select_related("household", "village"):
        assert complaint.household_id is not None
        found.setdefault(complaint.household_id, []).append(complaint)
    reopened = SurveyReopening.objects.filter(survey__round=round, survey__commune=commune)
    for pk in reopened.filter(ended_at__isnull=True).values_list("survey__household", flat=True):
        found.setdefault(pk, [])
    for pk in to_hang_out(reopened).values_list("survey__household", flat=True):
        found.setdefault(pk, [])
    return found


def to_hang_out(reopened: QuerySet[SurveyReopening]) -> QuerySet[SurveyReopening]:
    """Re-checks by order that ended after their village's list had hung out, whose household does
    not hang out (or has not hung out) since."""
    of_village = PublicPosting.objects.filter(
        village_review__round=OuterRef("survey__round"),
        village_review__village=OuterRef("survey__village"),
        household__isnull=True,
        posted_on__lte=OuterRef("settled_on"),
    )
    own = PublicPosting.objects.filter(
        village_review__round=OuterRef("survey__round"),
        household=OuterRef("survey__household"),
        posted_on__gte=OuterRef("settled_on"),
        closed_on__isnull=False,
    )
    return reopened.filter(settled_on__isnull=False).filter(Exists(of_village), ~Exists(own))


def settled_since(round: ReviewRound, commune: Area) -> list[int]:
    """Household ids kept back by the decisions so far and settled now. Four queries."""
    return sorted(left_out_so_far(round, commune) - set(held_back(round, commune)))


def left_out_so_far(round: ReviewRound, commune: Area) -> set[int]:
    """Household ids that no decision of the round decided about yet. One query."""
    decisions = RecognitionDecision.objects.on_lists().filter(round=round, commune=commune)
    left_out: set[int] = set()
    for one in decisions.order_by("pk"):
        left_out = (left_out | set(one.left_out)) - set(one.only_about)
    return left_out
