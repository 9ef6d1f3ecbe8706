"""What a draft says: its parts as plain values, and as the JSON in which they are kept."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from households.choices.reorganisations import ReorganisationKind


@dataclass(frozen=True)
class NewUnit:
    """What units become: a new one, or (`area_id`) one that is on the map already."""

    key: str
    name: str = ""
    code: str = ""
    area_type: str = ""
    settlement: str = ""
    area_id: int | None = None


@dataclass(frozen=True)
class Part:
    """One thing that happens to some units.

    `units` are ids of what it happens to (of TRANSFER the commune that gives villages); `becomes`
    what comes of them; `goes` village ids to the key of what each goes to; `names` village ids to
    their name from the day on, where it is another; `staff` ids of assignments to the key of the
    unit in which they go on, "" where they end.
    """

    kind: ReorganisationKind
    units: tuple[int, ...] = ()
    becomes: tuple[NewUnit, ...] = ()
    goes: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)
    staff: Mapping[int, str] = field(default_factory=dict)

    def new_unit(self, key: str) -> NewUnit | None:
        return next((one for one in self.becomes if one.key == key), None)


class Page(NamedTuple):
    """Where something is finished: the name of an address, what it is asked with, and behind it."""

    name: str
    args: tuple[Any, ...] = ()
    behind: str = ""


@dataclass(frozen=True)
class Obstacle:
    """Why an act cannot be signed now, and what to do first ("": it goes on by itself); the page
    on which that is done, where it is one."""

    reason: str
    do_first: str = ""
    page: Page | None = None


def as_json(parts: list[Part]) -> list[dict[str, Any]]:
    return [asdict(one) | {"kind": str(one.kind)} for one in parts]


def parts_of(kept: list[dict[str, Any]]) -> list[Part]:
    """Of Reorganisation.parts."""
    return [
        Part(
            kind=ReorganisationKind(one["kind"]),
            units=tuple(one["units"]),
            becomes=tuple(NewUnit(**unit) for unit in one["becomes"]),
            goes=_by_id(one["goes"]),
            names=_by_id(one["names"]),
            staff=_by_id(one["staff"]),
        )
        for one in kept
    ]


def _by_id(kept: Mapping[str, str]) -> dict[int, str]:
    return {int(pk): value for pk, value in kept.items()}
