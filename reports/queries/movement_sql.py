"""SQL of movements: where each household stood in two rounds, by itself or counted by pair."""

# The class that the list in force on a closing day gives; who was reviewed and is on no list is not
# poor, unless the review said otherwise: then the household was kept back and is on no list yet.
_OFFICIAL = """
  SELECT coalesce(p.household_id, r.household_id) AS household_id,
         coalesce(p.poverty_class,
                  CASE WHEN r.poverty_class IN ('NOT_POOR', 'AVERAGE') THEN 'NOT_POOR' END) AS state
  FROM (SELECT household_id, poverty_class FROM households_statusperiod
        WHERE standard_id = %(standard_id)s AND list_owner_id IS NOT DISTINCT FROM %(owner_id)s
          AND valid_from <= %(day_{at})s AND (valid_to IS NULL OR valid_to >= %(day_{at})s)) p
  FULL JOIN ({results}) r USING (household_id)
"""
# As reviewed; reports count as average only recognised farm, forestry, fishery, salt households.
_PRELIMINARY = """
  SELECT household_id,
         CASE WHEN poverty_class = 'AVERAGE' AND farm_household IS NOT TRUE THEN 'NOT_POOR'
              ELSE poverty_class END AS state
  FROM ({results}) r
"""
_RESULTS = """
SELECT s.household_id, a.poverty_class, a.farm_household
FROM households_assessment a JOIN households_survey s ON s.id = a.survey_id
WHERE a.round_id = %(round_{at})s AND a.standard_id = %(standard_id)s
"""

_HOME = """
  SELECT r.household_id, r.village_id, (%(branches)s::text[] IS NULL
                          OR v.path || v.id || '.' LIKE ANY (%(branches)s::text[])) AS is_here
  FROM households_residence r JOIN households_area v ON v.id = r.village_id AND NOT v.is_practice
  WHERE r.valid_from <= %(day_{at})s AND (r.valid_to IS NULL OR r.valid_to >= %(day_{at})s)
"""

# Who has no home in the register yet was not asked yet, unless he split off since: that one is new.
_MOVES = """
WITH home_1 AS ({home_1}), home_2 AS ({home_2}), class_1 AS ({class_1}), class_2 AS ({class_2}),
stood AS (
  SELECT household_id,
    CASE WHEN home_2.is_here THEN home_2.village_id ELSE home_1.village_id END AS village_id,
    CASE WHEN home_1.is_here THEN coalesce(class_1.state, 'NOT_LISTED')
         WHEN home_1.household_id IS NOT NULL THEN 'ELSEWHERE'
         WHEN EXISTS (SELECT 1 FROM households_householdevent e
                      WHERE e.kind = 'SPLIT' AND e.other_household_id = household_id
                        AND e.happened_on > %(day_1)s) THEN 'ELSEWHERE'
         ELSE 'NOT_LISTED' END AS before,
    CASE WHEN home_2.is_here THEN coalesce(class_2.state, 'NOT_LISTED')
         ELSE 'ELSEWHERE' END AS after
  FROM home_1 FULL JOIN home_2 USING (household_id)
  LEFT JOIN class_1 USING (household_id) LEFT JOIN class_2 USING (household_id)
  WHERE home_1.is_here OR home_2.is_here
)
SELECT household_id, village_id, before, after,
       before NOT IN ('POOR', 'NEAR_POOR', 'ELSEWHERE') AND after IN ('POOR', 'NEAR_POOR')
         AND EXISTS (SELECT 1 FROM households_statusperiod earlier
                     WHERE earlier.household_id = stood.household_id
                       AND earlier.standard_id = %(standard_id)s
                       AND earlier.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
                       AND earlier.poverty_class = stood.after
                       AND earlier.valid_to >= %(look_back_from)s
                       AND earlier.valid_to < %(day_2)s) AS was_there_before
FROM stood
WHERE before NOT IN ('NOT_LISTED', 'ELSEWHERE') OR after NOT IN ('NOT_LISTED', 'ELSEWHERE')
"""


def moves(*, is_official: bool) -> str:
    """Rows (before, after, was in the class of `after` earlier and fell back, households), of the
    rows of `stood`."""
    return (
        "SELECT before, after, was_there_before, count(*)"
        f" FROM ({stood(is_official=is_official)}) moved GROUP BY 1, 2, 3"
    )


def stood(*, is_official: bool) -> str:
    """A row a household: household_id, village_id (where it lives in the area now, else before),
    before, after, was_there_before. Takes round_1, round_2, day_1, day_2, standard_id, owner_id,
    look_back_from, branches."""
    source = _OFFICIAL if is_official else _PRELIMINARY
    parts = {}
    for at in ("1", "2"):
        parts[f"home_{at}"] = _HOME.format(at=at)
        parts[f"class_{at}"] = source.format(at=at, results=_RESULTS.format(at=at))
    return _MOVES.format(**parts)
