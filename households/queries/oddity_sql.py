"""SQL of what is to be checked again in a commune (data/oddities.toml). Each gives rows
of (sub, village_id, user_id, strength, facts as JSON, household ids), strongest first."""

# Whether a household's income is told by an amount or by points, and how far from the line it is:
# at or under the line is the poor side.
EDGE = """
WITH told AS (
  SELECT s.household_id, a.settlement,
         CASE WHEN a.income_basis = 'DECLARED' THEN 'income' ELSE 'points' END AS basis,
         CASE WHEN a.income_basis = 'DECLARED' THEN a.income_vnd
              ELSE coalesce(a.b1_points, s.b1_points_paper) END AS value
  FROM households_assessment a JOIN households_survey s ON s.id = a.survey_id
  WHERE a.round_id = %(round)s AND a.standard_id = %(standard)s AND a.commune_id = %(commune)s
    AND s.state = 'COMPLETE' AND a.income_basis IS NOT NULL
), edge AS (
  SELECT t.household_id, t.basis, t.settlement, l.line, t.value <= l.line AS under
  FROM told t
  JOIN (SELECT * FROM unnest(%(bases)s::text[], %(settlements)s::text[], %(lines)s::bigint[],
                             %(bands)s::bigint[]) AS l(basis, settlement, line, band)) l
    ON l.basis = t.basis AND l.settlement = t.settlement
  WHERE t.value > l.line - l.band AND t.value <= l.line + l.band
)
SELECT basis || ':' || settlement || ':' || (count(*) FILTER (WHERE under) * 2 > count(*))::text,
       NULL::bigint, NULL::bigint,
       abs(2 * count(*) FILTER (WHERE under) - count(*)) / sqrt(count(*)),
       jsonb_build_object('under', count(*) FILTER (WHERE under), 'all', count(*),
                          'line', max(line), 'basis', basis, 'settlement', settlement),
       array_agg(household_id ORDER BY household_id)
FROM edge GROUP BY basis, settlement
HAVING count(*) >= %(edge_households)s
   AND abs(2 * count(*) FILTER (WHERE under) - count(*)) / sqrt(count(*)) >= %(edge_times)s
"""

# Everything a household is asked about itself; its members are persons and never the same.
_ANSWERS = """
jsonb_strip_nulls(jsonb_build_array(
  nullif(s.b1_answers, '{}'::jsonb), s.income_per_capita_month_vnd, s.floor_area_m2,
  nullif(s.wall_material, ''), s.wall_durable, nullif(s.column_material, ''), s.column_durable,
  nullif(s.roof_material, ''), s.roof_durable, nullif(s.water_source, ''), s.water_clean,
  nullif(s.toilet_type, ''), s.toilet_hygienic, s.has_tv, s.has_radio, s.has_desktop, s.has_phone,
  s.has_laptop, s.has_tablet, s.has_smartphone, s.household_size))
"""

IDENTICAL = f"""
WITH given AS (
  SELECT s.household_id, s.village_id, {_ANSWERS} AS answers,
         (SELECT count(*) FROM jsonb_object_keys(s.b1_answers))
         + num_nonnulls(s.income_per_capita_month_vnd, s.floor_area_m2, s.wall_durable,
             s.column_durable, s.roof_durable, s.water_clean, s.toilet_hygienic, s.has_tv,
             s.has_phone, s.has_smartphone) AS number
  FROM households_survey s
  WHERE s.round_id = %(round)s AND s.commune_id = %(commune)s AND s.state = 'COMPLETE'
)
SELECT md5(answers::text), village_id, NULL::bigint, count(*)::float,
       jsonb_build_object('forms', count(*)), array_agg(household_id ORDER BY household_id)
FROM given WHERE number >= %(identical_answers)s
GROUP BY village_id, answers HAVING count(*) >= %(identical_forms)s
"""

# The first completion of each form; the busiest stretch of each account.
FAST = """
WITH done AS (
  SELECT DISTINCT ON (e.object_id) e.by_id, e.at, s.household_id
  FROM households_survey s
  JOIN households_auditevent e
    ON e.object_type = 'households.survey' AND e.object_id = s.id AND e.verb = 'survey.complete'
  WHERE s.round_id = %(round)s AND s.commune_id = %(commune)s
  ORDER BY e.object_id, e.id
), stretch AS (
  SELECT by_id, at, count(*) OVER w AS forms, array_agg(household_id) OVER w AS households,
         min(at) OVER w AS began
  FROM done
  WINDOW w AS (PARTITION BY by_id ORDER BY at
               RANGE BETWEEN make_interval(mins => %(fast_minutes)s) PRECEDING AND CURRENT ROW)
)
SELECT DISTINCT ON (by_id) 'account', NULL::bigint, by_id, forms::float,
       jsonb_build_object('forms', forms, 'minutes', ceil(extract(epoch FROM at - began) / 60),
                          'at', to_char(began, 'YYYY-MM-DD"T"HH24:MI:SSOF')),
       households
FROM stretch WHERE forms >= %(fast_forms)s
ORDER BY by_id, forms DESC, at
"""

# Shares of poor and near-poor among the forms of one reviewer and among all others of the commune.
REVIEWER = """
WITH told AS (
  SELECT s.surveyed_by_id, s.household_id, (a.poverty_class IN ('POOR', 'NEAR_POOR'))::int AS poor
  FROM households_assessment a JOIN households_survey s ON s.id = a.survey_id
  WHERE a.round_id = %(round)s AND a.standard_id = %(standard)s AND a.commune_id = %(commune)s
    AND s.state = 'COMPLETE' AND a.poverty_class IS NOT NULL AND s.surveyed_by_id IS NOT NULL
), total AS (SELECT count(*) AS forms, sum(poor) AS poor FROM told), each AS (
  SELECT t.surveyed_by_id, count(*) AS forms, sum(t.poor) AS poor,
         array_agg(t.household_id ORDER BY t.household_id) AS households
  FROM told t GROUP BY t.surveyed_by_id
), compared AS (
  SELECT e.*, t.forms - e.forms AS others, t.poor - e.poor AS others_poor,
         t.poor::float / t.forms AS share
  FROM each e, total t
  WHERE e.forms >= %(reviewer_forms)s AND t.forms - e.forms >= %(reviewer_forms)s
)
SELECT 'reviewer', NULL::bigint, surveyed_by_id,
       abs(poor::float / forms - others_poor::float / others)
         / sqrt(share * (1 - share) * (1.0 / forms + 1.0 / others)),
       jsonb_build_object('forms', forms, 'poor', poor, 'others', others,
                          'others_poor', others_poor),
       households
FROM compared WHERE share > 0 AND share < 1
  AND abs(poor::float / forms - others_poor::float / others)
      / sqrt(share * (1 - share) * (1.0 / forms + 1.0 / others)) >= %(reviewer_times)s
"""

# What a house does not lose by itself, against the newest earlier form of the same home.
CHANGED = """
WITH pair AS (
  SELECT s.household_id, s.village_id, array_remove(ARRAY[
      CASE WHEN b.wall_durable AND NOT s.wall_durable THEN 'wall' END,
      CASE WHEN b.column_durable AND NOT s.column_durable THEN 'column' END,
      CASE WHEN b.roof_durable AND NOT s.roof_durable THEN 'roof' END,
      CASE WHEN s.floor_area_m2 < b.floor_area_m2 * (1 - %(changed_floor_percent)s / 100.0)
           THEN 'floor' END,
      CASE WHEN b.water_clean AND NOT s.water_clean THEN 'water' END,
      CASE WHEN b.toilet_hygienic AND NOT s.toilet_hygienic THEN 'toilet' END
    ], NULL) AS worse
  FROM households_survey s
  CROSS JOIN LATERAL (
    SELECT e.* FROM households_survey e
    WHERE e.household_id = s.household_id AND e.state = 'COMPLETE' AND e.as_of < s.as_of
    ORDER BY e.as_of DESC, e.id DESC LIMIT 1) b
  WHERE s.round_id = %(round)s AND s.commune_id = %(commune)s AND s.state = 'COMPLETE'
    AND s.shock = ''
    -- Who moved lives in another house.
    AND NOT EXISTS (SELECT 1 FROM households_residence r
                    WHERE r.household_id = s.household_id AND r.valid_from > b.as_of)
)
SELECT array_to_string(worse, '+'), village_id, NULL::bigint, cardinality(worse)::float,
       jsonb_build_object('worse', worse), ARRAY[household_id]
FROM pair WHERE cardinality(worse) >= %(changed_answers)s
"""

# What reports would stumble over: identities I5 and I6 of the annual tables, and forms that
# contradict themselves.
IDENTITY = """
WITH form AS (
  SELECT s.id, s.household_id, s.causes, s.household_size, s.class_paper, a.ethnic_group_id,
         a.poverty_class
  FROM households_survey s
  LEFT JOIN households_assessment a ON a.survey_id = s.id AND a.standard_id = %(standard)s
  WHERE s.round_id = %(round)s AND s.commune_id = %(commune)s AND s.state = 'COMPLETE'
), broken AS (
  SELECT 'cause' AS sub, household_id FROM form WHERE poverty_class = 'POOR' AND causes = '[]'
  UNION ALL
  SELECT 'ethnic_group', household_id FROM form
  WHERE ethnic_group_id IS NULL AND poverty_class IN ('POOR', 'NEAR_POOR')
  UNION ALL
  SELECT 'members', household_id FROM form f
  WHERE household_size <> (SELECT count(*) FROM households_surveymember m WHERE m.survey_id = f.id)
  UNION ALL
  SELECT 'paper', household_id FROM form
  WHERE class_paper <> '' AND poverty_class IS DISTINCT FROM class_paper
)
SELECT sub, NULL::bigint, NULL::bigint, count(*)::float, jsonb_build_object('households', count(*)),
       array_agg(household_id ORDER BY household_id)
FROM broken GROUP BY sub
"""
