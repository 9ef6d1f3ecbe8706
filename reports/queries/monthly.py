"""What an ad-hoc review of a month came to by commune: requests, and the list before and after."""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from households.models import PovertyStandard, ReviewRound
from reports.queries.rows import fetched

_CLASSES = {"poor": "POOR", "near_poor": "NEAR_POOR"}
#: Of each class: on the list before the month, on it since, off it since, on it at the end.
_LISTED = ("before", "came", "left", "after")
_ASKED = ("received", "recognised", "refused", "withdrawn", "open")
#: Columns whose households are known; of requests they may not be.
LISTED = tuple(f"{word}_{what}" for word in _CLASSES for what in _LISTED)
COLUMNS = (*_ASKED, *LISTED)

# Where a household lived on each day; a class of the list there. Who moved between communes left
# one list and came on the other.
_SIDES = """
WITH listed AS (
  SELECT s.side, p.household_id, p.poverty_class, v.id AS village_id, v.parent_id AS commune_id
  FROM (VALUES ('before', %(before)s::date), ('after', %(after)s::date)) s (side, day)
  JOIN households_statusperiod p ON p.valid_from <= s.day
    AND (p.valid_to IS NULL OR p.valid_to >= s.day) AND p.standard_id = %(standard)s
    AND p.poverty_class IN ('POOR', 'NEAR_POOR')
  JOIN LATERAL (
    SELECT h.village_id FROM households_residence h
    WHERE h.household_id = p.household_id AND h.valid_from <= s.day
      AND (h.valid_to IS NULL OR h.valid_to >= s.day)
    ORDER BY h.valid_from DESC LIMIT 1
  ) home ON true
  JOIN households_area v ON v.id = home.village_id
), sides AS (
  SELECT commune_id, poverty_class, household_id, min(village_id) AS village_id,
    bool_or(side = 'before') AS before, bool_or(side = 'after') AS after
  FROM listed GROUP BY 1, 2, 3
)
"""
_LISTS = f"{_SIDES} SELECT commune_id AS unit_id, {{counts}} FROM sides GROUP BY 1"
_BEHIND = (
    f"{_SIDES} SELECT commune_id, household_id, village_id, {{counts}} FROM sides GROUP BY 1, 2, 3"
)
_HOLDS = {
    "before": "before",
    "came": "after AND NOT before",
    "left": "before AND NOT after",
    "after": "after",
}
_COUNTS = ", ".join(
    f"(count(*) FILTER (WHERE poverty_class = '{code}' AND {condition}))::int AS {word}_{what}"
    for word, code in _CLASSES.items()
    for what, condition in _HOLDS.items()
)

# A request is of the month in which it was received; what became of it is what is known now.
_REQUESTS = """
SELECT commune_id AS unit_id, count(*)::int AS received,
  (count(*) FILTER (WHERE state = 'ANSWERED'))::int AS recognised,
  (count(*) FILTER (WHERE state = 'REFUSED'))::int AS refused,
  (count(*) FILTER (WHERE state = 'WITHDRAWN'))::int AS withdrawn,
  (count(*) FILTER (WHERE state = 'OPEN'))::int AS open
FROM households_reviewrequest
WHERE received_on BETWEEN %(first)s AND %(after)s AND kind IN ('REVIEW', 'ESCAPE')
GROUP BY 1
"""


@dataclass(frozen=True)
class Month:
    """Its days; `before` is the last one of the month before."""

    first: dt.date
    last: dt.date

    @property
    def before(self) -> dt.date:
        return self.first - dt.timedelta(days=1)

    @classmethod
    def of(cls, round: ReviewRound) -> "Month":
        """Of an ad-hoc round."""
        month = round.month or 1
        return cls(
            dt.date(round.year, month, 1),
            dt.date(round.year, month, monthrange(round.year, month)[1]),
        )


def by_commune(round: ReviewRound, standard: PovertyStandard) -> dict[int, dict[str, int]]:
    """COLUMNS by commune of the day; a commune of which nothing is known is not there. A class
    before, more those that came, less those that left is the class after. Two statements."""
    values = _values(round, standard)
    found: dict[int, dict[str, int]] = {}
    for sql in (_LISTS.format(counts=_COUNTS), _REQUESTS):
        for row in fetched(sql, values):
            own = found.setdefault(row.pop("unit_id"), dict.fromkeys(COLUMNS, 0))
            own |= row
    return found


def behind(
    round: ReviewRound, standard: PovertyStandard
) -> dict[int, dict[tuple[int, int], tuple[int, ...]]]:
    """By commune the households (with the village where each counts) of LISTED, and which of them
    each is in. One statement."""
    found: dict[int, dict[tuple[int, int], tuple[int, ...]]] = {}
    for row in fetched(_BEHIND.format(counts=_COUNTS), _values(round, standard)):
        where = row["household_id"], row["village_id"]
        found.setdefault(row["commune_id"], {})[where] = tuple(row[name] for name in LISTED)
    return found


def _values(round: ReviewRound, standard: PovertyStandard) -> dict[str, object]:
    month = Month.of(round)
    return {
        "first": month.first, "before": month.before, "after": month.last,
        "standard": standard.pk,
    }  # fmt: skip
