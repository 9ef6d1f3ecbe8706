"""The two sides of a pair as the register has them now, field by field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from households.choices.duplicates import PairKind
from households.models import Area, DuplicatePair, Household, Membership, Person

SIDES: Final = ("a", "b")
#: Facts of a person that one chooses by; each with the columns it stands for.
PERSON_FACTS: Final[dict[str, tuple[str, ...]]] = {
    "full_name": ("full_name",),
    "sex": ("sex",),
    "birth_date": ("birth_date", "birth_precision"),
    "ethnic_group": ("ethnic_group_id",),
    "personal_id": ("personal_id",),
    "old_number": ("old_number",),
}
HOUSEHOLD_FACTS: Final[dict[str, tuple[str, ...]]] = {
    "phone": ("phone",),
    "walking_no": ("walking_no",),
}


@dataclass(frozen=True)
class Side:
    """`membership` is the person's open one, None of households and of who left since."""

    key: str
    household: Household
    village: Area
    members: Sequence[Membership]
    person: Person | None = None
    membership: Membership | None = None

    @property
    def subject(self) -> Any:
        return self.person or self.household

    @property
    def commune(self) -> Area:
        assert self.village.parent is not None
        return self.village.parent

    def fact(self, name: str) -> tuple[Any, ...]:
        """The stored values of a fact; what is not known is None or ""."""
        columns = PERSON_FACTS if self.person else HOUSEHOLD_FACTS
        return tuple(getattr(self.subject, column) for column in columns[name])

    def knows(self, name: str) -> bool:
        return self.fact(name)[0] not in (None, "")


def of_pair(pair: DuplicatePair) -> tuple[Side, Side]:
    """Both sides; a person who has moved is shown where he lives now. Six queries at most."""
    return _side("a", pair), _side("b", pair)


def _side(key: str, pair: DuplicatePair) -> Side:
    person: Person | None = getattr(pair, f"person_{key}")
    household: Household = getattr(pair, f"household_{key}")
    membership = None
    if person is not None:
        open_ones = Membership.objects.filter(person=person, valid_to__isnull=True)
        membership = open_ones.select_related("household").first()
        household = membership.household if membership else household
    members = household.memberships.filter(valid_to__isnull=True)
    return Side(
        key,
        household,
        household.card.village,
        list(members.select_related("person__ethnic_group").order_by("pk")),
        person,
        membership,
    )


def facts_of(pair: DuplicatePair) -> Sequence[str]:
    """The names of what one may choose by."""
    return list(HOUSEHOLD_FACTS if pair.kind == PairKind.HOUSEHOLD else PERSON_FACTS)


def differing(a: Side, b: Side, names: Sequence[str]) -> list[str]:
    """Facts that both know and that are not the same: somebody has to choose."""
    both: Callable[[str], bool] = lambda name: a.knows(name) and b.knows(name)  # noqa: E731
    return [name for name in names if both(name) and a.fact(name) != b.fact(name)]


def with_relations(pk: int) -> DuplicatePair | None:
    """A pair with all that its page reads. One query."""
    found: DuplicatePair | None = (
        DuplicatePair.objects.select_related(
            "person_a__ethnic_group", "person_b__ethnic_group",
            "household_a__card__village__parent", "household_b__card__village__parent",
            "settled_by",
        )
        .filter(pk=pk)
        .first()
    )  # fmt: skip
    return found
