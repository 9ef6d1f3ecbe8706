"""The official list and its one writer: a decision adopts the results of a commune, set by set."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households import policies
from households.choices import (
    CommuneState,
    DecisionOrigin,
    PovertyClass,
    SignerTitle,
    SurveyState,
)
from households.errors import Conflict, DomainError, Invalid, Refused
from households.models import (
    Area,
    Assessment,
    CommuneReview,
    PointTable,
    PovertyStandard,
    RecognitionDecision,
    ReviewRound,
    Survey,
    User,
)
from households.services import (
    audit,
    list_order,
    list_rules,
    list_sql,
    marks,
    standards,
    webhook_messages,
)
from households.services.deciding_standards import why_only_trial


@dataclass(frozen=True)
class Paper:
    """The signed decision: its number, date, who signed (empty if not typed) and as what."""

    number: str
    decided_on: dt.date
    decided_by: str = ""
    signer_title: SignerTitle | None = None


@dataclass(frozen=True)
class Adopted:
    """What a decision did to the list, in households."""

    communes: int = 0
    opened: int = 0
    ended: int = 0
    kept: int = 0

    def plus(self, other: "Adopted") -> "Adopted":
        return replace(
            self,
            communes=self.communes + other.communes,
            opened=self.opened + other.opened,
            ended=self.ended + other.ended,
            kept=self.kept + other.kept,
        )


@dataclass(frozen=True)
class Scope:
    """Households that a decision leaves out, and those it is about alone (None: all)."""

    held_back: list[int]
    only: list[int] | None = None


def adopt(
    *,
    round: ReviewRound,
    standard: PovertyStandard,
    commune: Area,
    paper: Paper,
    by: User,
    origin: DecisionOrigin = DecisionOrigin.ADOPTED_FROM_PAPER,
    held_back: Collection[int] = (),
    only: Collection[int] | None = None,
) -> Adopted:
    """Make the results of a commune its official list, as decided on paper.

    `held_back`: households whose complaint is open; their status goes on. `only`: those of a
    supplement that follows; nothing of the others is touched.

    Periodic lists count from 1 January of the next year, ad-hoc ones from the decision. A
    household whose class stays keeps its period; the first list under a standard opens new
    periods for all and ends those of the standard before (Decision 24/2021/QĐ-TTg, art. on
    recognition). The commune's review is recognised and its surveys are locked.

    Raises Refused (no right, drafts or undetermined results left, results rest on a sample or an
    unconfirmed number, the closing list of a double review comes first), Conflict (already decided,
    a later list is in force), Invalid. Cost: a fixed number of statements.
    """
    scope = Scope(held_back=sorted(held_back), only=None if only is None else sorted(only))
    if reason := policies.why_not_record_decision(by, commune):
        raise Refused(reason)
    _check_paper(round, paper)
    if reason := why_only_trial(round, standard):
        raise Refused(reason)
    if only is None and (reason := list_order.why_not_yet(round, standard, commune)):
        raise Refused(reason)
    if reason := _why_not_ready(round, standard, commune, scope):
        raise Refused(reason)
    counts_from = list_rules.counts_from(standard, round, paper.decided_on)
    with audit.act(
        by=by,
        verb="list.adopt",
        area=commune,
        details={"round": round.key, "standard": standard.code, "number": paper.number},
    ):
        decision = _record(round, standard, commune, paper, by, origin, counts_from, scope)
        adopted = _write_list(decision, scope)
        _recognise(round, commune)
        marks.mark_changed(round_id=round.pk, commune_ids=[commune.pk])
        if only is None:
            webhook_messages.commune_recognised(decision)
    return adopted


def adopt_area(
    *, round: ReviewRound, standard: PovertyStandard, area: Area, paper: Paper, by: User
) -> Adopted:
    """Adopt all communes of an area that have results in the round; all of them or none.

    Raises as adopt does; the message names the commune.
    """
    assessed = Assessment.objects.filter(round=round, standard=standard).values("commune")
    communes = Area.objects.under(area).filter(pk__in=assessed).order_by("code")
    if not communes:
        raise Invalid(
            _("No results of this round under this standard in %(area)s.") % {"area": area}
        )
    total = Adopted()
    with transaction.atomic():
        for commune in communes:
            try:
                total = total.plus(
                    adopt(round=round, standard=standard, commune=commune, paper=paper, by=by)
                )
            except DomainError as error:
                raise type(error)(f"{commune.name} ({commune.code}): {error.message}") from error
    return total


def _check_paper(round: ReviewRound, paper: Paper) -> None:
    if not paper.number.strip():
        missing = _("The number of the decision is missing.")
        raise Invalid(missing, fields={"number": [missing]})
    latest = dt.date(round.closes_on.year + 1, 12, 31)
    if not round.as_of <= paper.decided_on <= latest:
        wrong = _("The date of the decision does not fit the round %(round)s.") % {
            "round": round.key
        }
        raise Invalid(wrong, fields={"decided_on": [wrong]})


def _why_not_ready(
    round: ReviewRound, standard: PovertyStandard, commune: Area, scope: Scope
) -> str | None:
    """Why the results of a commune cannot be decided on yet."""
    surveys = Survey.objects.filter(round=round, commune=commune)
    results = Assessment.objects.filter(round=round, standard=standard, commune=commune)
    surveys = surveys.exclude(household__in=scope.held_back)
    results = results.exclude(survey__household__in=scope.held_back)
    if scope.only is not None:
        surveys = surveys.filter(household__in=scope.only)
        results = results.filter(survey__household__in=scope.only)
    drafts = surveys.filter(state=SurveyState.DRAFT).exclude(form_a_passed=False).count()
    if drafts:
        return ngettext(
            "%(count)s form is not complete.", "%(count)s forms are not complete.", drafts
        ) % {"count": drafts}
    open_results = results.filter(poverty_class__isnull=True).count()
    if open_results:
        return ngettext(
            "The class of %(count)s household is not determined: facts are missing.",
            "The class of %(count)s households is not determined: facts are missing.",
            open_results,
        ) % {"count": open_results}
    tables = PointTable.objects.filter(
        pk__in=results.filter(point_table__isnull=False).values("point_table")
    )
    bases = results.filter(income_basis__isnull=False).values_list("income_basis", flat=True)
    return standards.why_not_decide(
        standard=standard,
        rests_on_tables=list(tables),
        commune=commune,
        income_bases={basis for basis in bases.distinct() if basis},
    )


def _record(
    round: ReviewRound,
    standard: PovertyStandard,
    commune: Area,
    paper: Paper,
    by: User,
    origin: DecisionOrigin,
    counts_from: dt.date,
    scope: Scope,
) -> RecognitionDecision:
    try:
        with transaction.atomic():
            return RecognitionDecision.objects.create(
                commune=commune,
                round=round,
                standard=standard,
                number=paper.number.strip(),
                decided_on=paper.decided_on,
                decided_by=paper.decided_by,
                signer_title=paper.signer_title or "",
                left_out=scope.held_back,
                only_about=scope.only or [],
                effective_from=counts_from,
                recorded_by=by,
                origin=origin,
            )
    except IntegrityError as error:
        if "households_decision_once_per_round" in str(error):
            raise Conflict(
                _("The commune has a decision of this round under this standard already.")
            ) from error
        raise


def plan_facts(
    *,
    round: ReviewRound,
    standard: PovertyStandard,
    commune: Area,
    counts_from: dt.date,
    scope: Scope,
) -> dict[str, Any]:
    """What the plan of a decision is made of (list_sql.PLAN_ROWS)."""
    return {
        "round_id": round.pk, "standard_id": standard.pk, "commune_id": commune.pk,
        "made_of": list_order.with_former(commune),
        "owner_id": standard.owner_id,
        "as_of": round.as_of,
        "counts_from": counts_from,
        "farm_class": PovertyClass.AVERAGE,
        "held_back": scope.held_back,
        "only": scope.only,
    }  # fmt: skip


def _write_list(decision: RecognitionDecision, scope: Scope) -> Adopted:
    """Close and open periods so that the list of the commune is what the decision says."""
    facts = plan_facts(
        round=decision.round,
        standard=decision.standard,
        commune=decision.commune,
        counts_from=decision.effective_from,
        scope=scope,
    ) | {
        "decision_id": decision.pk,
        "look_back_from": list_rules.relapse_looks_back_to(
            decision.standard, decision.effective_from
        ),
    }
    with connection.cursor() as cursor:
        cursor.execute(list_sql.LATER_PERIODS, facts)
        if later := cursor.fetchone()[0]:
            raise Conflict(
                ngettext(
                    "%(count)s household is on a later list already.",
                    "%(count)s households are on a later list already.",
                    later,
                )
                % {"count": later}
            )
        cursor.execute(list_sql.PLAN, facts)
        cursor.execute(list_sql.COUNT_KEPT, facts)
        kept = cursor.fetchone()[0]
        cursor.execute(list_sql.END_PERIODS, facts)
        ended = cursor.rowcount
        cursor.execute(list_sql.OPEN_PERIODS, facts)
        opened = cursor.rowcount
        cursor.execute(list_sql.DROP_PLAN)
    return Adopted(communes=1, opened=opened, ended=ended, kept=kept)


def _recognise(round: ReviewRound, commune: Area) -> None:
    CommuneReview.objects.update_or_create(
        round=round, commune=commune, defaults={"state": CommuneState.RECOGNISED}
    )
