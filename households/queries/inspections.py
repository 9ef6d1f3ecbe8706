"""What an inspector draws from, and what became of what was found."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from households.choices import DecisionOrigin, SurveyState
from households.choices.inspections import SampleStrata
from households.models import (
    Area,
    Assessment,
    InspectionFinding,
    PovertyStandard,
    RecognitionDecision,
    ReviewRound,
    Survey,
)


def frame(
    round: ReviewRound, area: Area, *, strata: SampleStrata, standard: PovertyStandard
) -> list[tuple[str, int]]:
    """(stratum, household id) of every complete form of the round in the area. One query."""
    villages = Area.objects.under(area).values("pk")
    if strata == SampleStrata.BY_CLASS:
        scored = Assessment.objects.filter(
            round=round, standard=standard, village__in=villages, survey__state=SurveyState.COMPLETE
        )
        rows = scored.values_list("poverty_class", "survey__household")
        return [(stratum or "", household) for stratum, household in rows]
    forms = Survey.objects.filter(round=round, state=SurveyState.COMPLETE, village__in=villages)
    column = {
        SampleStrata.BY_COMMUNE: "commune",
        SampleStrata.BY_VILLAGE: "village",
    }.get(strata)
    if column is None:
        return [("", household) for household in forms.values_list("household", flat=True)]
    return [(str(pk), household) for pk, household in forms.values_list(column, "household")]


@dataclass(frozen=True)
class Outcome:
    """A finding with the decision that corrected the list for its household since, if one did."""

    finding: InspectionFinding
    corrected_by: RecognitionDecision | None


_CORRECTING = (DecisionOrigin.CORRECTION, DecisionOrigin.SUPPLEMENT)


def outcomes(findings: Iterable[InspectionFinding]) -> list[Outcome]:
    """In their order. One query for the decisions."""
    found = list(findings)
    if not found:
        return []
    first = min(one.found_on for one in found)
    decisions: dict[int, list[RecognitionDecision]] = defaultdict(list)
    since = RecognitionDecision.objects.filter(origin__in=_CORRECTING, decided_on__gte=first)
    for decision in since.order_by("decided_on", "pk"):
        for household in decision.only_about:
            decisions[household].append(decision)
    return [Outcome(one, _after(decisions[one.household_id], one.found_on)) for one in found]


def _after(decisions: list[RecognitionDecision], day: dt.date) -> RecognitionDecision | None:
    return next((one for one in decisions if one.decided_on >= day), None)
