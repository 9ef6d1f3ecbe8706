"""Writing what an import found: set by set, rows that do not differ left alone.

To be called inside an act, after every check has passed. Each function is a fixed number of
statements, whatever the size of the file.
"""

from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from households.models import ReviewRound
from households.services import assessments, marks, register, rounds
from households.services.imports.changes import IMPORTED, MERGED_ANSWERS, Brought
from households.services.imports.problems import HOUSEHOLDS, ProblemLog
from households.services.imports.target import Target

_REGISTER: Final = (
    """
    INSERT INTO households_household (id, end_reason, phone)
    SELECT t.household_id, '', coalesce(h.phone, '')
    FROM staged_survey t JOIN staged_household h USING (line)
    WHERE t.is_new_household ORDER BY t.line
    """,
    """
    INSERT INTO households_householdkey (source, key, household_id)
    SELECT %(source)s, key, household_id FROM staged_survey
    WHERE is_new_key ORDER BY line
    """,
    """
    INSERT INTO households_person (id, full_name, sex, birth_date, birth_precision,
                                   ethnic_group_id, personal_id, old_number)
    SELECT sp.person_id, m.full_name, m.sex, m.birth_date, m.birth_precision,
           m.ethnic_group_id, m.personal_id, m.old_number
    FROM staged_person sp JOIN staged_member m USING (line)
    WHERE sp.is_new ORDER BY sp.line
    """,
    """
    INSERT INTO households_personkey (source, key, person_id)
    SELECT %(source)s, m.member_id, sp.person_id
    FROM staged_person sp JOIN staged_member m USING (line)
    WHERE sp.is_new_key ORDER BY sp.line
    """,
)

_GONE: Final = """
DELETE FROM households_surveymember r USING gone_row g WHERE r.id = g.id
"""

# Numbers and the head are unique row by row. Where members change places, they first step aside.
_STEP_ASIDE: Final = """
UPDATE households_surveymember r
SET member_no = -r.member_no,
    relation = CASE r.relation WHEN 'head' THEN 'other' ELSE r.relation END
FROM staged_row w JOIN staged_member m USING (line)
WHERE r.id = w.row_id AND w.is_changed
  AND (r.member_no <> m.member_no OR (r.relation = 'head') <> (m.relation = 'head'))
"""


#: Even a few hundred forms in tables that were counted empty are planned as one, and then take
#: minutes; some tens are quick however they are planned.
_WORTH_NEW_STATISTICS: Final = 30
_GROWN: Final = (
    "households_household, households_person, households_survey, households_surveymember,"
    " households_membership, households_residence"
)


def write_register(target: Target) -> None:
    """New households and persons with their keys."""
    with connection.cursor() as cursor:
        for statement in _REGISTER:
            cursor.execute(statement, {"source": target.source})


def write_surveys(
    round: ReviewRound, brought: Brought, questions: list[str], point_table_id: int | None
) -> None:
    """New surveys, and those that changed; all of them complete and marked as imported."""
    parameters: dict[str, Any] = {
        **IMPORTED,
        "round_id": round.pk,
        "questions": questions,
        "table_id": point_table_id,
    }
    names = ", ".join((*brought.names, *(name for name, _literal in brought.defaults)))
    values = ", ".join((*brought.values, *(literal for _name, literal in brought.defaults)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO households_survey (id, uuid, round_id, household_id, revision, state,
              origin, asked_for_review, form_a_answers, b1_answers, b1_table_id, {names})
            SELECT t.survey_id, gen_random_uuid(), %(round_id)s, t.household_id, 1, %(state)s,
              %(origin)s, false, '{{}}'::jsonb, coalesce(h.b1_answers, '{{}}'::jsonb),
              CASE WHEN coalesce(h.b1_answers, '{{}}') <> '{{}}' THEN %(table_id)s::bigint END,
              {values}
            FROM staged_survey t JOIN staged_household h USING (line)
            WHERE t.is_new ORDER BY t.line
            """,
            parameters,
        )
        cursor.execute(
            f"""
            UPDATE households_survey s
            SET {brought.assignments()}, state = %(state)s, origin = %(origin)s,
                revision = s.revision + 1, b1_answers = {MERGED_ANSWERS},
                b1_table_id = CASE WHEN {MERGED_ANSWERS} <> '{{}}'
                                   THEN coalesce(%(table_id)s, s.b1_table_id) END
            FROM staged_survey t JOIN staged_household h USING (line)
            WHERE s.id = t.survey_id AND NOT t.is_new AND t.is_changed
            """,
            parameters,
        )


def write_members(brought: Brought) -> None:
    """Members that left a household's survey, changed, or are new in it."""
    names = ", ".join((*brought.names, *(name for name, _literal in brought.defaults)))
    values = ", ".join((*brought.values, *(literal for _name, literal in brought.defaults)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM staged_survey WHERE is_changed)")
        if cursor.fetchone()[0]:
            cursor.execute(_GONE)
            cursor.execute(_STEP_ASIDE)
            cursor.execute(
                f"""
                UPDATE households_surveymember r SET {brought.assignments()}
                FROM staged_row w JOIN staged_member m USING (line)
                WHERE r.id = w.row_id AND w.is_changed
                """
            )
        cursor.execute(
            f"""
            INSERT INTO households_surveymember (survey_id, person_id, {names})
            SELECT w.survey_id, w.person_id, {values}
            FROM staged_row w JOIN staged_member m USING (line)
            WHERE w.row_id IS NULL ORDER BY w.line
            """
        )


def note_undetermined(log: ProblemLog) -> None:
    """Note the written surveys whose class cannot be told: an error where income is not told,
    for the caller meant to tell it; a warning where facts are missing that files do not carry."""
    undetermined = """
        SELECT t.line, NULL FROM staged_survey t
        JOIN households_assessment a ON a.survey_id = t.survey_id
        WHERE (t.is_new OR t.is_changed) AND a.poverty_class IS NULL
    """
    log.add_rows(
        HOUSEHOLDS,
        "income_per_capita_month_vnd",
        "income_undetermined",
        _(
            "The answers do not tell the income points: a point question or a fact it needs"
            " (such as pension) is missing."
        ),
        f"{undetermined} AND a.income_basis IS NULL",
    )
    log.add_rows(
        HOUSEHOLDS,
        "",
        "class_undetermined",
        _("The class cannot be told under the standard of the round: facts are missing."),
        f"{undetermined} AND a.income_basis IS NOT NULL",
        is_warning=True,
    )


def settle(target: Target, round: ReviewRound) -> None:
    """After the rows are written: ways through the round, register, results and marks follow."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT array_agg(survey_id ORDER BY survey_id), array_agg(DISTINCT village_id),
                   array_agg(DISTINCT commune_id),
                   array_agg(DISTINCT old_commune_id) FILTER (WHERE old_commune_id IS NOT NULL)
            FROM staged_survey WHERE is_new OR is_changed
            """
        )
        survey_ids, village_ids, commune_ids, old_commune_ids = cursor.fetchone()
        if survey_ids is None:
            return
        if len(survey_ids) >= _WORTH_NEW_STATISTICS:
            # Without it the steps below are planned for the tables as they were before the load.
            cursor.execute(f"ANALYZE {_GROWN}")
    rounds.start_ways(round=round, commune_ids=commune_ids, village_ids=village_ids)
    register.follow_surveys(survey_ids=survey_ids)
    for standard in target.standards:
        assessments.assess(survey_ids=survey_ids, standard=standard)
    marks.mark_changed(round_id=round.pk, commune_ids=[*commune_ids, *(old_commune_ids or [])])
    with connection.cursor() as cursor:
        # What would fail at commit fails here, in a dry run too.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
