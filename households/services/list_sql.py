"""SQL of the official list's one writer (services.lists.adopt)."""

# Households of the commune with what the round says (result) beside what the list says (now_*):
# those assessed there, and those listed that live there or lived there when they ended (gone).
PLAN_ROWS = """
WITH gone AS (
  SELECT h.id AS household_id
  FROM households_household h
  JOIN households_residence r ON r.household_id = h.id AND r.valid_to = h.ended_on
  JOIN households_area v ON v.id = r.village_id
  WHERE v.parent_id = %(commune_id)s AND h.ended_on < %(counts_from)s
), result AS (
  SELECT s.household_id, a.survey_id,
         CASE WHEN s.household_id IN (SELECT household_id FROM gone) THEN NULL
              WHEN a.poverty_class IN ('POOR', 'NEAR_POOR') THEN a.poverty_class
              -- Reports count as average only recognised farm, forestry, fishery, salt households.
              WHEN a.poverty_class = %(farm_class)s AND a.farm_household THEN a.poverty_class
         END AS new_class
  FROM households_assessment a JOIN households_survey s ON s.id = a.survey_id
  WHERE a.round_id = %(round_id)s AND a.standard_id = %(standard_id)s
    AND a.commune_id = %(commune_id)s
), listed AS (
  SELECT p.id AS period_id, p.household_id, p.poverty_class, p.standard_id, p.valid_from
  FROM households_statusperiod p
  WHERE p.valid_to IS NULL AND p.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
), living_there AS (
  SELECT r.household_id
  FROM households_residence r JOIN households_area v ON v.id = r.village_id
  WHERE v.parent_id = %(commune_id)s AND r.valid_from <= %(as_of)s
    AND (r.valid_to IS NULL OR r.valid_to >= %(as_of)s)
)
SELECT household_id, result.survey_id, result.new_class, result.survey_id IS NOT NULL AS reviewed,
       listed.period_id, listed.poverty_class AS now_class,
       listed.standard_id IS DISTINCT FROM %(standard_id)s AS other_standard,
       household_id IN (SELECT household_id FROM gone) AS gone
FROM result FULL JOIN (
  SELECT l.* FROM listed l
  WHERE l.household_id IN (SELECT household_id FROM result)
     OR l.household_id IN (SELECT household_id FROM living_there)
     OR (l.household_id IN (SELECT household_id FROM gone) AND l.valid_from < %(counts_from)s)
) listed USING (household_id)
WHERE (result.new_class IS NOT NULL OR listed.period_id IS NOT NULL)
  -- Kept back: their status goes on until a supplement; a supplement is about them alone.
  AND household_id <> ALL (%(held_back)s::bigint[])
  AND (%(only)s::bigint[] IS NULL OR household_id = ANY (%(only)s::bigint[]))
"""

PLAN = f"CREATE TEMP TABLE list_plan ON COMMIT DROP AS {PLAN_ROWS}"

LATER_PERIODS = """
SELECT count(DISTINCT p.household_id)
FROM households_statusperiod p
JOIN households_survey s ON s.household_id = p.household_id AND s.round_id = %(round_id)s
WHERE s.commune_id = %(commune_id)s AND p.valid_from >= %(counts_from)s
  AND p.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
  AND p.household_id <> ALL (%(held_back)s::bigint[])
  AND (%(only)s::bigint[] IS NULL OR p.household_id = ANY (%(only)s::bigint[]))
"""

# A status does not lapse: under the same standard a listed household that was not reviewed stays.
# The first list under a new standard ends all periods of the one before. A household that ended
# leaves the list with the next decision.
CHANGES = """
 ((reviewed AND (new_class IS DISTINCT FROM now_class OR other_standard))
  OR (NOT reviewed AND other_standard)
  OR gone)
"""

END_PERIODS = f"""
UPDATE households_statusperiod p
SET valid_to = %(counts_from)s::date - 1, decision_out_id = %(decision_id)s,
    how_out = CASE WHEN plan.gone THEN 'OTHER_OUT'
                   WHEN plan.other_standard THEN 'NEW_STANDARD'
                   WHEN plan.new_class IS NULL THEN 'ESCAPED'
                   ELSE 'TO_' || plan.new_class END
FROM list_plan plan
WHERE p.id = plan.period_id AND {CHANGES}
"""

_FIRST_LIST = """
NOT EXISTS (SELECT 1 FROM households_recognitiondecision d
            WHERE d.commune_id = ANY(%(made_of)s) AND d.standard_id = %(standard_id)s
              AND d.round_id <> %(round_id)s AND d.origin NOT IN ('SINGLE', 'ESCAPES'))
"""

# Split off from a household that was on the list that day, and on no list itself since.
_SPLIT_OFF_LISTED = """
EXISTS (SELECT 1 FROM households_householdevent e
        JOIN households_statusperiod o ON o.household_id = e.household_id
         AND o.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
         AND o.valid_from <= e.happened_on
         AND (o.valid_to IS NULL OR o.valid_to >= e.happened_on)
        WHERE e.kind = 'SPLIT' AND e.other_household_id = plan.household_id)
AND NOT EXISTS (SELECT 1 FROM households_statusperiod own
                WHERE own.household_id = plan.household_id)
"""

# "Re-fell": was in this class before, under this standard, and had left it.
OPEN_PERIODS = f"""
INSERT INTO households_statusperiod
  (household_id, list_owner_id, standard_id, poverty_class, valid_from, decision_in_id, how_in,
   how_out, survey_id)
SELECT plan.household_id, %(owner_id)s, %(standard_id)s, plan.new_class, %(counts_from)s,
       %(decision_id)s,
       CASE WHEN {_FIRST_LIST} OR (plan.period_id IS NOT NULL AND plan.other_standard)
              THEN 'OPENING'
            WHEN plan.now_class = 'POOR' THEN 'FROM_POOR'
            WHEN plan.now_class = 'NEAR_POOR' THEN 'FROM_NEAR_POOR'
            WHEN EXISTS (SELECT 1 FROM households_statusperiod before
                         WHERE before.household_id = plan.household_id
                           AND before.standard_id = %(standard_id)s
                           AND before.poverty_class = plan.new_class
                           AND before.valid_to >= %(look_back_from)s) THEN 'RELAPSED'
            WHEN {_SPLIT_OFF_LISTED} THEN 'SPLIT'
            ELSE 'NEW_ENTRY' END,
       '', plan.survey_id
FROM list_plan plan
WHERE plan.new_class IS NOT NULL AND {CHANGES}
"""

COUNT_KEPT = f"""
SELECT count(*) FROM list_plan WHERE period_id IS NOT NULL AND NOT {CHANGES}
"""

DROP_PLAN = "DROP TABLE list_plan"
