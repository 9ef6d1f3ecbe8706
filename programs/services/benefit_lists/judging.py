"""What becomes of each row of a list: new, on record already, about nobody, or against a rule.

The rules are those of a benefit recorded by hand (services.benefit_checks), in one pass.
"""

from typing import Any, Final

from django.db import connection

from households import clock
from programs.choices import AmountPer, Doubt, ProgrammeKind
from programs.choices.benefit_lists import IN_ERROR, RECORDED
from programs.models import BenefitList, Programme, ProgrammeTerms
from programs.queries import house_ceilings
from programs.workflow import OPEN_STATES, SERVED_STATES, VOID_STATES
from programs.workflow.serving import SERVED_FOR, ServedFor

_LIMITS: Final = """
DROP TABLE IF EXISTS terms_limit;
CREATE TEMP TABLE terms_limit (
  id integer PRIMARY KEY, ground text, valid_from date, valid_to date, decides boolean,
  ceiling_vnd bigint, month_vnd bigint, months_most integer
) ON COMMIT DROP
"""
_LIMIT: Final = "INSERT INTO terms_limit VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"

#: Of houses, by the line that the money is of; `doubted_vnd` is told, and refuses nothing.
_HOUSE_LIMITS: Final = """
DROP TABLE IF EXISTS house_limit;
CREATE TEMP TABLE house_limit (
  terms_id integer, funding text, ceiling_vnd bigint, doubted_vnd bigint,
  PRIMARY KEY (terms_id, funding)
) ON COMMIT DROP
"""
_HOUSE_LIMIT: Final = "INSERT INTO house_limit VALUES (%s, %s, %s, %s)"

#: What a row and a benefit on record have to share to be the same time served.
_SAME_PERIOD: Final[dict[ServedFor, str]] = {
    ServedFor.WHILE_VALID: (
        "coalesce(b.valid_from, b.served_on) = coalesce(r.valid_from, r.day)"
        " AND b.valid_to IS NOT DISTINCT FROM r.valid_to"
    ),
    ServedFor.SCHOOL_YEAR: "b.school_year = r.school_year AND b.served_on = r.day",
}
_SAME_DAY: Final = "b.served_on = r.day AND b.amount_vnd IS NOT DISTINCT FROM r.amount_vnd"
_NO_OTHER_NUMBER: Final = "(b.number = '' OR r.card = '' OR b.number = r.card)"
#: A loan runs on under its contract, whose number alone tells it.
_SAME_CONTRACT: Final = (
    f"CASE WHEN b.number <> '' AND r.card <> '' THEN b.number = r.card ELSE {_SAME_DAY} END"
)


def _same(way: ServedFor) -> str:
    """Whether a benefit is what the row tells. A card's number stays with its person, and one
    decision pays several times: a number tells two apart, it does not make them one."""
    if way is ServedFor.UNTIL_CLOSED:
        return _SAME_CONTRACT
    return f"({_SAME_PERIOD.get(way, _SAME_DAY)}) AND {_NO_OTHER_NUMBER}"


#: What was begun for another school year is not what this list answers.
_OPEN_OF_YEAR: Final = "b.school_year IS NOT DISTINCT FROM r.school_year"

_ON_RECORD: Final = """
DROP TABLE IF EXISTS on_record;
CREATE TEMP TABLE on_record ON COMMIT DROP AS
WITH theirs AS MATERIALIZED (
  SELECT b.*, CASE WHEN b.household_id IS NULL
    THEN b.commune_id::text || '|' || coalesce(b.outside_birth_year::text, '') || '|'
         || povreg_fold(b.outside_name) END AS outside
  FROM programs_benefit b
  WHERE b.programme_id = %(programme)s AND NOT b.state = ANY(%(void)s)
)
SELECT line, min(id) FILTER (WHERE is_same) AS same_id,
  min(id) FILTER (WHERE is_open AND NOT is_same) AS open_id,
  count(*) FILTER (WHERE once AND NOT is_same AND NOT is_open) AS others
FROM (
  -- A house with steps is taken on step by step, so no list takes it on.
  SELECT r.line, b.id, b.once, b.state = ANY(%(open)s) AND {open_too} AND NOT EXISTS (
      SELECT FROM programs_housingcase c WHERE c.benefit_id = b.id) AS is_open,
    b.state = ANY(%(served)s) AND {same} AS is_same
  FROM list_row r JOIN subject_row s USING (line)
  JOIN theirs b ON b.{whom} = s.{whom}
  UNION ALL
  SELECT r.line, b.id, false, false,
    b.state = ANY(%(served)s) AND {same}
  FROM list_row r JOIN subject_row s USING (line) JOIN theirs b ON b.outside = s.outside
) found GROUP BY line;
CREATE UNIQUE INDEX ON on_record (line);
ANALYZE on_record
"""

_JUDGED: Final = """
DROP TABLE IF EXISTS judged_row;
CREATE TEMP TABLE judged_row ON COMMIT DROP AS
WITH known AS (
  SELECT r.*, s.household_id, s.person_id, s.found_by, s.why_not, s.home_village, s.home_commune,
    s.is_inside, s.is_member, s.is_dead, s.outside, o.same_id, o.open_id,
    coalesce(o.others, 0) AS others, g.best, nullif(g.best, 0) AS best_terms,
    (SELECT t.id FROM terms_limit t WHERE t.ground = r.ground_code AND t.id = ANY(g.holding))
      AS stated_terms,
    EXISTS (SELECT 1 FROM terms_limit t WHERE t.ground = r.ground_code AND t.decides
            AND t.valid_from <= r.day AND (t.valid_to IS NULL OR t.valid_to >= r.day))
      AS stated_in_force,
    -- Taken on, a benefit keeps of its own what the row does not say.
    coalesce(r.amount_vnd, b.amount_vnd) AS held_vnd, coalesce(r.months, b.months) AS held_months,
    coalesce(nullif(b.funding, ''), %(funding)s) AS held_line, b.terms_id AS open_terms,
    CASE WHEN s.household_id IS NULL AND s.outside IS NULL THEN 1
         ELSE row_number() OVER (PARTITION BY s.household_id, s.person_id, s.outside, r.card,
           r.day, r.valid_from, r.school_year, CASE WHEN r.card = '' THEN r.amount_vnd END
           ORDER BY r.line) END AS place,
    CASE WHEN NOT %(once)s OR s.household_id IS NULL THEN 1
         ELSE row_number() OVER (PARTITION BY s.household_id ORDER BY r.line) END AS once_place
  FROM list_row r JOIN subject_row s USING (line) LEFT JOIN on_record o USING (line)
  LEFT JOIN held_ground g ON g.day = r.day AND g.household_id = s.household_id
    AND (NOT %(of_members)s OR g.person_id = s.person_id)
  LEFT JOIN programs_benefit b ON b.id = o.open_id AND o.same_id IS NULL
), limited AS (
  SELECT k.*, coalesce(k.stated_terms, k.best_terms) AS terms_id, t.months_most,
    coalesce(h.ceiling_vnd, t.ceiling_vnd,
      t.month_vnd * coalesce(k.held_months, t.months_most, 1)) AS ceiling_vnd, h.doubted_vnd
  FROM known k
  LEFT JOIN terms_limit t ON t.id = coalesce(k.stated_terms, k.best_terms, k.open_terms)
  LEFT JOIN house_limit h ON h.terms_id = t.id AND h.funding = k.held_line
), ruled AS (
  SELECT l.*, l.faults || array_remove(ARRAY[
    CASE WHEN day > %(today)s THEN 'FUTURE' END,
    CASE WHEN extract(year FROM day) <> %(year)s THEN 'OTHER_YEAR' END,
    CASE WHEN (why_not = 'ELSEWHERE' OR NOT is_inside) AND NOT 'OTHER_AREA' = ANY(faults)
         THEN 'OTHER_AREA' END,
    CASE WHEN household_id IS NOT NULL AND home_commune IS NULL THEN 'NO_HOME' END,
    CASE WHEN household_id IS NOT NULL AND NOT is_member THEN 'NOT_MEMBER' END,
    CASE WHEN is_dead THEN 'DIED' END,
    CASE WHEN best > 0 AND stated_in_force AND stated_terms IS NULL THEN 'WRONG_CLASS' END,
    CASE WHEN held_vnd > ceiling_vnd
         THEN CASE WHEN amount_vnd IS NULL THEN 'HELD_OVER' ELSE 'OVER_CEILING' END END,
    CASE WHEN held_months > months_most THEN 'OVER_MONTHS' END,
    CASE WHEN same_id IS NULL AND (others > 0 OR once_place > 1) THEN 'ONCE' END,
    CASE WHEN place > 1 AND once_place = 1 THEN 'TWICE' END
  ], NULL) AS all_faults,
  CASE WHEN held_vnd > doubted_vnd THEN ARRAY['OVER_UNCONFIRMED'] ELSE '{}' END AS warnings
  FROM limited l
), decided AS (
  SELECT r.*, CASE
    WHEN same_id IS NOT NULL AND place = 1 THEN 'SAME'
    WHEN all_faults <> '{}' THEN 'REFUSED'
    WHEN why_not IN ('SEVERAL', 'DISAGREE', 'OTHER_PERSON') THEN 'AMBIGUOUS'
    WHEN household_id IS NULL AND %(takes_outside)s AND outside IS NOT NULL THEN 'OUTSIDE'
    WHEN household_id IS NULL THEN 'UNMATCHED'
    WHEN open_id IS NOT NULL THEN 'STEP'
    ELSE 'NEW' END AS outcome
  FROM ruled r
), stepped AS (
  SELECT d.*, CASE WHEN outcome = 'STEP' THEN
    row_number() OVER (PARTITION BY outcome, open_id ORDER BY line) END AS step_place
  FROM decided d
)
SELECT line, household_id, person_id, found_by, all_faults, warnings, same_id, open_id,
  CASE WHEN outcome = 'STEP' AND step_place > 1 THEN 'NEW' ELSE outcome END AS outcome,
  CASE WHEN household_id IS NOT NULL THEN terms_id END AS terms_id,
  coalesce(home_commune, CASE WHEN household_id IS NULL THEN commune_id END) AS commune_id,
  coalesce(home_village, CASE WHEN household_id IS NULL THEN village_id END) AS village_id,
  CASE WHEN household_id IS NOT NULL THEN ''
    WHEN why_not IN ('UNKNOWN', 'NO_KEY') AND commune_id IS NULL THEN 'NO_COMMUNE'
    ELSE why_not END AS why_not,
  CASE WHEN outcome IN ('NEW', 'OUTSIDE') OR (outcome = 'STEP' AND step_place > 1)
    THEN nextval(pg_get_serial_sequence('programs_benefit', 'id')) END AS new_id
FROM stepped;
CREATE UNIQUE INDEX ON judged_row (line);
ANALYZE judged_row
"""

_COUNTS: Final = """
SELECT j.outcome, count(*), count(DISTINCT j.household_id), count(DISTINCT j.person_id),
       coalesce(sum(r.amount_vnd), 0)::bigint,
       count(*) FILTER (WHERE j.terms_id IS NULL AND j.household_id IS NOT NULL),
       count(*) FILTER (WHERE j.warnings <> '{}')
FROM judged_row j JOIN list_row r USING (line) GROUP BY j.outcome
"""


def judge(listed: BenefitList, *, of_members: bool) -> None:
    """Fill judged_row: an outcome for every row, with the number that its benefit will have."""
    programme = listed.programme
    values: dict[str, Any] = {
        "programme": programme.pk,
        "void": sorted(VOID_STATES),
        "open": sorted(OPEN_STATES),
        "served": sorted(SERVED_STATES),
        "once": programme.once,
        "of_members": of_members,
        "takes_outside": listed.takes_outside,
        "today": clock.today(),
        "year": listed.year,
        "funding": listed.funding,
    }
    way = next(how for kind, how in SERVED_FOR.items() if kind == programme.kind)
    on_record = _ON_RECORD.format(
        same=_same(way),
        open_too=_OPEN_OF_YEAR if way is ServedFor.SCHOOL_YEAR else "true",
        whom="person_id" if of_members else "household_id",
    )
    with connection.cursor() as cursor:
        cursor.execute(_LIMITS)
        cursor.executemany(_LIMIT, [_limit(one) for one in programme.terms.all()])
        cursor.execute(_HOUSE_LIMITS)
        cursor.executemany(_HOUSE_LIMIT, _house_limits(programme))
        cursor.execute(on_record, values)
        cursor.execute(_JUDGED, values)


def _limit(terms: ProgrammeTerms) -> tuple[Any, ...]:
    """A confirmed number is a limit; one in doubt is none."""

    def sure(name: str) -> Any:
        return None if terms.doubts.get(name) == Doubt.WEAK else getattr(terms, name)

    is_house = terms.programme.kind == ProgrammeKind.HOUSING
    is_monthly = terms.ceiling_vnd is None and terms.amount_per == AmountPer.MONTH
    return (
        terms.pk, terms.ground, terms.valid_from, terms.valid_to, terms.decides,
        None if is_house else sure("ceiling_vnd"), sure("amount_vnd") if is_monthly else None,
        sure("months_most"),
    )  # fmt: skip


def _house_limits(programme: Programme) -> list[tuple[Any, ...]]:
    """As of a house of which nobody says what is built. Queries of a housing programme alone."""
    if programme.kind != ProgrammeKind.HOUSING:
        return []
    terms = [one.pk for one in programme.terms.all()]
    found = []
    for line in house_ceilings.BOUND_LINES:
        sure = house_ceilings.binding(terms, funding=line)
        doubted = house_ceilings.binding(terms, funding=line, doubted=True)
        found += [
            (pk, line, *(of[pk].ceiling_vnd if pk in of else None for of in (sure, doubted)))
            for pk in terms
            if pk in sure or pk in doubted
        ]
    return found


def counted() -> dict[str, Any]:
    """Rows by outcome ("NEW" …), and of what is recorded: `times`, `amount_vnd`, `without_ground`,
    `warned` (told of, and recorded all the same); `in_error` are rows that keep the whole from
    it."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        found = {row[0]: row[1:] for row in cursor.fetchall()}
    recorded = [row for outcome, row in found.items() if outcome in RECORDED]
    counts: dict[str, Any] = {outcome: row[0] for outcome, row in found.items()}
    return counts | {
        "rows": sum(row[0] for row in found.values()),
        "times": sum(row[0] for row in recorded),
        "amount_vnd": sum(row[3] for row in recorded),
        "without_ground": sum(row[4] for row in recorded),
        "warned": sum(row[5] for row in recorded),
        "in_error": sum(row[0] for outcome, row in found.items() if outcome in IN_ERROR),
    }
