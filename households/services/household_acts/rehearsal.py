"""What an act will do, found by doing it and taking it back: one rule for telling and doing."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import transaction

from households import clock
from households.models import Area, Household, StatusPeriod, Survey
from households.services.household_acts.roster import Done


@dataclass(frozen=True)
class Member:
    """Name and relation (its stored code) of someone in the household."""

    name: str
    relation: str


@dataclass(frozen=True)
class State:
    """A household at one moment; a household that is not yet there has no village."""

    village: Area | None = None
    has_ended: bool = False
    members: dict[int, Member] = field(default_factory=dict)


@dataclass(frozen=True)
class Outlook:
    """A household before and after, with its place on the national list and its forms of rounds
    that are not closed."""

    household: Household
    before: State
    after: State
    period: StatusPeriod | None
    surveys: list[Survey]
    #: The commune it is offered to; until that takes it over nothing changes.
    offered_to: Area | None = None
    #: The commune not in povreg yet to which it moved, so that it ends here.
    moved_to: Area | None = None

    @property
    def is_new(self) -> bool:
        return self.before.village is None

    @property
    def ends(self) -> bool:
        return self.after.has_ended


def rehearse(act: Callable[[], Done]) -> list[Outlook]:
    """Run the act, look, and roll everything back, its audit too. Raises what the act raises.

    Cost: the act, and seven queries a household. Writes nothing that stays.
    """
    with transaction.atomic():
        done = act()
        involved = [one for one in (done.household, done.other) if one]
        after = {one.pk: _state(one) for one in involved}
        transaction.set_rollback(True)
    return [
        Outlook(
            household=one,
            before=_state(one),
            after=after[one.pk],
            period=_period(one),
            surveys=_open_surveys(one),
            offered_to=done.offered.to_commune if done.offered else None,
            moved_to=done.moved_to,
        )
        for one in involved
    ]


def _state(household: Household) -> State:
    home = household.residences.select_related("village__parent").order_by("-valid_from").first()
    members = household.memberships.filter(valid_to__isnull=True).select_related("person")
    ended = Household.objects.filter(pk=household.pk, ended_on__isnull=False)
    return State(
        village=home.village if home else None,
        has_ended=ended.exists(),
        members={
            one.person_id: Member(one.person.full_name, one.relation)
            for one in members.order_by("pk")
        },
    )


def _period(household: Household) -> StatusPeriod | None:
    periods = StatusPeriod.objects.on(clock.today())
    found: StatusPeriod | None = periods.filter(
        household=household.pk, list_owner__isnull=True
    ).first()
    return found


def _open_surveys(household: Household) -> list[Survey]:
    surveys = Survey.objects.filter(household=household.pk, round__is_closed=False)
    return list(surveys.select_related("round", "village").order_by("-as_of"))
