"""Households nobody may have asked: not on the list, without a form in the round, and with a ground
to be thought of. A form or a tick takes a household off."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection

from households import clock, procedure
from households.choices.asking import AskAnswer, AskGround
from households.models import ReviewRound
from households.models.people import code_of
from households.queries import due

_ORDER: Final = list(AskGround)


@dataclass(frozen=True)
class ToAsk:
    """`grounds` the strongest first; `answer` and `asked_on` once it was ticked off."""

    household_id: int
    village_id: int
    head_name: str
    members: int
    grounds: tuple[AskGround, ...]
    answer: AskAnswer | None
    asked_on: dt.date | None

    @property
    def code(self) -> str:
        return code_of(self.household_id)


# One row a household; grounds come from the list, the register's events, requests and the newest
# form of an earlier round.
_TO_ASK = """
WITH candidate AS (
  SELECT c.household_id, c.village_id, c.head_name, c.members
  FROM households_householdcard c
  WHERE c.village_id = ANY(%(villages)s) AND NOT c.is_ended
    AND NOT EXISTS (SELECT 1 FROM households_statusperiod p
                    WHERE p.household_id = c.household_id AND p.list_owner_id IS NULL
                      AND p.poverty_class = ANY(%(listed)s) AND p.valid_from <= %(today)s
                      AND (p.valid_to IS NULL OR p.valid_to >= %(today)s))
    AND NOT EXISTS (SELECT 1 FROM households_survey s
                    WHERE s.household_id = c.household_id AND s.round_id = %(round)s)
), newest AS (
  SELECT DISTINCT ON (s.household_id)
         s.id, s.household_id, s.shock, s.shock_on, s.as_of, s.form_a_passed, s.asked_for_review
  FROM households_survey s JOIN candidate USING (household_id)
  WHERE s.as_of < %(as_of)s
  ORDER BY s.household_id, s.as_of DESC, s.id DESC
), ground AS (
  SELECT household_id, 'LEFT_LIST' AS ground
  FROM households_statusperiod JOIN candidate USING (household_id)
  WHERE list_owner_id IS NULL AND poverty_class = ANY(%(listed)s) AND valid_to >= %(left_since)s
  UNION
  SELECT e.household_id, 'LOST_WORKER'
  FROM households_householdevent e JOIN candidate USING (household_id)
  LEFT JOIN newest n ON n.household_id = e.household_id
  LEFT JOIN households_surveymember m ON m.survey_id = n.id AND m.person_id = e.person_id
  WHERE e.kind IN ('LEFT', 'DIED') AND e.happened_on >= %(since)s
    -- Who was found unable to work was no worker; of whom nothing is known may have been one.
    AND m.able_to_work IS NOT FALSE
  UNION
  SELECT c.household_id, 'SPLIT'
  FROM households_householdevent e
  JOIN candidate c ON c.household_id IN (e.household_id, e.other_household_id)
  WHERE e.kind = 'SPLIT' AND e.happened_on >= %(since)s
  UNION
  SELECT household_id, 'SHOCK' FROM newest
  WHERE shock <> '' AND coalesce(shock_on, as_of) >= %(since)s
  UNION
  SELECT n.household_id, 'ALLOWANCE' FROM newest n
  JOIN households_surveymember m ON m.survey_id = n.id AND m.monthly_social_assistance
  UNION
  SELECT household_id, 'REFUSED' FROM newest
  WHERE as_of >= %(since)s AND (form_a_passed IS FALSE OR asked_for_review)
  UNION
  SELECT q.household_id, 'REFUSED'
  FROM households_reviewrequest q JOIN candidate USING (household_id)
  WHERE q.state = 'REFUSED' AND q.answered_on >= %(since)s
)
SELECT c.household_id, c.village_id, c.head_name, c.members, array_agg(g.ground), a.answer,
       a.asked_on
FROM candidate c
JOIN ground g USING (household_id)
LEFT JOIN households_householdasked a
  ON a.household_id = c.household_id AND a.round_id = %(round)s
GROUP BY c.household_id, c.village_id, c.head_name, c.members, a.answer, a.asked_on
"""


def of_villages(round: ReviewRound, villages: Iterable[int]) -> list[ToAsk]:
    """Households to ask in these villages, those not ticked off first, then by the strongest
    ground and the head's name. None in a round that asks only who comes. One query, or none."""
    if not due.asks_listed(round):
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TO_ASK, _facts(round, list(villages)))
        found = [_row(*row) for row in cursor.fetchall()]
    return sorted(found, key=_place)


def left_in(round: ReviewRound, villages: Iterable[int]) -> int:
    """How many of them are not ticked off. One query, or none."""
    return sum(one.answer is None for one in of_villages(round, villages))


def _facts(round: ReviewRound, villages: list[int]) -> dict[str, Any]:
    months = procedure.parameters()["ask_again"]
    return {
        "round": round.pk,
        "villages": villages,
        "listed": [str(one) for one in due.LISTED],
        "today": clock.today(),
        "as_of": round.as_of,
        "left_since": procedure.months_before(round.opens_on, months["left_list_months"]["value"]),
        "since": procedure.months_before(round.opens_on, months["event_months"]["value"]),
    }


def _row(
    household_id: int,
    village_id: int,
    head_name: str,
    members: int,
    grounds: list[str],
    answer: str | None,
    asked_on: dt.date | None,
) -> ToAsk:
    return ToAsk(
        household_id,
        village_id,
        head_name,
        members,
        tuple(one for one in _ORDER if one in grounds),
        AskAnswer(answer) if answer else None,
        asked_on,
    )


def _place(one: ToAsk) -> tuple[bool, int, str, int]:
    return (one.answer is not None, _ORDER.index(one.grounds[0]), one.head_name, one.household_id)
