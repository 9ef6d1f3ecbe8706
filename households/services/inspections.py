"""Inspections: opened by a paper, samples drawn, every look recorded, findings kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import Role
from households.choices.inspections import FindingKind, SampleStrata
from households.choices.notices import NoticeKind
from households.errors import Invalid, Refused, Words
from households.models import (
    Area,
    Attachment,
    Household,
    HouseholdCard,
    Inspection,
    InspectionFinding,
    InspectionSample,
    ReviewRound,
    User,
)
from households.queries import inspections as queries
from households.rights import Rights
from households.services import audit, notices
from households.services.constraint_messages import told_plainly
from households.services.deciding_standards import decided_under

#: Drawn from one stratum at once, at most.
MOST_OF_A_STRATUM = 200


@dataclass(frozen=True)
class Order:
    """What the paper that orders an inspection says."""

    paper_number: str
    first_year: int
    last_year: int
    valid_from: dt.date
    valid_to: dt.date


def open_inspection(*, inspector: User, area: Area, order: Order, by: User) -> Inspection:
    """Let an inspector look at the families of an area. Raises Refused, Invalid with the fields."""
    if reason := policies.why_not_open_inspection(by, area):
        raise Refused(reason)
    fields: dict[str, list[Words]] = {}
    if not order.paper_number.strip():
        fields["paper_number"] = [_("Write the number of the decision that orders it.")]
    if order.valid_to < order.valid_from:
        fields["valid_to"] = [_("The last day lies before the first day.")]
    if order.last_year < order.first_year:
        fields["last_year"] = [_("The last year lies before the first one.")]
    if not Rights(inspector, on=order.valid_from).holds(frozenset({Role.INSPECTOR}), area):
        fields["inspector"] = [_("This person is no inspector in this area on the first day.")]
    if fields:
        raise Invalid(_("The inspection is not opened yet."), fields=fields)
    with audit.act(by=by, verb="inspection.open", area=area):
        return Inspection.objects.create(
            inspector=inspector,
            area=area,
            paper_number=order.paper_number.strip(),
            first_year=order.first_year,
            last_year=order.last_year,
            valid_from=order.valid_from,
            valid_to=order.valid_to,
            opened_by=by,
        )


def draw(
    *,
    inspection: Inspection,
    round: ReviewRound,
    strata: SampleStrata,
    per_stratum: int,
    seed: int,
    by: User,
) -> InspectionSample:
    """Draw a sample; the same seed draws the same from the same forms. Raises Refused, Invalid (the
    round is of other years, nothing to draw from), Conflict (it is drawn already)."""
    if reason := policies.why_not_inspect(by, inspection):
        raise Refused(reason)
    if not inspection.first_year <= round.year <= inspection.last_year:
        told = _("The inspection is not about this year.")
        raise Invalid(told, fields={"round": [told]})
    if not 1 <= per_stratum <= MOST_OF_A_STRATUM:
        told = _("From 1 to %(most)s.") % {"most": MOST_OF_A_STRATUM}
        raise Invalid(told, fields={"per_stratum": [told]})
    frame = _frame(inspection, round, strata)
    if not frame:
        told = _("There is no complete form to draw from.")
        raise Invalid(told, fields={"round": [told]})
    drawn = drawn_from(frame, seed=seed, per_stratum=per_stratum)
    with (
        told_plainly(InspectionSample),
        audit.act(
            by=by,
            verb="inspection.draw",
            area=inspection.area,
            subject=inspection,
            details={"round": round.key, "seed": seed, "households": drawn},
        ),
    ):
        return InspectionSample.objects.create(
            inspection=inspection,
            round=round,
            seed=seed,
            strata=strata,
            per_stratum=per_stratum,
            frame_size=len(frame),
            frame_digest=_digest(frame),
            households=drawn,
            drawn_by=by,
        )


def drawn_from(frame: Iterable[tuple[str, int]], *, seed: int, per_stratum: int) -> list[int]:
    """The first of each stratum in the order of SHA-256("<seed>:<household id>"), strata by name.
    Nobody can steer it, and anybody can draw it again."""
    by_stratum: dict[str, list[int]] = defaultdict(list)
    for stratum, household in frame:
        by_stratum[stratum].append(household)
    return [
        household
        for stratum in sorted(by_stratum)
        for household in sorted(by_stratum[stratum], key=lambda one: _place(seed, one))[
            :per_stratum
        ]
    ]


def is_drawn_again(sample: InspectionSample) -> bool | None:
    """Whether drawing now gives the same households; None where the forms are others than then."""
    frame = _frame(sample.inspection, sample.round, SampleStrata(sample.strata))
    if _digest(frame) != sample.frame_digest:
        return None
    again = drawn_from(frame, seed=sample.seed, per_stratum=sample.per_stratum)
    return again == list(sample.households)


def _frame(
    inspection: Inspection, round: ReviewRound, strata: SampleStrata
) -> list[tuple[str, int]]:
    standard = decided_under(round)[-1]
    return queries.frame(round, inspection.area, strata=strata, standard=standard)


def _place(seed: int, household: int) -> str:
    return sha256(f"{seed}:{household}".encode()).hexdigest()


def _digest(frame: Iterable[tuple[str, int]]) -> str:
    return sha256(repr(sorted(frame)).encode()).hexdigest()


def within(inspection: Inspection, ids: Collection[int]) -> list[int]:
    """Those of the households that live, or lived last, in the inspected area. One query."""
    cards = HouseholdCard.objects.under(inspection.area).filter(pk__in=ids)
    return list(cards.order_by("pk").values_list("pk", flat=True))


def look(*, inspection: Inspection, ids: Collection[int], what: str, by: User) -> list[int]:
    """Record that the inspector opens the files of these households, before he reads them; gives
    those of the inspected area. `what`: household, village, commune, sample; no
    more than the sample's names, or what papers there are.

    Raises Refused (no right, none of them is of the area).
    """
    if reason := policies.why_not_inspect(by, inspection):
        raise Refused(reason)
    seen = within(inspection, ids)
    if not seen:
        raise Refused(_("No household of the inspected area."))
    with audit.act(
        by=by,
        verb="inspection.look",
        area=inspection.area,
        household=Household.objects.get(pk=seen[0]) if len(seen) == 1 else None,
        subject=inspection,
        details={"what": what, "households": seen},
    ):
        return seen


def look_at_paper(*, inspection: Inspection, attachment: Attachment, by: User) -> None:
    """Record that the inspector opens a photo or paper, before he sees it. Raises Refused (no
    right, not of the inspected area and years, or one of a complaint)."""
    if reason := policies.why_not_inspect(by, inspection):
        raise Refused(reason)
    if not policies.inspected_attachments(inspection).filter(pk=attachment.pk).exists():
        raise Refused(_("No paper of the inspected area and years."))
    owner = attachment.survey or attachment.request
    household = owner.household if owner else None
    with audit.act(
        by=by, verb="inspection.look", area=inspection.area, household=household,
        subject=inspection,
        details={
            "what": "paper",
            "attachment": str(attachment.uuid),
            "households": [household.pk] if household else [],
        },
    ):  # fmt: skip
        """The record is all."""


def find(
    *,
    inspection: Inspection,
    household: Household,
    round: ReviewRound,
    kind: FindingKind,
    words: str,
    found_on: dt.date,
    by: User,
) -> InspectionFinding:
    """Keep what was found. It changes nothing: the commune's correcting decision does. Raises
    Refused, Invalid with the fields."""
    if reason := policies.why_not_inspect(by, inspection):
        raise Refused(reason)
    if not within(inspection, [household.pk]):
        raise Refused(_("No household of the inspected area."))
    fields: dict[str, list[Words]] = {}
    if kind != FindingKind.RIGHT and not words.strip():
        fields["words"] = [_("Write what was found.")]
    if not inspection.valid_from <= found_on <= clock.today():
        fields["found_on"] = [_("Found between the first day of the inspection and today.")]
    if fields:
        raise Invalid(_("The finding is not kept yet."), fields=fields)
    with audit.act(
        by=by, verb="inspection.find", area=inspection.area, household=household,
        subject=inspection, details={"kind": str(kind), "round": round.key},
    ):  # fmt: skip
        made = InspectionFinding.objects.create(
            inspection=inspection,
            household=household,
            round=round,
            kind=kind,
            words=words.strip(),
            found_on=found_on,
            recorded_by=by,
        )
        commune = household.card.village.parent
        if kind != FindingKind.RIGHT and commune:
            notices.tell(
                kind=NoticeKind.FOUND, area=commune, round=round, key=str(made.pk),
                household=household.pk,
            )  # fmt: skip
        return made
