"""The figures of coverage: what each number counts, in one place, and how they are worked out.

The base is everybody who lives in the area on the day (households by their home, persons by the
household they belong to). "Served" is queries.serving: a benefit holds on the day.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

from django.db import connection, transaction

from programs.appraisal import Verdicts, compiled
from programs.choices import Recipient
from programs.models import Programme, ProgrammeTerms
from programs.queries.entitlement import rule_of, terms_on
from programs.queries.facts import facts_of
from programs.queries.serving import serves, values_on
from programs.workflow.coverage import LAPSES_WITHIN_DAYS
from programs.workflow.serving import SERVED_FOR, ServedFor


@dataclass(frozen=True)
class Figures:
    """Numbers of one programme on a day. A recipient is a person or a household, as the programme
    says; households are distinct ones; a time served (lượt) is one benefit.

    A household counts as served where at least one of its entitled members is, and in the gap
    where at least one is not; so the two may overlap.
    """

    #: For whom a confirmed ground holds.
    entitled: int = 0
    entitled_households: int = 0
    #: Of these whom a benefit serves on the day.
    served: int = 0
    served_households: int = 0
    gap_households: int = 0
    #: For whom no ground holds, but one would if a missing fact were as needed.
    open: int = 0
    open_households: int = 0
    #: Whom a benefit serves on the day, entitled or not.
    receiving: int = 0
    receiving_households: int = 0
    #: Benefits that hold on the day, of recipients who live here.
    times: int = 0
    #: Recipients with two or more of them.
    twice: int = 0
    #: Recipients served whose last day comes within LAPSES_WITHIN_DAYS.
    lapsing: int = 0
    #: Benefits that hold on the day, of persons outside the register.
    outside_times: int = 0

    @property
    def gap(self) -> int:
        """Entitled recipients whom nothing serves."""
        return self.entitled - self.served

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, one) + getattr(other, one) for one in _NUMBERS))

    @property
    def is_nothing(self) -> bool:
        return not any(getattr(self, one) for one in _NUMBERS)


_NUMBERS: Final = tuple(one.name for one in fields(Figures))


@dataclass(frozen=True)
class Counted:
    """Figures of a programme in a commune: of all, or of those whose best ground is `terms_id`;
    households where a form says that nobody can work apart."""

    commune_id: int
    programme_id: int
    terms_id: int | None
    no_labour: bool
    figures: Figures


@dataclass(frozen=True)
class Lack:
    """Recipients of whom nobody can say: by the ground that is open, or by the kind of condition
    (appraisal.FORMS) that lacks its fact. One of `terms_id` and `fact` is told."""

    commune_id: int
    programme_id: int
    terms_id: int | None
    fact: str
    recipients: int


@dataclass(frozen=True)
class Judged:
    """SQL over everybody in an area: `with_judged` is a WITH clause that ends in `judged` (commune,
    village, household, person, who, no_labour; by programme best_N, open_N, unknown_N) and `had`
    (who, programme_id, times, lasts: what serves them on the day). `kinds` maps
    "terms.condition", as `unknown` has them, to the kind of condition."""

    programmes: tuple[int, ...]
    with_judged: str
    parameters: dict[str, Any]
    kinds: dict[str, str]

    def each(self, *names: str) -> str:
        """A VALUES list, a row for each programme with its columns of `judged` as j."""
        rows = ", ".join(
            f"({pk}, {', '.join(f'j.{name}_{pk}' for name in names)})" for pk in self.programmes
        )
        return f"(VALUES {rows}) AS v(programme, {', '.join(names)})"


#: Where no ground is in force or none is confirmed: nobody is entitled, nobody is open.
_NOBODY = Verdicts(best="NULL::int", holding="", open="NULL::int[]", unknown="NULL::text[]")


def judged(
    programmes: Sequence[Programme],
    on: dt.date,
    *,
    branches: Sequence[str] = (),
    in_force: Sequence[ProgrammeTerms] | None = None,
) -> Judged:
    """Of programmes with one kind of recipient. Four small queries, or five."""
    recipient = Recipient(programmes[0].recipient)
    who = "person_id" if recipient == Recipient.PERSON else "household_id"
    facts = facts_of(recipient, on, branches=branches)
    parameters = facts.parameters | values_on(on)
    parameters["judged_programmes"] = [one.pk for one in programmes]
    parameters["lapsing_kinds"] = sorted(
        kind.value for kind, way in SERVED_FOR.items() if way is ServedFor.WHILE_VALID
    )
    parameters["lapses_on"] = on + dt.timedelta(days=LAPSES_WITHIN_DAYS)
    bests, columns = [], []
    kinds: dict[str, str] = {}
    if in_force is None:
        in_force = terms_on(on)
    for one in programmes:
        rules = [rule_of(t) for t in in_force if t.programme_id == one.pk and t.decides]
        told = compiled(rules, on, prefix=f"p{int(one.pk)}_") if rules else _NOBODY
        parameters |= told.parameters
        bests.append(f"{told.best} AS best_{int(one.pk)}")
        for name, sql in (("open", told.open), ("unknown", told.unknown)):
            columns.append(f"CASE WHEN best_{int(one.pk)} = 0 THEN {sql} END AS {name}_{one.pk}")
        for rule in rules:
            kinds |= {f"{rule.number}.{at}": c.kind for at, c in enumerate(rule.conditions)}
    names = ", ".join(f"f.best_{int(one.pk)}" for one in programmes)
    statement = f"""{facts.with_facts}, judged AS MATERIALIZED (
  SELECT f.commune_id, f.village_id, f.household_id, f.person_id, f.{who} AS who,
    f.no_labour IS TRUE AS no_labour, {names}, {", ".join(columns)}
  FROM (SELECT f.*, {", ".join(bests)} FROM facts f OFFSET 0) f
), {_had(who)}"""
    pks = tuple(int(one.pk) for one in programmes)
    return Judged(pks, statement, parameters, kinds)


def _had(who: str) -> str:
    """What serves each of `judged` on the day: how often, and up to when."""
    # Of what follows without a gap (a card that is there already) the last day counts.
    following = f"""(SELECT max(coalesce(n.valid_to, 'infinity'::date)) FROM programs_benefit n
        WHERE n.{who} = h.who AND n.programme_id = h.programme_id
          AND n.state = ANY(%(served_states)s) AND n.state <> %(closed)s
          AND n.valid_from > %(on_date)s AND n.valid_from <= h.lasts + 1)"""
    return f"""had AS MATERIALIZED (
  SELECT h.who, h.programme_id, h.times,
    coalesce(CASE WHEN h.lasts <= %(lapses_on)s THEN {following} END, h.lasts) AS lasts
  FROM (
    SELECT s.{who} AS who, s.programme_id, count(*)::int AS times,
      -- A course that ends is no help that ends; only what is valid for a time does.
      max(CASE WHEN g.kind = ANY(%(lapsing_kinds)s) THEN coalesce(s.valid_to, 'infinity')
          ELSE 'infinity'::date END) AS lasts
    FROM programs_benefit s JOIN programs_programme g ON g.id = s.programme_id
    WHERE s.programme_id = ANY(%(judged_programmes)s)
      AND s.{who} IN (SELECT j.who FROM judged j) AND {serves()}
    GROUP BY 1, 2
  ) h
)"""


#: Of so few branches the rows are looked up one by one rather than read through.
_FEW_BRANCHES = 4

_COUNT = """, told AS MATERIALIZED (
  SELECT j.commune_id, v.programme, j.no_labour, j.household_id, v.best,
    count(*)::int AS n, count(h.who)::int AS served, coalesce(sum(h.times), 0)::int AS times,
    (count(*) FILTER (WHERE h.times > 1))::int AS twice,
    (count(*) FILTER (WHERE h.lasts <= %(lapses_on)s))::int AS lapsing
  FROM judged j CROSS JOIN LATERAL {bests}
  LEFT JOIN had h ON h.who = j.who AND h.programme_id = v.programme
  WHERE v.best IS NOT NULL OR h.who IS NOT NULL
  GROUP BY 1, 2, 3, 4, 5
), homes_told AS (
  SELECT commune_id, programme, no_labour, household_id,
    coalesce(sum(n) FILTER (WHERE best > 0), 0)::int AS n,
    coalesce(sum(served) FILTER (WHERE best > 0), 0)::int AS served,
    coalesce(sum(n) FILTER (WHERE best = 0), 0)::int AS open, sum(served)::int AS receiving,
    sum(times)::int AS times, sum(twice)::int AS twice, sum(lapsing)::int AS lapsing
  FROM told GROUP BY 1, 2, 3, 4
), lacking_told AS MATERIALIZED (
  SELECT j.commune_id, v.programme, j.who, v.open, v.unknown
  FROM judged j CROSS JOIN LATERAL {opens} WHERE v.best = 0
)
SELECT '', commune_id, programme, NULL::int, no_labour, sum(n)::int,
  (count(*) FILTER (WHERE n > 0))::int, sum(served)::int,
  (count(*) FILTER (WHERE served > 0))::int, (count(*) FILTER (WHERE n > served))::int,
  sum(open)::int, (count(*) FILTER (WHERE open > 0))::int, sum(receiving)::int,
  (count(*) FILTER (WHERE receiving > 0))::int, sum(times)::int, sum(twice)::int,
  sum(lapsing)::int
FROM homes_told GROUP BY 2, 3, 5
UNION ALL
SELECT '', commune_id, programme, best, no_labour, sum(n)::int, count(*)::int, sum(served)::int,
  (count(*) FILTER (WHERE served > 0))::int, (count(*) FILTER (WHERE n > served))::int, 0, 0,
  sum(served)::int, (count(*) FILTER (WHERE served > 0))::int, sum(times)::int, sum(twice)::int,
  sum(lapsing)::int
FROM told WHERE best > 0 GROUP BY 2, 3, 4, 5
UNION ALL
SELECT '', commune_id, programme, terms, NULL, count(*)::int,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
FROM lacking_told CROSS JOIN unnest(open) AS terms GROUP BY 2, 3, 4
UNION ALL
SELECT k.kind, l.commune_id, l.programme, NULL, NULL, count(DISTINCT l.who)::int,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
FROM lacking_told l CROSS JOIN unnest(l.unknown) AS u(code)
JOIN unnest(%(condition_codes)s::text[], %(condition_kinds)s::text[]) AS k(code, kind)
  ON k.code = u.code
WHERE split_part(u.code, '.', 1)::int = ANY(l.open)
GROUP BY 1, 2, 3"""

_OUTSIDE = """
SELECT s.commune_id, s.programme_id, count(*)::int
FROM programs_benefit s JOIN programs_programme g ON g.id = s.programme_id
JOIN households_area c ON c.id = s.commune_id
WHERE s.household_id IS NULL AND {serves}
  AND (c.path || c.id || '.') LIKE ANY(%(branches)s)
GROUP BY 1, 2"""


def counted(branches: Sequence[str], on: dt.date) -> tuple[list[Counted], list[Lack]]:
    """Every programme in the branches (Area.inner_path) on the day. One pass over the persons, one
    over the households, about twelve small queries."""
    in_force = terms_on(on)
    programmes = list(Programme.objects.all())
    found: list[Counted] = []
    lacks: list[Lack] = []
    for recipient in Recipient:
        own = [one for one in programmes if one.recipient == recipient]
        if own:
            one = judged(own, on, branches=branches, in_force=in_force)
            some, lacking = _counted(one, is_small=len(branches) <= _FEW_BRANCHES)
            found += some
            lacks += lacking
    return [*_with_outside(found, branches, on)], lacks


def _counted(told: Judged, *, is_small: bool) -> tuple[list[Counted], list[Lack]]:
    ending = _COUNT.format(bests=told.each("best"), opens=told.each("best", "open", "unknown"))
    values = told.parameters | {
        "condition_codes": list(told.kinds),
        "condition_kinds": list(told.kinds.values()),
    }
    found, lacks = [], []
    with transaction.atomic(), connection.cursor() as cursor:
        if is_small:
            # Else the planner reads all forms and memberships of the province for one commune's.
            cursor.execute("SET LOCAL random_page_cost = 1.1")
        cursor.execute(told.with_judged + ending, values)
        for fact, commune, programme, terms, no_labour, *numbers in cursor.fetchall():
            if no_labour is None:
                lacks.append(Lack(commune, programme, terms, fact, numbers[0]))
            else:
                found.append(Counted(commune, programme, terms, no_labour, Figures(*numbers)))
    return found, lacks


def _with_outside(found: list[Counted], branches: Sequence[str], on: dt.date) -> Iterable[Counted]:
    """Benefits of persons outside the register, beside the programme's figures of all."""
    values = values_on(on) | {"branches": [f"{one}%" for one in branches]}
    with connection.cursor() as cursor:
        cursor.execute(_OUTSIDE.format(serves=serves()), values)
        outside = {(commune, programme): n for commune, programme, n in cursor.fetchall()}
    for one in found:
        key = (one.commune_id, one.programme_id)
        if one.terms_id is None and not one.no_labour and key in outside:
            more = Figures(outside_times=outside.pop(key))
            yield Counted(*key, None, False, one.figures + more)
        else:
            yield one
    for key, times in outside.items():
        yield Counted(*key, None, False, Figures(outside_times=times))
