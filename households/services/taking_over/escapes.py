"""Households that a decision let go from the lists, of a commune that kept no more than that: their
last year on the list comes in, and ends with the decision. They are never scored."""

from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from households.choices import DecisionOrigin
from households.models import RecognitionDecision, ReviewRound, User
from households.services import cards, marks
from households.services.imports.problems import LISTED, ProblemLog
from households.services.taking_over import writing
from households.services.taking_over.facts import ListFacts, Target, list_before

# Known to have left then already; and what it came from after an earlier time on the list.
_PLAN: Final = """
DROP TABLE IF EXISTS escaped_household;
CREATE TEMP TABLE escaped_household ON COMMIT DROP AS
SELECT h.line, h.household_id, h.full_name,
       coalesce(bool_or(p.valid_to = %(last_day)s AND p.how_out = 'ESCAPED'), false) AS is_known,
       coalesce(bool_or(p.valid_from <= %(last_day)s
                        AND (p.valid_to IS NULL OR p.valid_to >= %(counts_from)s)), false)
         AS is_listed,
       greatest(%(counts_from)s::date - interval '1 year',
                max(p.valid_to) FILTER (WHERE p.valid_to < %(last_day)s) + interval '1 day')::date
         AS listed_from,
       coalesce(bool_or(p.valid_to = %(last_day)s AND p.how_out <> 'ESCAPED'), false) AS left_other
FROM listed_head h
LEFT JOIN households_statusperiod p ON p.household_id = h.household_id
  AND p.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
GROUP BY h.line, h.household_id, h.full_name
"""
_BECOMES: Final = """
UPDATE listed_head h SET becomes = CASE WHEN e.is_known THEN 'same' ELSE 'listed' END
FROM escaped_household e WHERE e.line = h.line AND h.becomes <> 'new'
"""
_PERIODS: Final = """
INSERT INTO households_statusperiod
  (household_id, list_owner_id, standard_id, poverty_class, valid_from, valid_to, decision_in_id,
   decision_out_id, how_in, how_out)
SELECT h.household_id, %(owner_id)s, %(standard_id)s, h.poverty_class, e.listed_from, %(last_day)s,
       %(decision_id)s, %(decision_id)s, 'ADOPTED', 'ESCAPED'
FROM listed_head h JOIN escaped_household e ON e.line = h.line
WHERE h.becomes <> 'same' ORDER BY h.line
"""


def plan(facts: ListFacts, given: dict[str, Any], log: ProblemLog) -> None:
    """Fill escaped_household, after households are numbered; note who cannot have escaped then.
    Some six statements."""
    with connection.cursor() as cursor:
        cursor.execute(_PLAN, {**given, "last_day": facts.last_day})
        cursor.execute(_BECOMES)
    log.add_rows(
        LISTED, "full_name", "still_listed",
        _("povreg has this household on the list on and after that day."),
        "SELECT line, full_name FROM escaped_household WHERE is_listed",
    )  # fmt: skip
    log.add_rows(
        LISTED, "full_name", "left_otherwise",
        _("povreg has this household leaving the list that day otherwise than by escaping."),
        "SELECT line, full_name FROM escaped_household WHERE left_other AND NOT is_listed",
    )  # fmt: skip
    log.add_rows(
        LISTED, "full_name", "escape_known",
        _("povreg knows that this household escaped then, by its lists; it stays as it is."),
        "SELECT line, full_name FROM escaped_household WHERE is_known",
        is_warning=True,
    )  # fmt: skip
    if before := list_before(facts):
        log.add_rows(
            LISTED, "full_name", "not_on_the_list_before",
            _("The list in force before (decision %(number)s) is in povreg, and this household is"
              " not on it.") % {"number": before.number},
            "SELECT line, full_name FROM escaped_household"
            " WHERE NOT is_known AND NOT is_listed AND NOT left_other",
        )  # fmt: skip


def write(
    facts: ListFacts, target: Target, round: ReviewRound, given: dict[str, Any], by: User
) -> RecognitionDecision:
    """Households, persons, decision and their last time on the list. A fixed number of
    statements."""
    decision = writing.decide(facts, target, round, DecisionOrigin.ESCAPES, by)
    given = {
        **given, "decision_id": decision.pk, "last_day": facts.last_day,
        "source": f"list:{facts.commune.code}",
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (*writing.REGISTER, _PERIODS, writing.KEPT):
            cursor.execute(statement, given)
        cursor.execute("SELECT household_id FROM listed_head")
        touched = sorted(pk for (pk,) in cursor.fetchall())
    cards.refresh(household_ids=touched)
    marks.mark_changed(round_id=round.pk, commune_ids=[facts.commune.pk])
    writing.check_at_once()
    return decision
