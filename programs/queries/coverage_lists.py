"""The recipients behind the figures of coverage: who stands in which list of a programme."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from households.models import Area, HouseholdCard, Person
from programs.choices import Recipient
from programs.choices.coverage import CoverageList
from programs.models import Programme, ProgrammeTerms
from programs.queries.coverage_figures import judged

_WHICH = {
    CoverageList.GAP: "v.best > 0 AND h.who IS NULL",
    CoverageList.SERVED: "v.best > 0 AND h.who IS NOT NULL",
    CoverageList.OPEN: "v.best = 0",
    CoverageList.TWICE: "h.times > 1",
    CoverageList.LAPSING: "h.lasts <= %(lapses_on)s",
}


@dataclass(frozen=True)
class Asked:
    """Which recipients: of a programme and list, living in `branches` (Area.inner_path), and by the
    ground that is best for them, or is open in the list of those too little is known of."""

    programme: Programme
    which: CoverageList
    on: dt.date
    branches: tuple[str, ...]
    terms_id: int | None = None


@dataclass(frozen=True)
class Found:
    """One recipient. `person` is empty where the programme serves households. `terms`: the best
    ground, None where none holds. `lacking`: kinds of conditions without their fact. `times`:
    benefits that serve on the day; `lasts`: the last day of the longest, None where open."""

    household: HouseholdCard
    person: Person | None
    village: Area
    terms: ProgrammeTerms | None
    open_terms: tuple[ProgrammeTerms, ...]
    lacking: tuple[str, ...]
    no_labour: bool
    times: int
    lasts: dt.date | None


_Row = tuple[int, int | None, int, bool, int | None, list[int], list[str], int, dt.date | None]


def found(asked: Asked, *, limit: int | None = None, offset: int = 0) -> tuple[list[Found], int]:
    """Recipients by village and household from `offset`, and how many there are in all (0 where
    `offset` lies behind them). About eleven queries, one of them over everybody in the area."""
    told = judged([asked.programme], asked.on, branches=asked.branches)
    ground = "v.best = %(ground)s OR %(ground)s = ANY(v.open)" if asked.terms_id else "true"
    person = "j.person_id" if asked.programme.recipient == Recipient.PERSON else "NULL::bigint"
    statement = f"""{told.with_judged}
SELECT j.household_id, {person}, j.village_id, j.no_labour, nullif(v.best, 0),
  coalesce(v.open, '{{}}'), coalesce(v.unknown, '{{}}'), coalesce(h.times, 0),
  nullif(h.lasts, 'infinity'::date), count(*) OVER ()
FROM judged j CROSS JOIN LATERAL {told.each("best", "open", "unknown")}
LEFT JOIN had h ON h.who = j.who AND h.programme_id = v.programme
JOIN households_area a ON a.id = j.village_id
WHERE {_WHICH[asked.which]} AND ({ground})
  AND (a.path || a.id || '.') LIKE ANY(%(inner_paths)s)
ORDER BY a.path, a.folded_name, a.id, j.household_id, j.who
LIMIT %(limit)s OFFSET %(offset)s"""
    values = told.parameters | {
        "ground": asked.terms_id,
        "inner_paths": [f"{one}%" for one in asked.branches],
        "limit": limit,
        "offset": offset,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return _named([row[:-1] for row in rows], told.kinds), rows[0][-1] if rows else 0


def _named(rows: Sequence[_Row], kinds: dict[str, str]) -> list[Found]:
    """With the names of what the rows point at. Four queries."""
    cards = HouseholdCard.objects.select_related("household").in_bulk({row[0] for row in rows})
    persons = Person.objects.in_bulk({row[1] for row in rows if row[1]})
    villages = Area.objects.select_related("parent").in_bulk({row[2] for row in rows})
    numbers = {row[4] for row in rows if row[4]} | {one for row in rows for one in row[5]}
    terms = ProgrammeTerms.objects.in_bulk(numbers)
    return [
        Found(
            household=cards[household],
            person=persons[person] if person else None,
            village=villages[village],
            terms=terms[best] if best else None,
            open_terms=tuple(terms[one] for one in open_),
            lacking=_kinds(unknown, open_, kinds),
            no_labour=no_labour,
            times=times,
            lasts=lasts,
        )
        for household, person, village, no_labour, best, open_, unknown, times, lasts in rows
    ]


def _kinds(unknown: list[str], open_: list[int], kinds: dict[str, str]) -> tuple[str, ...]:
    """Of the grounds that are open alone: another condition may have settled the rest."""
    wanted = {str(one) for one in open_}
    told = [kinds[code] for code in unknown if code.partition(".")[0] in wanted]
    return tuple(dict.fromkeys(told))
