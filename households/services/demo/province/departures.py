"""Households of the invented province that are no more: moved away, or the last member died."""

import datetime as dt
from collections.abc import Iterable
from random import Random

from households.choices import HouseholdEndReason
from households.models import HouseholdKey, Person, User
from households.services import audit
from households.services.household_acts import roster


def end(*, keys: Iterable[tuple[str, int]], source: str, year: int, seed: str, by: User) -> None:
    """End the households of these keys (each with its number of members) on days of `year`.

    Within the loading of the demonstration, which asked whether it may. Some 20 queries each.
    """
    rng = Random(f"{seed}:departures:{year}")  # noqa: S311 – invented data
    for key, members in keys:
        found = HouseholdKey.objects.get(source=source, key=key)
        now = roster.as_it_stands(found.household_id)
        assert now is not None
        day = dt.date(year, rng.randint(2, 8), rng.randint(1, 28))
        reason = HouseholdEndReason.ALL_DIED if members == 1 else HouseholdEndReason.MOVED_OUT
        with audit.act(
            by=by, verb="household.close", area=now.village, household=now.household,
            details={"reason": reason},
        ):  # fmt: skip
            if reason == HouseholdEndReason.ALL_DIED:
                Person.objects.filter(pk__in=now.members).update(died_on=day)
            roster.end_household(now, day, reason)
            roster.settle(now)
