"""Taking one import back: every row as it was before it, as long as nothing later rests on it.

A row keeps the act that made it, and history every row as it was before an act changed it; so what
an import did is read from these two, whatever it was. Audit and history grow.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, connection, models, transaction
from django.utils.translation import gettext as _

from households import policies, workflow
from households.errors import Refused
from households.models import (
    Area,
    AuditEvent,
    ChangeMark,
    Household,
    HouseholdKey,
    Membership,
    OddityCheck,
    Person,
    PersonKey,
    Residence,
    ReviewRound,
    Survey,
    SurveyMember,
    User,
)
from households.services import assessments, audit, cards, marks, rounds

#: What an import writes rows of; foreign keys are checked at the end, so the order is free.
_WRITTEN: Final[tuple[type[models.Model], ...]] = (
    SurveyMember, Survey, Membership, Residence, PersonKey, HouseholdKey, Person, Household,
)  # fmt: skip

#: What it begins where it is not there yet, and what others may use since: that stays.
_BEGUN: Final = (
    """
    DELETE FROM households_villagereview w WHERE act_id = %(act)s AND NOT EXISTS (
      SELECT 1 FROM households_survey s
      WHERE s.round_id = w.round_id AND s.village_id = w.village_id)
    """,
    """
    DELETE FROM households_communereview w WHERE act_id = %(act)s AND NOT EXISTS (
      SELECT 1 FROM households_survey s
      WHERE s.round_id = w.round_id AND s.commune_id = w.commune_id)
    """,
    """
    CREATE TEMP TABLE empty_village ON COMMIT DROP AS
    SELECT a.id FROM households_area a WHERE a.act_id = %(act)s
      AND NOT EXISTS (SELECT 1 FROM households_residence r WHERE r.village_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM households_survey s WHERE s.village_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM households_villagereview w WHERE w.village_id = a.id)
    """,
    "DELETE FROM households_areatrait WHERE area_id IN (SELECT id FROM empty_village)",
    "DELETE FROM households_area WHERE id IN (SELECT id FROM empty_village)",
    "DROP TABLE empty_village",
)

#: Rows that the act changed or took away, as they were before it; what it made has no before.
_BEFORE: Final = """
CREATE TEMP TABLE row_before ON COMMIT DROP AS
SELECT DISTINCT ON (table_name, row_id) table_name, row_id, row, id AS history_id
FROM households_rowhistory
WHERE act_id = %(act)s ORDER BY table_name, row_id, id;
DELETE FROM row_before WHERE (row ->> 'act_id')::bigint = %(act)s;
CREATE INDEX ON row_before (table_name, row_id);
ANALYZE row_before
"""

_CHANGED_LATER: Final = """
SELECT count(*) FROM row_before b JOIN households_rowhistory l
  ON l.table_name = b.table_name AND l.row_id = b.row_id AND l.id > b.history_id
     AND l.act_id IS DISTINCT FROM %(act)s
"""
_MADE_AND_CHANGED_LATER: Final = """
SELECT count(*) FROM {table} t JOIN households_rowhistory l
  ON l.table_name = '{table}' AND l.row_id = t.id AND l.act_id IS DISTINCT FROM %(act)s
WHERE t.act_id = %(act)s
"""

#: Forms the act touched: (id, round, household, commune).
_FORMS: Final = """
CREATE TEMP TABLE touched_form ON COMMIT DROP AS
SELECT s.id, s.round_id, s.household_id, s.commune_id, s.village_id
FROM households_survey s
WHERE s.act_id = %(act)s
   OR s.id IN (SELECT row_id FROM row_before WHERE table_name = 'households_survey')
   OR s.id IN (SELECT survey_id FROM households_surveymember WHERE act_id = %(act)s)
   OR s.id IN (SELECT (row ->> 'survey_id')::bigint FROM row_before
               WHERE table_name = 'households_surveymember')
"""


@dataclass(frozen=True)
class Undone:
    """How many forms went, and how many are as they were before."""

    removed: int
    restored: int


def undo(*, act_id: int, by: User) -> Undone:
    """Take back what the import with this act wrote.

    Raises Refused with what later rests on it: rows changed since, a commune past its survey stage,
    or papers, periods and steps that point at what it made. Cost: some sixty statements, whatever
    the number of rows; each row that goes is kept in history.
    """
    act = AuditEvent.objects.get(pk=act_id, verb="review.import")
    with (
        transaction.atomic(),
        audit.act(by=by, verb="review.undo_import", area=act.area, details={"act": act_id}),
        connection.cursor() as cursor,
    ):
        given = {"act": act_id}
        cursor.execute("DROP TABLE IF EXISTS row_before, touched_form")
        cursor.execute(_BEFORE, given)
        cursor.execute(_FORMS, given)
        _refuse_what_rests_on_it(cursor, given, by)
        households = _households(cursor, given)
        forms = _rows(cursor, "SELECT id, round_id, commune_id FROM touched_form")
        try:
            _turn_back(cursor, given, households)
        except IntegrityError as error:
            raise Refused(_rests(error)) from error
        _forget_opened_round(cursor, act)
        kept = _settle(cursor, forms, households)
    return Undone(removed=len(forms) - kept, restored=kept)


def _rows(cursor: Any, sql: str, given: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    cursor.execute(sql, given or {})
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def _refuse_what_rests_on_it(cursor: Any, given: dict[str, Any], by: User) -> None:
    communes = [pk for (pk,) in _rows(cursor, "SELECT DISTINCT commune_id FROM touched_form")]
    for commune in Area.objects.filter(pk__in=communes):
        if reason := policies.why_not_import(by, commune):
            raise Refused(reason)
    past = _rows(
        cursor,
        """
        SELECT a.name FROM touched_form f
        JOIN households_villagereview w ON w.round_id = f.round_id AND w.village_id = f.village_id
        JOIN households_area a ON a.id = f.village_id
        WHERE NOT w.state = ANY(%(open)s)
        UNION
        SELECT a.name FROM touched_form f
        JOIN households_communereview w ON w.round_id = f.round_id AND w.commune_id = f.commune_id
        JOIN households_area a ON a.id = f.commune_id
        WHERE NOT w.state = ANY(%(open_in_commune)s)
        ORDER BY 1
        """,
        {
            "open": [str(one) for one in workflow.SURVEYS_OPEN_IN_VILLAGE],
            "open_in_commune": [str(one) for one in workflow.SURVEYS_OPEN_IN_COMMUNE],
        },
    )
    if past:
        raise Refused(
            _("%(place)s is past its survey stage; what was imported there stays.")
            % {"place": past[0][0]}
        )
    later = _rows(cursor, _CHANGED_LATER, given)[0][0]
    for model in _WRITTEN:
        sql = _MADE_AND_CHANGED_LATER.format(table=model._meta.db_table)
        later += _rows(cursor, sql, given)[0][0]
    if later:
        raise Refused(
            _("%(number)s rows of this import were changed since; what is changed stays.")
            % {"number": later}
        )


def _households(cursor: Any, given: dict[str, Any]) -> list[int]:
    """Whose cards may differ: of the forms, and of the persons' memberships and homes."""
    found = _rows(
        cursor,
        """
        SELECT household_id FROM touched_form
        UNION SELECT household_id FROM households_membership WHERE act_id = %(act)s
        UNION SELECT household_id FROM households_residence WHERE act_id = %(act)s
        UNION SELECT (row ->> 'household_id')::bigint FROM row_before
              WHERE table_name IN ('households_membership', 'households_residence')
        """,
        given,
    )
    return [pk for (pk,) in found]


def _turn_back(cursor: Any, given: dict[str, Any], households: list[int]) -> None:
    """What the act made goes, what it changed or took away is as before. Raises IntegrityError
    where something else points at what goes."""
    cursor.execute(
        "DELETE FROM households_assessment WHERE survey_id IN (SELECT id FROM touched_form)"
    )
    cursor.execute(
        """
        DELETE FROM households_householdcard WHERE household_id = ANY(%(households)s)
          OR household_id IN (SELECT id FROM households_household WHERE act_id = %(act)s)
        """,
        {**given, "households": households},
    )
    for model in _WRITTEN:
        table = model._meta.db_table
        cursor.execute(
            f"""
            DELETE FROM {table} WHERE act_id = %(act)s
               OR id IN (SELECT row_id FROM row_before WHERE table_name = '{table}')
            """,
            given,
        )
    for model in reversed(_WRITTEN):
        table = model._meta.db_table
        columns = ", ".join(
            str(field.column)
            for field in model._meta.concrete_fields
            if not getattr(field, "generated", False)
        )
        cursor.execute(
            f"""
            INSERT INTO {table} ({columns})
            SELECT {columns} FROM row_before b, jsonb_populate_record(NULL::{table}, b.row)
            WHERE b.table_name = '{table}' ORDER BY b.row_id
            """
        )
    for statement in _BEGUN:
        cursor.execute(statement, given)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _rests(error: IntegrityError) -> str:
    """Which kind of thing points at what would go, by the table that the database names."""
    diagnosis = getattr(error.__cause__, "diag", None)
    table = getattr(diagnosis, "table_name", None)
    named = {
        str(model._meta.db_table): str(model._meta.verbose_name)
        for model in Household._meta.apps.get_models()
    }
    return _("Something later rests on this import: %(what)s.") % {
        "what": named.get(table or "", table or "")
    }


def _forget_opened_round(cursor: Any, act: AuditEvent) -> None:
    """A round that was opened only to hold this import goes with it, unless something is in it."""
    if not act.details.get("opened_round"):
        return
    round_id = act.object_id
    try:
        with transaction.atomic():
            for model in (ChangeMark, OddityCheck):
                model._default_manager.filter(round=round_id).delete()
            cursor.execute("DELETE FROM households_roundstandard WHERE round_id = %s", [round_id])
            cursor.execute("DELETE FROM households_reviewround WHERE id = %s", [round_id])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        return


def _settle(cursor: Any, forms: list[tuple[Any, ...]], households: list[int]) -> int:
    """Results, cards and marks follow; how many of the forms are still there."""
    there = set(
        Survey.objects.filter(pk__in=[pk for pk, *_rest in forms]).values_list("pk", flat=True)
    )
    by_round: dict[int, list[tuple[int, int]]] = {}
    for pk, round_id, commune_id in forms:
        by_round.setdefault(round_id, []).append((pk, commune_id))
    for round in ReviewRound.objects.filter(pk__in=by_round):
        its = by_round[round.pk]
        for standard in rounds.scored_under(round):
            assessments.assess(survey_ids=[pk for pk, __ in its if pk in there], standard=standard)
        marks.mark_changed(round_id=round.pk, commune_ids={commune for __, commune in its})
    cards.refresh(household_ids=sorted(households))
    return len(there)
