"""Recognitions told by income, one household or person at a time: farm, forestry, fishery and salt
households with average living standard (Decree 07/2021/NĐ-CP art. 3; Circular 07/2021 annex VI) and
low-income workers (Decree 30/2025/NĐ-CP)."""

import datetime as dt

from django.utils.translation import gettext as _

from households import procedure
from households.choices import (
    DecisionOrigin,
    HowIn,
    PovertyClass,
    RequestKind,
    RoundKind,
    Settlement,
)
from households.errors import Refused
from households.models import (
    PovertyStandard,
    RecognitionDecision,
    ReviewRequest,
    ReviewRound,
    StatusPeriod,
    User,
)
from households.models.certificates import CERTIFIED
from households.scoring import Standard
from households.scoring.document import Stated
from households.services import marks, standards, surveys
from households.services.lists import Paper


def why_not_recognise(request: ReviewRequest, decided_on: dt.date) -> str | None:
    """Why a request told by income cannot be granted on that day: what is missing, who is poor or
    near-poor, an income outside the lines of the standard in force. Eight queries at most."""
    if request.household is None:
        return _("The register does not know this household yet; enter it first.")
    if request.income_month_vnd is None:
        return _("The income of the last 12 months and who lives of it are missing.")
    if request.kind == RequestKind.WORKER and decided_on < procedure.low_income_workers_from():
        return _("Low-income workers are recognised since %(day)s.") % {
            "day": f"{procedure.low_income_workers_from():%d/%m/%Y}"
        }
    places = StatusPeriod.objects.on(decided_on).filter(
        household=request.household, list_owner__isnull=True
    )
    listed = places.values_list("poverty_class", flat=True).first()
    if listed in CERTIFIED:
        return _("The household is poor or near-poor; its class is settled by a review.")
    if listed and request.kind == RequestKind.AVERAGE:
        return _("The household is recognised already.")
    standard = standards.in_force(decided_on)
    if standard is None:
        return _("No poverty standard is in force on this day.")
    return _why_not_income(request, standard, decided_on)


def _why_not_income(
    request: ReviewRequest, standard: PovertyStandard, decided_on: dt.date
) -> str | None:
    rules = standards.rules_of(standard)
    settlement = _settlement(request, decided_on)
    poverty, average = _line(rules, "NEAR_POOR", settlement), _line(rules, "AVERAGE", settlement)
    if poverty is None or average is None:
        return _("This standard has no line of the average living standard.")
    for stated in (poverty, average):
        if reason := standards.why_not_rest_on(standard, stated, request.commune):
            return reason
    low, high = int(str(poverty.value)), int(str(average.value))
    income = request.income_month_vnd or 0
    is_over = income > high
    is_under = income <= low and request.kind == RequestKind.AVERAGE
    if is_over or is_under:
        return _(
            "%(income)s đồng per person and month lies outside of what the standard names: over "
            "%(low)s, up to %(high)s đồng."
        ) % {"income": _dotted(income), "low": _dotted(low), "high": _dotted(high)}
    return None


def _line(rules: Standard, poverty_class: str, settlement: Settlement) -> Stated | None:
    """The upper line of a class."""
    codes = [one.line for one in rules.class_rules if one.poverty_class == poverty_class]
    return rules.lines[codes[0]].income_vnd[settlement] if codes and codes[0] else None


def _settlement(request: ReviewRequest, decided_on: dt.date) -> Settlement:
    round = ReviewRound(as_of=decided_on)
    return Settlement(surveys.settlement_of(request.village, round))


def _dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def recognise(*, request: ReviewRequest, paper: Paper, by: User) -> None:
    """Write what the signed paper grants: the household's place on the list from its day on; of a
    person the answer itself is all. Inside the act that answers the request. Raises Refused."""
    if reason := why_not_recognise(request, paper.decided_on):
        raise Refused(reason)
    if request.kind != RequestKind.AVERAGE:
        return
    standard, household = standards.in_force(paper.decided_on), request.household
    assert standard is not None
    assert household is not None
    round = _round_of(request, paper.decided_on)
    decision = RecognitionDecision.objects.create(
        commune=request.commune,
        round=round,
        standard=standard,
        number=paper.number.strip(),
        decided_on=paper.decided_on,
        effective_from=paper.decided_on,
        decided_by=paper.decided_by.strip(),
        signer_title=paper.signer_title or "",
        recorded_by=by,
        origin=DecisionOrigin.SINGLE,
        only_about=[household.pk],
    )
    StatusPeriod.objects.create(
        household=household,
        standard=standard,
        poverty_class=PovertyClass.AVERAGE,
        valid_from=paper.decided_on,
        decision_in=decision,
        how_in=HowIn.NEW_ENTRY,
    )
    marks.mark_changed(round_id=round.pk, commune_ids=[request.commune_id])


def _round_of(request: ReviewRequest, day: dt.date) -> ReviewRound:
    """The round the decision is filed under: of its month, else the newest that began by then."""
    above = [int(part) for part in request.village.path.split(".") if part]
    rounds = ReviewRound.objects.filter(province__in=above)
    ad_hoc = rounds.filter(kind=RoundKind.AD_HOC, year=day.year, month=day.month)
    found = ad_hoc.first() or rounds.filter(opens_on__lte=day).order_by("-opens_on", "-pk").first()
    if found is None:
        raise Refused(_("No review round began by this day."))
    return found
