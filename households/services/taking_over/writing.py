"""Writing a list that is taken over: set by set, after every check, inside an act."""

from typing import Any, Final

from django.db import connection
from django.utils.translation import gettext as _

from households import procedure
from households.choices import CommuneState, DecisionOrigin, RoundKind, StandardPart
from households.models import (
    CommuneReview,
    RecognitionDecision,
    ReviewRound,
    RoundStandard,
    User,
)
from households.services import audit, cards, marks
from households.services.imports.problems import LISTED, ProblemLog
from households.services.taking_over.facts import ListFacts, Target, Totals

# On povreg's list, poor or near-poor, and not in the sheet: who lives in the commune, and who lived
# there until the household ended. Average living standard is recognised apart from these lists.
ABSENT: Final = """
CREATE TEMP TABLE absent_household ON COMMIT DROP AS
SELECT DISTINCT ON (p.id) p.id AS period_id, p.household_id, p.poverty_class, p.standard_id,
       there.is_gone, there.village_id
FROM households_statusperiod p
JOIN (
  SELECT household_id, village_id, false AS is_gone FROM living_household
  WHERE village_id IS NOT NULL
  UNION ALL
  SELECT h.id, r.village_id, true FROM households_household h
  JOIN households_residence r ON r.household_id = h.id AND r.valid_to = h.ended_on
  JOIN households_area v ON v.id = r.village_id
  WHERE v.parent_id = %(commune_id)s AND h.ended_on < %(counts_from)s
) there ON there.household_id = p.household_id
WHERE p.valid_to IS NULL AND p.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
  AND p.poverty_class IN ('POOR', 'NEAR_POOR') AND p.valid_from < %(counts_from)s
  AND NOT EXISTS (SELECT 1 FROM listed_head h WHERE h.household_id = p.household_id)
"""

_LATER_PLACE: Final = """
SELECT h.line, h.full_name FROM listed_head h
WHERE EXISTS (SELECT 1 FROM households_statusperiod p
              WHERE p.household_id = h.household_id
                AND p.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
                AND (p.valid_from >= %(counts_from)s OR p.valid_to >= %(counts_from)s))
"""

REGISTER: Final = (
    """
    INSERT INTO households_household (id, end_reason, phone)
    SELECT household_id, '', '' FROM listed_head WHERE becomes = 'new' ORDER BY line
    """,
    """
    INSERT INTO households_householdkey (source, key, household_id)
    SELECT %(source)s, h.code, h.household_id FROM listed_head h
    WHERE h.code IS NOT NULL AND h.becomes = 'new' ORDER BY h.line
    ON CONFLICT (source, key) DO NOTHING
    """,
    """
    INSERT INTO households_person (id, full_name, sex, birth_date, birth_precision,
                                   ethnic_group_id, personal_id)
    SELECT p.person_id, r.full_name, r.known_sex, r.birth_date,
           coalesce(r.birth_precision, 'DAY'), r.ethnic_group_id, r.personal_id
    FROM listed_person p JOIN listed_row r ON r.line = p.line WHERE p.is_new ORDER BY p.line
    """,
    # What the register does not know yet is filled in; what it knows stays.
    """
    UPDATE households_person p
    SET personal_id = coalesce(p.personal_id, r.personal_id),
        birth_precision = CASE WHEN p.birth_date IS NULL
                               THEN coalesce(r.birth_precision, p.birth_precision)
                               ELSE p.birth_precision END,
        birth_date = coalesce(p.birth_date, r.birth_date),
        ethnic_group_id = coalesce(p.ethnic_group_id, r.ethnic_group_id)
    FROM listed_person lp JOIN listed_row r ON r.line = lp.line
    WHERE p.id = lp.person_id AND NOT lp.is_new
      AND ((p.personal_id IS NULL AND r.personal_id IS NOT NULL)
        OR (p.birth_date IS NULL AND r.birth_date IS NOT NULL)
        OR (p.ethnic_group_id IS NULL AND r.ethnic_group_id IS NOT NULL))
    """,
    # Known from a later day only: it lived here when the list began to count.
    """
    UPDATE households_residence r SET valid_from = l.valid_from
    FROM listed_head h
    JOIN living_household k ON k.household_id = h.household_id
    JOIN village_life l ON l.then_id = k.village_id
    WHERE r.household_id = h.household_id AND h.becomes <> 'new' AND r.valid_to IS NULL
      AND r.village_id = l.village_id AND l.valid_to IS NULL AND r.valid_from > l.valid_from
      AND NOT EXISTS (SELECT 1 FROM households_residence o
                      WHERE o.household_id = r.household_id AND o.id <> r.id)
    """,
    # In the village of then, and in what it became since.
    """
    INSERT INTO households_residence (household_id, village_id, valid_from, valid_to)
    SELECT h.household_id, l.village_id, l.valid_from, l.valid_to
    FROM listed_head h JOIN village_life l ON l.then_id = h.village_id
    WHERE h.becomes = 'new' OR (l.valid_to IS NOT NULL AND EXISTS (
      SELECT 1 FROM households_residence r
      JOIN village_life t ON t.then_id = l.then_id AND t.village_id = r.village_id
      WHERE r.household_id = h.household_id AND r.valid_to IS NULL AND t.valid_to IS NULL
        AND r.valid_from = t.valid_from
        AND NOT EXISTS (SELECT 1 FROM households_residence o
                        WHERE o.household_id = r.household_id AND o.id <> r.id)))
    ORDER BY h.line, l.valid_from
    """,
    """
    INSERT INTO households_membership (household_id, person_id, relation, valid_from)
    SELECT p.household_id, p.person_id, CASE WHEN p.is_head THEN 'head' ELSE r.relation END,
           %(counts_from)s
    FROM listed_person p JOIN listed_row r ON r.line = p.line
    WHERE NOT p.belongs ORDER BY p.line
    """,
)

_LIST: Final = (
    """
    UPDATE households_statusperiod p
    SET valid_to = %(counts_from)s::date - 1, decision_out_id = %(decision_id)s,
        how_out = CASE WHEN p.standard_id <> %(standard_id)s THEN 'NEW_STANDARD'
                       ELSE 'TO_' || h.poverty_class END
    FROM listed_head h
    WHERE p.household_id = h.household_id AND h.becomes = 'other' AND p.valid_to IS NULL
      AND p.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
    """,
    """
    UPDATE households_statusperiod p
    SET valid_to = %(counts_from)s::date - 1, decision_out_id = %(decision_id)s,
        how_out = CASE WHEN a.is_gone THEN 'OTHER_OUT'
                       WHEN a.standard_id <> %(standard_id)s THEN 'NEW_STANDARD'
                       ELSE 'ESCAPED' END
    FROM absent_household a WHERE p.id = a.period_id
    """,
    """
    INSERT INTO households_statusperiod
      (household_id, list_owner_id, standard_id, poverty_class, valid_from, decision_in_id, how_in,
       how_out)
    SELECT household_id, %(owner_id)s, %(standard_id)s, poverty_class, %(counts_from)s,
           %(decision_id)s, 'ADOPTED', ''
    FROM listed_head WHERE becomes <> 'same' ORDER BY line
    """,
)

#: What the sheet says of each household.
KEPT: Final = """
INSERT INTO households_takenoverhousehold
  (decision_id, household_id, poverty_class, listed_no, persons, aside)
SELECT %(decision_id)s, h.household_id, h.poverty_class, coalesce(h.listed_no, ''),
       coalesce(h.household_size, CASE WHEN e.yes THEN h.people END),
       coalesce(h.aside, '{}')::jsonb
FROM listed_head h, (SELECT EXISTS (SELECT 1 FROM listed_row WHERE NOT is_head) AS yes) e
ORDER BY h.line
"""

_FOUND: Final = """
SELECT count(*) FILTER (WHERE poverty_class = 'POOR'),
       count(*) FILTER (WHERE poverty_class = 'NEAR_POOR'),
       sum(persons) FILTER (WHERE poverty_class = 'POOR'),
       sum(persons) FILTER (WHERE poverty_class = 'NEAR_POOR'),
       count(*) FILTER (WHERE persons IS NULL)
FROM (
  SELECT poverty_class, coalesce(household_size, CASE WHEN EXISTS (
           SELECT 1 FROM listed_row WHERE NOT is_head) THEN people END) AS persons
  FROM listed_head) counted
"""


def found_totals() -> Totals:
    """What the sheet comes to; no persons where a household does not tell them. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_FOUND)
        poor, near_poor, poor_persons, near_poor_persons, untold = cursor.fetchone()
    if untold:
        return Totals(poor, near_poor)
    return Totals(poor, near_poor, poor_persons or 0, near_poor_persons or 0)


def find_absent(given: dict[str, Any], log: ProblemLog) -> None:
    """Fill absent_household; note heads whose place on a list lies later. Three statements."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS absent_household")
        cursor.execute(ABSENT, given)
    log.add_rows(
        LISTED, "full_name", "later_place",
        _("This household is on a later list already."),
        _LATER_PLACE, given,
    )  # fmt: skip


def find_none_absent() -> None:
    """Of a paper that says only who escaped nobody is missing. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS absent_household")
        cursor.execute(
            "CREATE TEMP TABLE absent_household (household_id bigint, village_id bigint,"
            " poverty_class text) ON COMMIT DROP"
        )


def make_past_round(facts: ListFacts, target: Target, by: User) -> ReviewRound:
    """The round of the decision's year, which povreg does not know: it is past, so it is made
    closed, for the communes alone whose lists are taken over. In an act of its own."""
    first_day, last_day = procedure.periodic_dates(facts.year)
    details = {"year": facts.year, "taken_over": True}
    with audit.act(by=by, verb="round.open", area=target.province, details=details):
        made = ReviewRound.objects.create(
            province=target.province, kind=RoundKind.PERIODIC, year=facts.year, as_of=first_day,
            opens_on=first_day, closes_on=last_day, covers_all_communes=False, is_closed=True,
        )  # fmt: skip
        RoundStandard.objects.create(round=made, standard=target.standard, part=StandardPart.BOTH)
    return made


def decide(
    facts: ListFacts, target: Target, round: ReviewRound, origin: DecisionOrigin, by: User
) -> RecognitionDecision:
    """The signed decision. One statement."""
    made: RecognitionDecision = RecognitionDecision.objects.create(
        commune=facts.commune,
        round=round,
        standard=target.standard,
        number=facts.paper.number.strip(),
        decided_on=facts.paper.decided_on,
        effective_from=facts.effective_from,
        decided_by=facts.paper.decided_by.strip(),
        signer_title=facts.paper.signer_title or "",
        recorded_by=by,
        origin=origin,
    )
    return made


def write(
    facts: ListFacts, target: Target, round: ReviewRound, given: dict[str, Any], by: User
) -> RecognitionDecision:
    """Households, persons, decision and places on the list. A fixed number of statements."""
    decision = decide(facts, target, round, DecisionOrigin.ADOPTED_FROM_PAPER, by)
    given = {**given, "decision_id": decision.pk, "source": f"list:{facts.commune.code}"}
    with connection.cursor() as cursor:
        for statement in (*REGISTER, *_LIST, KEPT):
            cursor.execute(statement, given)
        cursor.execute("SELECT household_id FROM listed_head")
        touched = sorted(pk for (pk,) in cursor.fetchall())
        # The cards below are planned for tables as large as they are now.
        cursor.execute("ANALYZE households_membership, households_residence, households_person")
    CommuneReview.objects.update_or_create(
        round=round, commune=facts.commune, defaults={"state": CommuneState.RECOGNISED}
    )
    cards.refresh(household_ids=touched)
    marks.mark_changed(round_id=round.pk, commune_ids=[facts.commune.pk])
    check_at_once()
    return decision


def check_at_once() -> None:
    """What would fail at commit fails here, in a trial too."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
