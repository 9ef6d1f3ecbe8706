"""Recording the rows of a list, and keeping all of them; taking a recorded list back."""

from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from households.errors import Refused
from households.services import audit
from households.services.imports import resting
from programs.choices import BenefitState
from programs.choices.benefit_lists import RowOutcome
from programs.models import Benefit, BenefitList, BenefitListRow
from programs.workflow import SERVED_STATES

_LONGEST_REASON: Final = 300

_NEW: Final = """
INSERT INTO programs_benefit (id, uuid, programme_id, terms_id, household_id, person_id,
  outside_name, outside_birth_year, outside_ground, commune_id, village_id, state, acted_on,
  served_on, valid_from, valid_to, school_year, months, school_level, amount_vnd, funding, number,
  reason, once,
  recorded_by_id)
OVERRIDING SYSTEM VALUE
SELECT j.new_id, gen_random_uuid(), %(programme)s, j.terms_id, j.household_id, j.person_id,
  CASE WHEN j.household_id IS NULL THEN r.name ELSE '' END,
  CASE WHEN j.household_id IS NULL THEN r.birth_year END,
  CASE WHEN j.household_id IS NULL THEN r.ground ELSE '' END,
  j.commune_id, j.village_id, %(served)s, r.day, r.day, r.valid_from, r.valid_to, r.school_year,
  r.months, r.school_level, r.amount_vnd, %(funding)s, r.card,
  CASE WHEN j.terms_id IS NULL AND j.household_id IS NOT NULL THEN %(reason)s ELSE '' END,
  %(once)s, %(by)s
FROM judged_row j JOIN list_row r USING (line)
WHERE j.new_id IS NOT NULL ORDER BY j.line
"""

_STEPS: Final = """
UPDATE programs_benefit b SET state = %(served)s, served_on = r.day,
  acted_on = greatest(b.acted_on, r.day), terms_id = coalesce(j.terms_id, b.terms_id),
  commune_id = j.commune_id, village_id = j.village_id,
  number = CASE WHEN r.card <> '' THEN r.card ELSE b.number END,
  valid_from = coalesce(r.valid_from, b.valid_from), valid_to = coalesce(r.valid_to, b.valid_to),
  school_year = coalesce(r.school_year, b.school_year), months = coalesce(r.months, b.months),
  school_level = coalesce(nullif(r.school_level, ''), b.school_level),
  amount_vnd = coalesce(r.amount_vnd, b.amount_vnd),
  funding = CASE WHEN b.funding = '' THEN %(funding)s ELSE b.funding END,
  reason = CASE WHEN coalesce(j.terms_id, b.terms_id) IS NULL AND b.reason = ''
                THEN %(reason)s ELSE b.reason END
FROM judged_row j JOIN list_row r USING (line)
WHERE j.outcome = 'STEP' AND b.id = j.open_id
"""

_ROWS: Final = """
INSERT INTO programs_benefitlistrow (of_list_id, line, outcome, found_by, why_not, faults, cells,
  household_id, person_id, terms_id, commune_id, village_id, name, birth_date, birth_year,
  personal_id, stated_village, stated_commune, stated_ground, day, amount_vnd, number, valid_from,
  valid_to, school_year, months, school_level, benefit_id, note)
SELECT %(list)s, r.line, j.outcome, j.found_by, j.why_not,
  to_jsonb(j.all_faults || j.warnings), r.cells, j.household_id, j.person_id, j.terms_id,
  j.commune_id, j.village_id, r.name, r.birth, r.birth_year,
  CASE WHEN j.household_id IS NULL THEN r.number END, r.stated_village, r.stated_commune, r.ground,
  r.day, r.amount_vnd, r.card, r.valid_from, r.valid_to, r.school_year, r.months, r.school_level,
  CASE WHEN %(commit)s OR j.outcome = 'SAME'
                 THEN coalesce(j.new_id, CASE j.outcome WHEN 'STEP' THEN j.open_id
                                                        WHEN 'SAME' THEN j.same_id END) END, ''
FROM judged_row j JOIN list_row r USING (line) ORDER BY r.line
"""

#: What the list made goes; what it took on is as it was.
_BEFORE: Final = """
DROP TABLE IF EXISTS row_before;
CREATE TEMP TABLE row_before ON COMMIT DROP AS
SELECT DISTINCT ON (row_id) table_name, row_id, row, id AS history_id FROM households_rowhistory
WHERE act_id = %(act)s AND table_name = 'programs_benefit' ORDER BY row_id, id
"""
_TURN_BACK: Final = (
    """
    UPDATE programs_benefitlistrow SET benefit_id = NULL
    WHERE of_list_id = %(list)s AND outcome IN ('NEW', 'STEP', 'OUTSIDE')
    """,
    "DELETE FROM programs_benefit WHERE act_id = %(act)s",
    """
    UPDATE programs_benefit b SET ({columns}) = (
      SELECT {columns} FROM jsonb_populate_record(NULL::programs_benefit, w.row))
    FROM row_before w WHERE w.row_id = b.id
    """,
)


def sent_from(listed: BenefitList) -> str:
    """Why a benefit without a ground that povreg knows is on record: whose list had it."""
    words = _("From the list of %(sender)s, %(day)s.") % {
        "sender": " ".join(filter(None, (listed.sender, listed.number))),
        "day": f"{listed.listed_on:%d/%m/%Y}",
    }
    return words[:_LONGEST_REASON]


def keep_rows(listed: BenefitList, *, commit: bool) -> None:
    """Put judged_row on record: with `commit` the benefits first, then all rows in place of those
    of an earlier check. Four statements at most."""
    values: dict[str, Any] = {
        "list": listed.pk,
        "programme": listed.programme_id,
        "served": BenefitState.SERVED.value,
        "funding": listed.funding,
        "reason": sent_from(listed),
        "once": listed.programme.once,
        "by": listed.sent_by_id,
        "commit": commit,
    }
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM programs_benefitlistrow WHERE of_list_id = %(list)s", values)
        if commit:
            cursor.execute(_NEW, values)
            cursor.execute(_STEPS, values)
        cursor.execute(_ROWS, values)
        # What would fail at commit fails here, where it is told.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def take_back(listed: BenefitList) -> None:
    """Everything as before the list was recorded. Raises Refused with what later rests on it: a
    benefit was changed since, a row was settled by hand, or a paper points at one."""
    by_hand = BenefitListRow.objects.filter(of_list=listed, outcome=RowOutcome.SETTLED)
    still = by_hand.filter(benefit__state__in=SERVED_STATES).count()
    if still:
        raise Refused(
            _("%(number)s rows of this list were recorded by hand since; take these back first.")
            % {"number": still}
        )
    values = {"act": listed.written_act, "list": listed.pk}
    with (
        transaction.atomic(),
        audit.act(
            by=listed.sent_by, verb="benefits.undo_list", area=listed.area, subject=listed,
            details={"act": listed.written_act},
        ),
        connection.cursor() as cursor,
    ):  # fmt: skip
        cursor.execute(_BEFORE, values)
        resting.refuse_changed_later(cursor, values, (Benefit,))
        columns = ", ".join(
            str(one.column) for one in Benefit._meta.concrete_fields if not one.primary_key
        )
        try:
            with transaction.atomic():
                for statement in _TURN_BACK:
                    cursor.execute(statement.format(columns=columns), values)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except IntegrityError as error:
            raise Refused(resting.named(error)) from error
