"""SQL of movements: where each household stood in two rounds, in one pass. Who left and who came is
told by the same words of SQL as in T2 and T3 (list_changes_sql)."""

from reports.choices import FigureStatus
from reports.queries import facts
from reports.queries.list_changes_sql import ARRIVED, FELL_BACK, GONE

# Who stands in the figures of a round counts where they count him, others where they lived on the
# round's day; of these some were reviewed and found to be neither poor nor near-poor.
_STOOD = """
stood_{p} AS (
  SELECT household_id, places.unit_id, coalesce(f.village_id, lived.home_id) AS village_id,
    f.poverty_class, f.persons,
    coalesce(f.poverty_class, r.state, 'NOT_LISTED') AS state
  FROM {side} f FULL JOIN (
    SELECT household_id, village_id AS home_id FROM households_residence
    WHERE valid_from <= %({p}_as_of)s AND (valid_to IS NULL OR valid_to >= %({p}_as_of)s)
      {only_lived}
  ) lived USING (household_id)
  LEFT JOIN (
    SELECT s.household_id, 'NOT_POOR' AS state
    FROM households_assessment a
    JOIN households_survey s ON s.id = a.survey_id
    WHERE a.round_id = %({p}_round)s AND a.standard_id = %({p}_standard)s
      AND a.poverty_class IN ('NOT_POOR', 'AVERAGE') {only_read}
  ) r USING (household_id)
  LEFT JOIN places ON places.village_id = coalesce(f.village_id, lived.home_id)
)
"""

_SIDES = """
WITH before AS MATERIALIZED ({then}), after AS MATERIALIZED ({now}),
places AS (
  SELECT * FROM unnest(%(villages)s::bigint[], %(units)s::bigint[]) AS p (village_id, unit_id)
), edges AS (
  SELECT {opened} AS opened, {closed} AS closed
), {stood_then}, {stood_now}, sides AS MATERIALIZED (
  SELECT household_id, b.unit_id AS from_unit, c.unit_id AS to_unit,
    b.village_id AS from_village, c.village_id AS to_village, b.state AS state_before,
    c.state AS state_after, c.poverty_class AS became, b.persons AS persons_before,
    c.persons AS persons_after, coalesce(b.unit_id = c.unit_id, false) AS stayed,
    coalesce(b.poverty_class IN ('POOR', 'NEAR_POOR'), false) AS was_listed,
    coalesce(c.poverty_class IN ('POOR', 'NEAR_POOR'), false) AS is_listed
  FROM stood_then b FULL JOIN stood_now c USING (household_id)
  WHERE b.unit_id IS NOT NULL OR c.unit_id IS NOT NULL
)
"""

# Seen from where it stood before. Who is on no list any more escaped where it was listed, wherever
# it lives now; of results alone, who was not read again tells nothing.
_FROM = f"""
SELECT household_id, from_unit AS unit_id,
  CASE WHEN stayed THEN to_village ELSE from_village END AS village_id,
  CASE WHEN stayed AND is_listed AND NOT was_listed AND {ARRIVED} THEN 'ELSEWHERE'
       ELSE state_before END AS before,
  CASE WHEN NOT was_listed OR is_listed
         THEN CASE WHEN stayed THEN state_after ELSE 'ELSEWHERE' END
       WHEN became IS NOT NULL THEN became
       WHEN NOT %(is_official)s THEN CASE WHEN stayed THEN 'NOT_LISTED' ELSE 'ELSEWHERE' END
       WHEN {GONE} THEN 'ELSEWHERE'
       ELSE coalesce(state_after, 'NOT_LISTED') END AS after,
  persons_before, persons_after,
  stayed AND is_listed AND NOT was_listed AND {FELL_BACK} AS fell_back
FROM sides CROSS JOIN edges WHERE from_unit IS NOT NULL
"""

# Seen from where it stands now and did not before. Who has no home in the register yet was not
# asked yet, unless it split off since: that one is new.
_TO = f"""
SELECT household_id, to_unit, to_village,
  CASE WHEN is_listed AND (was_listed OR {ARRIVED}) THEN 'ELSEWHERE'
       WHEN is_listed THEN coalesce(state_before, 'NOT_LISTED')
       WHEN state_before IS NOT NULL THEN 'ELSEWHERE'
       WHEN EXISTS (SELECT 1 FROM households_householdevent e
                    WHERE e.kind = 'SPLIT' AND e.other_household_id = sides.household_id
                      AND e.happened_on > %(then_as_of)s) THEN 'ELSEWHERE'
       ELSE 'NOT_LISTED' END,
  state_after, persons_before, persons_after, is_listed AND {FELL_BACK}
FROM sides CROSS JOIN edges WHERE to_unit IS NOT NULL AND NOT stayed
"""

_MOVES = f"""{_SIDES}, moves AS ({_FROM} UNION ALL {_TO})"""

_FELL_BACK = "fell_back AND before NOT IN ('POOR', 'NEAR_POOR', 'ELSEWHERE') AS fell_back"

_COUNTED = f"""
SELECT {{unit}}, before, after, {_FELL_BACK}, count(*)::int,
  coalesce(sum(persons_before), 0)::int, coalesce(sum(persons_after), 0)::int,
  coalesce(sum(greatest(persons_after - persons_before, 0)), 0)::int,
  coalesce(sum(greatest(persons_before - persons_after, 0)), 0)::int
FROM moves {{here}}
WHERE before NOT IN ('NOT_LISTED', 'ELSEWHERE') OR after NOT IN ('NOT_LISTED', 'ELSEWHERE')
GROUP BY 1, 2, 3, 4
"""


_HERE = (
    "JOIN unnest(%(here_villages)s::bigint[], %(here_communes)s::bigint[])"
    " AS here (village_id, commune_id) USING (village_id)"
)

_PAIR = """
SELECT household_id, village_id, before, after, 1
FROM moves WHERE unit_id = %(unit)s AND before = %(was)s AND after = %(is_now)s ORDER BY 1
"""

_NAMED = f"""
SELECT before, after, {_FELL_BACK}, array_agg(household_id ORDER BY household_id)
FROM moves WHERE unit_id = %(unit)s GROUP BY 1, 2, 3
"""


def moves(now: FigureStatus, then: FigureStatus) -> str:
    """Rows (unit, before, after, fell back, households, persons before, persons after, persons who
    joined and who parted). Takes the parameters of the facts of `then` and `now`, villages, units
    (of the villages, side by side), look_back, is_official."""
    return _stood(now, then) + _COUNTED.format(unit="unit_id", here="")


def moves_by_commune(now: FigureStatus, then: FigureStatus) -> str:
    """As `moves`, with the commune of the village where each counts in the place of the unit, which
    has to be one; `here_villages` and `here_communes`, side by side, tell it, others are left out.
    The SQL can be narrowed (facts.narrowed)."""
    return _stood(now, then) + _COUNTED.format(unit="commune_id", here=_HERE)


def households(now: FigureStatus, then: FigureStatus) -> str:
    """Rows (before, after, fell back, household keys) of one `unit`; parameters as of `moves`."""
    return _stood(now, then) + _NAMED


def pair(now: FigureStatus, then: FigureStatus) -> str:
    """Rows (household, village where it counts, before, after, 1) of the pair `was`, `is_now` of
    one `unit`; other parameters as of `moves`."""
    return _stood(now, then) + _PAIR


def _stood(now: FigureStatus, then: FigureStatus) -> str:
    return _MOVES.format(
        then=facts.select(then, "then"),
        now=facts.select(now),
        opened=facts.opened_on("then", then),
        closed=facts.opened_on("now", now),
        stood_then=_stood_in("then", "before"),
        stood_now=_stood_in("now", "after"),
    )


def _stood_in(prefix: str, side: str) -> str:
    return _STOOD.format(
        p=prefix,
        side=side,
        only_lived=facts.only("household_id"),
        only_read=facts.only_surveyed(prefix),
    )
