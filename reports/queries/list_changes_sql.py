"""The statements of T2 and T3. `this` is the class of the table, `other` the one beside it."""

#: Nothing to compare with: the closing list alone.
CLOSING_ONLY = """
SELECT household_id, village_id, NULL AS was, poverty_class AS became, 'closing' AS cell,
  1 AS households, persons
FROM ({now}) f WHERE poverty_class = %(this)s
"""

# Before and after of every household that is on either list. Where a commune has no list of this
# round yet, official figures do not open with the one before either.
_SIDES = """
WITH before AS MATERIALIZED ({then}), after AS MATERIALIZED ({now}),
homes AS (
  SELECT * FROM unnest(%(all_villages)s::bigint[], %(homes)s::bigint[], %(decided)s::boolean[])
    AS h (village_id, home_id, is_decided)
), edges AS (
  SELECT {opened} AS opened, {closed} AS closed
), sides AS MATERIALIZED (
  SELECT household_id, o.village_id AS from_village, c.village_id AS to_village,
    o.poverty_class AS was, c.poverty_class AS became, o.persons AS persons_before,
    c.persons AS persons_after, c.household_id IS NOT NULL AS is_read,
    coalesce(oh.home_id = ch.home_id, false) AS stayed, coalesce(oh.is_decided, true) AS counts
  FROM before o FULL JOIN after c USING (household_id)
  LEFT JOIN homes oh ON oh.village_id = o.village_id
  LEFT JOIN homes ch ON ch.village_id = c.village_id
  WHERE o.poverty_class IN ('POOR', 'NEAR_POOR') OR c.poverty_class IN ('POOR', 'NEAR_POOR')
)
"""

# How a household left the lists or came on them, of "sides" and "edges" as above: shared with the
# movements, so that both tell the same.

#: Left for no change of its need: it ended, or a correction or another standard took it off.
GONE = """
(EXISTS (SELECT 1 FROM households_household h WHERE h.id = sides.household_id
         AND h.ended_on < edges.closed)
 OR coalesce((SELECT p.how_out FROM households_statusperiod p
              WHERE p.household_id = sides.household_id AND p.standard_id = %(now_standard)s
                AND p.list_owner_id IS NOT DISTINCT FROM %(now_owner)s
                AND p.valid_to < edges.closed
              ORDER BY p.valid_to DESC LIMIT 1) IN ('OTHER_OUT', 'NEW_STANDARD'), false))
"""

#: Split off from, or took in, a household that was on the opening list (the same need, not a new
#: one), or put on by a move or a correction.
ARRIVED = """
(EXISTS (SELECT 1 FROM households_householdevent e
         JOIN before b ON b.household_id = e.household_id
           AND b.poverty_class IN ('POOR', 'NEAR_POOR')
         WHERE e.other_household_id = sides.household_id AND e.kind IN ('SPLIT', 'MERGED')
           AND e.happened_on > %(then_as_of)s AND e.happened_on < edges.closed)
 OR (%(is_official)s AND EXISTS (
       SELECT 1 FROM households_statusperiod p
       WHERE p.household_id = sides.household_id AND p.standard_id = %(now_standard)s
         AND p.list_owner_id IS NOT DISTINCT FROM %(now_owner)s
         AND p.valid_from > edges.opened AND p.valid_from <= edges.closed
         AND p.how_in IN ('MOVED', 'SPLIT', 'MERGED', 'OTHER_IN'))))
"""

#: Was in its class before, by a list, or by results of rounds before povreg had lists; those of the
#: few it is asked of are looked up (OFFSET), not all of all rounds.
FELL_BACK = """
(EXISTS (SELECT 1 FROM households_statusperiod p
         WHERE p.household_id = sides.household_id AND p.poverty_class = sides.became
           AND p.standard_id = %(now_standard)s
           AND p.list_owner_id IS NOT DISTINCT FROM %(now_owner)s
           AND p.valid_to >= %(look_back)s AND p.valid_to < edges.opened)
 OR (NOT %(is_official)s AND EXISTS (
       SELECT 1 FROM households_assessment a
       JOIN households_survey s ON s.id = a.survey_id
       JOIN households_reviewround r ON r.id = a.round_id
       WHERE s.household_id = sides.household_id AND a.poverty_class = sides.became
         AND a.standard_id = %(now_standard)s AND r.kind = 'PERIODIC'
         AND r.as_of < %(then_as_of)s OFFSET 0)))
"""

# Not read in this closing: a list tells who left it how; the results tell nothing.
_LEFT = f"""
CASE WHEN stayed AND became = %(other)s THEN %(to_other)s
     WHEN became IN ('POOR', 'NEAR_POOR') THEN 'other_out'
     WHEN became IN ('AVERAGE', 'NOT_POOR') THEN 'to_not_poor'
     WHEN is_read OR NOT %(is_official)s OR {GONE} THEN 'other_out'
     ELSE 'to_not_poor' END
"""

_CAME = f"""
CASE WHEN stayed AND was = %(other)s THEN %(from_other)s
     WHEN was IN ('POOR', 'NEAR_POOR') OR {ARRIVED} THEN 'other_in'
     WHEN {FELL_BACK} THEN 'relapsed'
     ELSE 'new_entry' END
"""

# A household that stays counts its change of persons as other increase or decrease of persons, so
# that the formula of the form holds for persons too.
CELLS = f"""{_SIDES}, cells AS (
  SELECT household_id, from_village AS village_id, was, became, 'opening' AS cell, 1 AS households,
    persons_before AS persons
  FROM sides WHERE was = %(this)s AND counts
  UNION ALL
  SELECT household_id, to_village, was, became, 'closing', 1, persons_after
  FROM sides WHERE became = %(this)s
  UNION ALL
  SELECT household_id, from_village, was, became, {_LEFT}, 1, persons_before
  FROM sides CROSS JOIN edges
  WHERE was = %(this)s AND counts AND NOT (became IS NOT DISTINCT FROM %(this)s AND stayed)
  UNION ALL
  SELECT household_id, to_village, was, became, {_CAME}, 1, persons_after
  FROM sides CROSS JOIN edges
  WHERE became = %(this)s AND NOT (was IS NOT DISTINCT FROM %(this)s AND stayed)
  UNION ALL
  SELECT household_id, from_village, was, became,
    CASE WHEN persons_after < persons_before THEN 'other_out' ELSE 'other_in' END, 0,
    abs(persons_after - persons_before)
  FROM sides
  WHERE was = %(this)s AND became = %(this)s AND stayed AND persons_after <> persons_before
)
SELECT * FROM cells
"""
