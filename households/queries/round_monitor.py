"""Every commune of a round a row: its step, what is done, what is open. For who watches many."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from households import clock
from households.choices import COMPLAINT_IS_OPEN, CommuneState, RoundStage, VillageState
from households.models import Area, OddityCheck, ReviewRound
from households.queries import deadlines, due
from households.queries.deadlines import Deadlines


@dataclass
class CommuneProgress:
    """Counts of forms as in village_ways; `villages` are those with anything to review, `met` and
    `closed` those of them past their meeting and done. `last_step_on`: the newest step's day."""

    commune: Area
    group: Area | None
    state: CommuneState = CommuneState.OPEN
    complete: int = 0
    begun: int = 0
    due: int = 0
    villages: int = 0
    met: int = 0
    closed: int = 0
    complaints_open: int = 0
    last_step_on: dt.date | None = None
    #: How many to be checked again when a job last counted, and when; None: not counted yet.
    to_check: int | None = None
    checked_at: dt.datetime | None = None
    #: The last day of the stage it is in; None when it is decided.
    due_on: dt.date | None = None

    @property
    def days_left(self) -> int | None:
        """Until its stage's last day; negative when that is past."""
        return (self.due_on - clock.today()).days if self.due_on else None

    @property
    def total(self) -> int:
        return self.complete + self.begun + self.due

    @property
    def share(self) -> float | None:
        """Complete forms of all; None where nothing is reviewed."""
        return self.complete / self.total if self.total else None

    @property
    def stage(self) -> int:
        """Where it is, for putting the slowest first: 1 survey, 2 meetings and posting, 3 sending
        up and opinion, 4 decided."""
        if self.state == CommuneState.RECOGNISED:
            return 4
        if self.state not in (CommuneState.OPEN, CommuneState.RETURNED):
            return 3
        return 2 if self.total and self.complete == self.total else 1


# Per commune: forms, listed households without one, villages by state, complaints, the last step.
# One pass over each table of the round; a village counts when it has a form or a household due.
_PROGRESS = """
WITH forms AS (
  SELECT village_id,
         count(*) FILTER (WHERE state = 'COMPLETE' OR form_a_passed IS FALSE) AS complete,
         count(*) FILTER (WHERE state = 'DRAFT' AND form_a_passed IS NOT FALSE) AS begun
  FROM households_survey WHERE round_id = %(round)s AND commune_id = ANY(%(communes)s)
  GROUP BY village_id
), due AS (
  SELECT c.village_id, count(DISTINCT p.household_id) AS due
  FROM households_statusperiod p
  JOIN households_householdcard c ON c.household_id = p.household_id AND NOT c.is_ended
  WHERE %(asks_listed)s AND p.list_owner_id IS NULL AND p.poverty_class = ANY(%(listed)s)
    AND p.valid_from <= %(today)s AND (p.valid_to IS NULL OR p.valid_to >= %(today)s)
    AND NOT EXISTS (SELECT 1 FROM households_survey s
                    WHERE s.household_id = p.household_id AND s.round_id = %(round)s)
  GROUP BY c.village_id
), village AS (
  SELECT v.id, v.parent_id, coalesce(f.complete, 0) AS complete, coalesce(f.begun, 0) AS begun,
         coalesce(d.due, 0) AS due, coalesce(w.state, 'LISTED') AS state
  FROM households_area v
  LEFT JOIN forms f ON f.village_id = v.id
  LEFT JOIN households_communereview decided
    ON decided.commune_id = v.parent_id AND decided.round_id = %(round)s
   AND decided.state = 'RECOGNISED'
  LEFT JOIN due d ON d.village_id = v.id AND decided.id IS NULL
  LEFT JOIN households_villagereview w ON w.village_id = v.id AND w.round_id = %(round)s
  WHERE v.level = 'VILLAGE' AND v.parent_id = ANY(%(communes)s)
    AND (f.village_id IS NOT NULL OR d.village_id IS NOT NULL)
), complaint AS (
  SELECT commune_id, count(*) AS open FROM households_complaint
  WHERE round_id = %(round)s AND state = ANY(%(open_states)s) GROUP BY commune_id
)
SELECT a.id, coalesce(r.state, 'OPEN'), coalesce(sum(v.complete), 0), coalesce(sum(v.begun), 0),
       coalesce(sum(v.due), 0), count(v.id), count(v.id) FILTER (WHERE v.state = ANY(%(met)s)),
       count(v.id) FILTER (WHERE v.state = 'CLOSED'), coalesce(max(c.open), 0),
       (SELECT max(s.acted_on) FROM households_steptaken s WHERE s.commune_review_id = r.id)
FROM households_area a
LEFT JOIN households_communereview r ON r.commune_id = a.id AND r.round_id = %(round)s
LEFT JOIN village v ON v.parent_id = a.id
LEFT JOIN complaint c ON c.commune_id = a.id
WHERE a.id = ANY(%(communes)s)
GROUP BY a.id, r.id, r.state
"""


def of_round(round: ReviewRound, communes: Iterable[Area]) -> list[CommuneProgress]:
    """One row for each of the communes (with their parents loaded), by district and name; those
    without a district by name. Three queries."""
    found = {one.pk: CommuneProgress(one, _district(one)) for one in communes}
    met = [VillageState.MEETING_HELD, VillageState.POSTED, VillageState.CLOSED]
    with connection.cursor() as cursor:
        cursor.execute(
            _PROGRESS,
            {
                "round": round.pk,
                "communes": list(found),
                "asks_listed": due.asks_listed(round),
                "today": clock.today(),
                "listed": [str(one) for one in due.LISTED],
                "open_states": sorted(COMPLAINT_IS_OPEN),
                "met": [str(state) for state in met],
            },
        )
        for pk, state, *numbers, last in cursor.fetchall():
            one = found[pk]
            one.state, one.last_step_on = CommuneState(state), last
            one.complete, one.begun, one.due, one.villages = map(int, numbers[:4])
            one.met, one.closed, one.complaints_open = map(int, numbers[4:])
    for check in OddityCheck.objects.filter(round=round, commune__in=found):
        found[check.commune_id].to_check = check.left
        found[check.commune_id].checked_at = check.checked_at
    days = deadlines.of_round(round)
    for one in found.values():
        one.due_on = _due_on(one, days)
    return sorted(found.values(), key=_place)


def _due_on(one: CommuneProgress, days: Deadlines) -> dt.date | None:
    """Under review: the day of what its slowest villages are at."""
    if one.state != CommuneState.OPEN:
        return days.of_commune(one.state)
    if one.stage == 1:
        return days.of_stage(RoundStage.SURVEYED)
    return days.of_stage(RoundStage.MEETING_HELD if one.met < one.villages else RoundStage.CLOSED)


def _district(commune: Area) -> Area | None:
    above = commune.parent
    return above if above and above.level == "DISTRICT" else None


def _place(one: CommuneProgress) -> tuple[str, str]:
    return (one.group.folded_name if one.group else "", one.commune.folded_name)
