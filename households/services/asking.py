"""Ticking off households that no list names: they were asked, and no form is needed."""

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext as _

from households import clock, policies
from households.choices.asking import AskAnswer
from households.errors import Invalid, Refused
from households.models import Area, HouseholdAsked, ReviewRound, User
from households.queries import households_to_ask
from households.services import audit


def tick_off(
    *,
    round: ReviewRound,
    village: Area,
    households: Collection[int],
    answer: AskAnswer,
    asked_on: dt.date,
    by: User,
) -> int:
    """These households (ids) of the village were asked on that day; gives how many. Ticked again,
    the newer answer holds.

    Raises Refused (no right, the village is past its survey, none of them is to be asked), Invalid
    (asked_on).
    """
    refusal = policies.why_not_write_surveys(by, village) or policies.why_round_is_locked(
        round, village
    )
    if refusal:
        raise Refused(refusal)
    if not round.opens_on <= asked_on <= clock.today():
        told = _("Asked between the opening of the round and today.")
        raise Invalid(told, fields={"asked_on": [told]})
    to_ask = households_to_ask.of_villages(round, [village.pk])
    ticked = [one.household_id for one in to_ask if one.household_id in set(households)]
    if not ticked:
        raise Refused(_("Tick the households that were asked."))
    with audit.act(
        by=by,
        verb="household.asked",
        area=village,
        details={"round": round.key, "households": sorted(ticked), "answer": str(answer)},
    ):
        HouseholdAsked.objects.bulk_create(
            [
                HouseholdAsked(
                    round=round, household_id=pk, answer=answer, asked_on=asked_on, recorded_by=by
                )
                for pk in ticked
            ],
            update_conflicts=True,
            unique_fields=["round", "household"],
            update_fields=["answer", "asked_on", "recorded_by"],
        )
    return len(ticked)
