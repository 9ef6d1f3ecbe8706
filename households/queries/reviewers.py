"""Who reviews which village of a commune today."""

from collections import defaultdict
from dataclasses import dataclass, field

from households import clock
from households.choices import AreaLevel, Role
from households.models import Area, Assignment, HouseholdCard, User

_WORKS_THERE = (Role.REVIEWER, Role.VILLAGE_HEAD)


@dataclass
class VillageReviewers:
    """A village with its households and the ids of its reviewers."""

    village: Area
    households: int = 0
    reviewers: set[int] = field(default_factory=set)


@dataclass
class Staff:
    """The villages of a commune by name; the people who may review there; those among them who
    review the whole commune."""

    villages: list[VillageReviewers]
    people: list[User]
    everywhere: set[int]

    @property
    def without(self) -> int:
        """Villages that nobody reviews."""
        if self.everywhere:
            return 0
        return sum(not one.reviewers for one in self.villages)


def of_commune(commune: Area) -> Staff:
    """Four queries."""
    today = clock.today()
    villages = Area.objects.filter(parent=commune, level=AreaLevel.VILLAGE).on(today)
    rows = {one.pk: VillageReviewers(one) for one in villages.order_by("folded_name", "pk")}
    for pk in HouseholdCard.objects.filter(village__in=rows, is_ended=False).values_list(
        "village", flat=True
    ):
        rows[pk].households += 1
    held = Assignment.objects.on(today).filter(
        role__in=_WORKS_THERE, area__in=[commune.pk, *rows], user__is_active=True
    )
    everywhere: set[int] = set()
    people: dict[int, User] = defaultdict()
    for one in held.select_related("user").order_by("user__username"):
        people[one.user_id] = one.user
        if one.role == Role.REVIEWER and one.area_id == commune.pk:
            everywhere.add(one.user_id)
        elif one.role == Role.REVIEWER:
            rows[one.area_id].reviewers.add(one.user_id)
    return Staff(list(rows.values()), list(people.values()), everywhere)
