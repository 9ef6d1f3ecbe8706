"""What bank, insurer or school answered of a list that was handed over, row by row in one act."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid, Words
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices import BenefitState, ProgrammeKind
from programs.choices.support_lists import ListState, Outcome
from programs.models import Benefit, LoanFacts, SupportList, SupportListRow
from programs.services.benefit_checks import Given, check_amount
from programs.services.list_rows import loan_months_fault
from programs.services.support_lists import hold_benefits, locked
from programs.workflow import next_states

_LONGEST_REASON = 300
_LONGEST_NUMBER = 60

Faults = dict[str, list[Words]]


@dataclass(frozen=True)
class Answer:
    """Of one row on `acted_on`. None and "" leave what was asked for. `number`: of the card, the
    contract or the decision; `months`: of the school year; `loan_months`: of a loan."""

    outcome: Outcome
    acted_on: dt.date
    amount_vnd: int | None = None
    months: int | None = None
    loan_months: int | None = None
    number: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    reason: str = ""


def record(*, support_list: SupportList, answers: Mapping[int, Answer], by: User) -> int:
    """Record the answers of rows (by their key); the others wait on. How many. Raises Refused,
    Conflict, Invalid by "<row>.<field>": a step that does not follow, a day before the hand-over
    or still to come, a refusal without reason, a card without number or days, an amount over
    the terms. All or none. Some fifteen statements, however many."""
    with transaction.atomic():
        found = locked(support_list, by, ListState.HANDED_OVER)
        rows = SupportListRow.objects.filter(support_list=found, pk__in=answers)
        hold_benefits(rows)
        own = list(rows.select_related("benefit", "terms"))
        faults: Faults = {}
        for row in own:
            for name, words in _faults(found, row, answers[row.pk]).items():
                faults[f"{row.pk}.{name}"] = words
        if faults:
            raise Invalid(_("Some answers cannot be right."), fields=faults)
        if own:
            counts = {
                str(one): sum(answers[row.pk].outcome == one for row in own) for one in Outcome
            }
            with told_plainly(Benefit, LoanFacts), audit.act(
                by=by, verb="support_list.answer", area=found.commune, subject=found,
                details={name: number for name, number in counts.items() if number},
            ):  # fmt: skip
                _write(found, [(row, answers[row.pk]) for row in own])
    return len(own)


def _faults(found: SupportList, row: SupportListRow, answer: Answer) -> Faults:
    benefit = row.benefit
    assert benefit is not None  # of a list that was handed over
    if BenefitState(answer.outcome) not in next_states(found.programme.kind, benefit.state):
        return {"outcome": [_("This does not follow what was recorded before.")]}
    faults: Faults = {}
    if answer.acted_on > clock.today():
        faults["acted_on"] = [_("This day is still to come.")]
    elif answer.acted_on < benefit.acted_on:
        faults["acted_on"] = [_("This day lies before the step before it.")]
    if answer.outcome == Outcome.REFUSED:
        if not answer.reason.strip():
            faults["reason"] = [_("Write why it was refused.")]
        return faults
    if found.programme.kind == ProgrammeKind.HEALTH_CARD and answer.outcome == Outcome.SERVED:
        faults |= _faults_of_card(answer)
    if told := loan_months_fault(row.terms, answer.loan_months):
        faults["loan_months"] = [told]
    try:
        given = Given(
            amount_vnd=answer.amount_vnd if answer.amount_vnd is not None else row.amount_vnd,
            months=answer.months or row.months,
        )
        check_amount(found.programme, row.terms, given)
    except Invalid as fault:
        faults |= {name: list(words) for name, words in fault.fields.items()}
    return faults


def _faults_of_card(answer: Answer) -> Faults:
    faults: Faults = {}
    if not answer.number.strip():
        faults["number"] = [_("A card has a number.")]
    if answer.valid_from is None:
        faults["valid_from"] = [_("From when the card holds.")]
    elif answer.valid_to and answer.valid_to < answer.valid_from:
        faults["valid_to"] = [_("The last day lies before the first day.")]
    return faults


def _write(found: SupportList, answered: Sequence[tuple[SupportListRow, Answer]]) -> None:
    columns: list[list[Any]] = [
        [row.benefit_id for row, __ in answered],
        [str(one.outcome) for __, one in answered],
        [one.acted_on for __, one in answered],
        [one.amount_vnd for __, one in answered],
        [one.months for __, one in answered],
        [one.number.strip()[:_LONGEST_NUMBER] for __, one in answered],
        [one.valid_from for __, one in answered],
        [one.valid_to for __, one in answered],
        [one.reason.strip()[:_LONGEST_REASON] for __, one in answered],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ANSWER, columns)
        if found.programme.kind == ProgrammeKind.LOAN:
            months = [one.loan_months for __, one in answered]
            cursor.execute(_ANSWER_LOANS, [columns[0], months])


_ANSWER = """
UPDATE programs_benefit b SET state = v.state, acted_on = v.acted_on,
  served_on = CASE WHEN v.state = 'SERVED' THEN v.acted_on ELSE b.served_on END,
  amount_vnd = coalesce(v.amount_vnd, b.amount_vnd), months = coalesce(v.months, b.months),
  number = coalesce(nullif(v.number, ''), b.number),
  valid_from = coalesce(v.valid_from, b.valid_from), valid_to = coalesce(v.valid_to, b.valid_to),
  reason = coalesce(nullif(v.reason, ''), b.reason)
FROM unnest(%s::bigint[], %s::text[], %s::date[], %s::bigint[], %s::smallint[], %s::text[],
  %s::date[], %s::date[], %s::text[])
  AS v(id, state, acted_on, amount_vnd, months, number, valid_from, valid_to, reason)
WHERE b.id = v.id
"""

_ANSWER_LOANS = """
UPDATE programs_loanfacts f SET loan_months = coalesce(v.months, f.loan_months)
FROM unnest(%s::bigint[], %s::smallint[]) AS v(id, months) WHERE f.benefit_id = v.id
"""
