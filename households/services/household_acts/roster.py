"""What all acts share: who stands in the household now, and how rows end and begin on a day.

A day is the first of the new state. A row that began on that very day was never true and goes;
history keeps it.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import AreaLevel, HouseholdEndReason, HouseholdEventKind, Relation
from households.choices.transfers import TransferState
from households.errors import Invalid, Refused, Words
from households.models import (
    Area,
    Household,
    HouseholdEvent,
    HouseholdTransfer,
    Membership,
    Person,
    Residence,
    ReviewRound,
    User,
)
from households.services import cards, marks

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Done:
    """What an act was about: the household, and the one that came of it or took it in, or its offer
    to another commune, or a commune not in povreg yet to which it moved."""

    household: Household
    other: Household | None = None
    offered: HouseholdTransfer | None = None
    moved_to: Area | None = None


@dataclass(frozen=True)
class Standing:
    """A household as it stands now, locked for the act."""

    household: Household
    home: Residence
    members: Mapping[int, Membership]

    @property
    def village(self) -> Area:
        return self.home.village

    @property
    def commune_id(self) -> int:
        assert self.home.village.parent_id is not None
        return self.home.village.parent_id

    @property
    def head(self) -> Membership | None:
        return next((m for m in self.members.values() if m.relation == Relation.HEAD), None)

    def member(self, person: Person, field: str = "person") -> Membership:
        """Raises Invalid at `field` for who does not belong to the household now."""
        if person.pk not in self.members:
            raise at(field, _("This person does not belong to the household."))
        return self.members[person.pk]


def standing(household: Household, by: User) -> Standing:
    """Lock the household and read it. Inside a transaction. Raises Refused. Four queries."""
    locked = Household.objects.select_for_update().get(pk=household.pk)
    if reason := policies.why_not_change_household(by, locked):
        raise Refused(reason)
    return _read(locked)


def as_it_stands(household_id: int) -> Standing | None:
    """The same for who asked another policy; None for one that ended. Four queries."""
    locked = Household.objects.select_for_update().get(pk=household_id)
    return None if locked.ended_on else _read(locked)


def _read(locked: Household) -> Standing:
    homes = locked.residences.filter(valid_to__isnull=True)
    members = locked.memberships.filter(valid_to__isnull=True).select_related("person")
    return Standing(
        household=locked,
        home=homes.select_related("village__parent").get(),
        members={one.person_id: one for one in members.order_by("pk")},
    )


def at(field: str, sentence: Words) -> Invalid:
    """The error of one field."""
    return Invalid(sentence, fields={field: [sentence]})


def check_day(happened_on: dt.date, *starts: dt.date) -> None:
    """Raises Invalid at `happened_on` for a day to come, or before what it would end began."""
    if happened_on > clock.today():
        raise at("happened_on", _("This day has not come yet."))
    latest = max(starts, default=None)
    if latest and happened_on < latest:
        raise at(
            "happened_on",
            _("The register knows the present state since %(day)s; the day cannot lie before.")
            % {"day": latest.strftime("%d/%m/%Y")},
        )


def check_village(village: Area, day: dt.date) -> None:
    """Raises Invalid at `village` for what was no village on that day."""
    if village.level != AreaLevel.VILLAGE or not village.is_valid_on(day):
        raise at("village", _("Choose the village."))


def rehome(now: Standing, village: Area, day: dt.date) -> None:
    """The household lives in `village` from `day` on. Three statements."""
    if now.home.valid_from == day:
        now.home.delete()
    else:
        Residence.objects.filter(pk=now.home.pk).update(valid_to=day - ONE_DAY)
    Residence.objects.create(household=now.household, village=village, valid_from=day)
    note(HouseholdEventKind.MOVED, now.household, day)


def end_before(rows: Iterable[Membership], day: dt.date) -> None:
    """These memberships hold no longer from `day` on. Two statements."""
    rows = list(rows)
    never = [row.pk for row in rows if row.valid_from >= day]
    ended = [row.pk for row in rows if row.valid_from < day]
    Membership.objects.filter(pk__in=never).delete()
    Membership.objects.filter(pk__in=ended).update(valid_to=day - ONE_DAY)


def begin(household: Household, relations: Mapping[int, str], day: dt.date) -> None:
    """Persons (by id) belong to the household from `day` on, each with his relation."""
    Membership.objects.bulk_create(
        Membership(household=household, person_id=person, relation=relation, valid_from=day)
        for person, relation in relations.items()
    )


def change_relations(now: Standing, relations: Mapping[int, str], day: dt.date) -> None:
    """Give members (by person id) another relation to the head from `day` on."""
    changed = [
        row
        for row in now.members.values()
        if row.person_id in relations and relations[row.person_id] != row.relation
    ]
    end_before(changed, day)
    begin(now.household, {row.person_id: relations[row.person_id] for row in changed}, day)


def end_household(
    now: Standing,
    last_day: dt.date,
    reason: HouseholdEndReason,
    to_commune: Area | None = None,
) -> None:
    """The household ends with `last_day`, and with it its home and what memberships are left."""
    Residence.objects.filter(pk=now.home.pk).update(valid_to=last_day)
    left = Membership.objects.filter(household=now.household, valid_to__isnull=True)
    left.update(valid_to=last_day)
    Household.objects.filter(pk=now.household.pk).update(ended_on=last_day, end_reason=reason)
    offers = HouseholdTransfer.objects.filter(household=now.household, state=TransferState.OFFERED)
    offers.update(state=TransferState.WITHDRAWN, settled_on=clock.today())
    note(
        HouseholdEventKind.ENDED, now.household, last_day, end_reason=reason, to_commune=to_commune
    )


def note(
    kind: HouseholdEventKind,
    household: Household,
    happened_on: dt.date,
    *,
    other: Household | None = None,
    person: Person | None = None,
    end_reason: str = "",
    to_commune: Area | None = None,
) -> None:
    """Keep the event beside the rows it changed."""
    HouseholdEvent.objects.create(
        kind=kind,
        household=household,
        happened_on=happened_on,
        other_household=other,
        person=person,
        end_reason=end_reason,
        to_commune=to_commune,
    )


def settle(now: Standing, *other_households: Household, communes: Iterable[int] = ()) -> None:
    """After the rows are written: the cards of the households, and the marks that tell figures of
    rounds under way that these communes changed."""
    cards.refresh(household_ids=[now.household.pk, *(one.pk for one in other_households)])
    province = int(now.village.path.split(".")[0])
    for round_id in ReviewRound.objects.filter(province=province, is_closed=False).values_list(
        "pk", flat=True
    ):
        marks.mark_changed(round_id=round_id, commune_ids=[now.commune_id, *communes])
