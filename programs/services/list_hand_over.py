"""Handing a list over: its rows become benefits, and change no more."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from households import clock
from households.errors import Invalid, Words
from households.models import User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices import ProgrammeKind
from programs.choices.support_lists import ListState
from programs.models import Benefit, ProgrammeTerms, SupportList, SupportListRow
from programs.queries import standing, support_lists
from programs.services.benefit_checks import Given, check_amount
from programs.services.list_rows import named
from programs.services.support_lists import locked
from programs.workflow import SERVED_STATES


@dataclass(frozen=True)
class SignedPaper:
    """What the signed list says of itself."""

    number: str
    handed_over_on: dt.date
    signed_by: str


def hand_over(*, support_list: SupportList, paper: SignedPaper, by: User) -> int:
    """Hand it over: every row becomes a benefit on the list of the commune, a recorded wish goes on
    as that benefit; numbers on the paper are fixed. How many rows. Raises Refused, Conflict,
    Invalid (paper, an empty list, somebody no longer entitled on its day, served since, or whose
    wish is over its ceiling). Some twenty-seven statements, however many rows."""
    with transaction.atomic():
        found = locked(support_list, by, ListState.DRAFT)
        _check_paper(found, paper)
        count = _check_rows(found)
        with told_plainly(SupportList, SupportListRow, Benefit), audit.act(
            by=by, verb="support_list.hand_over", area=found.commune, subject=found,
            details={"rows": count, "programme": found.programme.code},
        ):  # fmt: skip
            values: dict[str, Any] = {
                "list": found.pk, "day": paper.handed_over_on, "by": by.pk,
                "commune": found.commune_id, "once": found.programme.once,
                "funding": _only_line(found), "order": _in_order(found),
            }  # fmt: skip
            with connection.cursor() as cursor:
                cursor.execute(_MAKE_BENEFITS, values)
                if found.programme.kind == ProgrammeKind.LOAN:
                    cursor.execute(_KEEP_LOAN_FACTS, values)
            found.state = ListState.HANDED_OVER
            found.paper_number = paper.number.strip()
            found.handed_over_on = paper.handed_over_on
            found.signed_by = paper.signed_by.strip()
            found.save(update_fields=["state", "paper_number", "handed_over_on", "signed_by"])
    return count


def _only_line(found: SupportList) -> str:
    """Where the money comes from, if the programme has one line only."""
    lines = found.programme.funding
    return str(lines[0]) if len(lines) == 1 else ""


def _check_paper(found: SupportList, paper: SignedPaper) -> None:
    fields: dict[str, list[Words]] = {}
    for name in ("number", "signed_by"):
        if not getattr(paper, name).strip():
            fields[name] = [_("Write what the signed paper says.")]
    if paper.handed_over_on > clock.today():
        fields["handed_over_on"] = [_("This day is still to come.")]
    elif paper.handed_over_on < found.listed_on:
        fields["handed_over_on"] = [
            _("It cannot be handed over before the day it is worked out for.")
        ]
    if fields:
        raise Invalid(_("The list is not handed over yet."), fields=fields)


def _check_rows(found: SupportList) -> int:
    """The official list may have been corrected since the rows were put: worked out anew."""
    rows = set(found.rows.values_list("household", "person"))
    if not rows:
        raise Invalid(_("Nobody stands on this list."))
    entitled = {
        (one.household_id, one.person_id)
        for one in standing.entitled(
            found.programme, found.listed_on, households=sorted({key[0] for key in rows})
        )
    }
    if served := _served_since(found):
        raise Invalid(
            _("Served since they were put on the list; take them off it: %(names)s.")
            % {"names": named(served)}
        )
    if over := _over_by_wish(found):
        raise Invalid(
            _("What was recorded with the wish is over the ceiling of the ground: %(names)s.")
            % {"names": named(over)}
        )
    if gone := rows - entitled:
        raise Invalid(
            _("No longer entitled on the day of the list; take them off it: %(names)s.")
            % {"names": named(gone)}
        )
    return len(rows)


_WISHED_SUMS = """
SELECT o.household_id, o.person_id, o.terms_id, b.amount_vnd, coalesce(o.months, b.months),
  b.funding
FROM programs_supportlistrow o JOIN programs_benefit b ON b.programme_id = o.programme_id
  AND b.household_id = o.household_id AND b.person_id IS NOT DISTINCT FROM o.person_id
WHERE o.support_list_id = %s AND b.state = 'WISHED' AND o.amount_vnd IS NULL
  AND b.amount_vnd IS NOT NULL
"""


def _over_by_wish(found: SupportList) -> set[tuple[int, int | None]]:
    """Whose wish goes on with a sum that the ground of today does not give, for the list asks none.
    One query, and one more where there is such a sum."""
    with connection.cursor() as cursor:
        cursor.execute(_WISHED_SUMS, [found.pk])
        rows = cursor.fetchall()
    terms = ProgrammeTerms.objects.in_bulk({row[2] for row in rows}) if rows else {}
    over = set()
    for household, person, ground, amount_vnd, months, funding in rows:
        given = Given(amount_vnd=amount_vnd, months=months, funding=funding)
        try:
            check_amount(found.programme, terms[ground], given)
        except Invalid:
            over.add((household, person))
    return over


_SERVED_SINCE = """
SELECT DISTINCT r.household_id, r.person_id
FROM programs_supportlistrow r JOIN programs_benefit b ON b.programme_id = r.programme_id
  AND b.household_id = r.household_id AND b.person_id IS NOT DISTINCT FROM r.person_id
WHERE r.support_list_id = %s AND b.state = ANY(%s)
  AND (r.school_year IS NULL OR b.school_year = r.school_year)
  AND (b.act_id > r.act_id OR EXISTS (
    SELECT 1 FROM households_rowhistory h WHERE h.table_name = 'programs_benefit'
      AND h.row_id = b.id AND h.act_id > r.act_id AND h.row->>'state' <> ALL(%s)))
"""


def _served_since(found: SupportList) -> set[tuple[int, int | None]]:
    """Households and persons of the list who received it after their row was put: by an act that
    recorded it, or one that took an earlier wish or application to its end. One query."""
    served = sorted(SERVED_STATES)
    with connection.cursor() as cursor:
        cursor.execute(_SERVED_SINCE, [found.pk, served, served])
        return {(household, person) for household, person in cursor.fetchall()}


def _in_order(found: SupportList) -> list[int]:
    """The rows in the order of the paper. One query."""
    return list(support_lists.in_order(found.rows.all()).values_list("pk", flat=True))


_MAKE_BENEFITS = """
WITH own AS MATERIALIZED (
  SELECT * FROM programs_supportlistrow WHERE support_list_id = %(list)s
), wish AS MATERIALIZED (
  SELECT DISTINCT ON (o.id) o.id AS row_id, b.id AS benefit_id, o.terms_id, o.amount_vnd,
    o.village_id, o.school_level
  FROM own o JOIN programs_benefit b ON b.programme_id = o.programme_id
    AND b.household_id = o.household_id AND b.person_id IS NOT DISTINCT FROM o.person_id
  WHERE b.state = 'WISHED' ORDER BY o.id, b.acted_on DESC, b.id DESC
), taken_on AS (
  UPDATE programs_benefit b SET state = 'LISTED', acted_on = GREATEST(b.acted_on, %(day)s),
    terms_id = w.terms_id, amount_vnd = coalesce(w.amount_vnd, b.amount_vnd),
    commune_id = %(commune)s, village_id = w.village_id, school_level = w.school_level
  FROM wish w WHERE b.id = w.benefit_id
), made AS (
  INSERT INTO programs_benefit (uuid, programme_id, terms_id, household_id, person_id,
    outside_name, outside_ground, commune_id, village_id, state, acted_on, school_year, months,
    school_level, amount_vnd, funding, number, reason, once, recorded_by_id)
  SELECT gen_random_uuid(), o.programme_id, o.terms_id, o.household_id, o.person_id, '', '',
    %(commune)s, o.village_id, 'LISTED', %(day)s, o.school_year, o.months,
    o.school_level, o.amount_vnd, %(funding)s, '', '', %(once)s, %(by)s
  FROM own o WHERE o.id NOT IN (SELECT row_id FROM wish)
  RETURNING id, household_id, person_id
)
UPDATE programs_supportlistrow r
SET benefit_id = coalesce(w.benefit_id, m.id), on_draft = false, listed_no = v.no
FROM own o JOIN unnest(%(order)s::bigint[]) WITH ORDINALITY AS v(id, no) ON v.id = o.id
LEFT JOIN wish w ON w.row_id = o.id
LEFT JOIN made m ON m.household_id = o.household_id AND m.person_id IS NOT DISTINCT FROM o.person_id
WHERE r.id = o.id
"""

_KEEP_LOAN_FACTS = """
INSERT INTO programs_loanfacts (benefit_id, purpose, loan_months, savings_group)
SELECT benefit_id, purpose, loan_months, savings_group FROM programs_supportlistrow
WHERE support_list_id = %(list)s
ON CONFLICT (benefit_id) DO UPDATE SET purpose = excluded.purpose,
  loan_months = excluded.loan_months, savings_group = excluded.savings_group
"""
