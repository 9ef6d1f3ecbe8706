"""Changes that came with the shipped map: the communes are there, villages and families are not
carried over yet. The same act does it."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from households.choices import AreaChangeKind, AreaLevel
from households.choices.reorganisations import ReorganisationKind
from households.errors import Refused
from households.models import Area, AreaChange, Reorganisation, User
from households.services.reorganisation import drafts
from households.services.reorganisation.plans import NewUnit, Part

_ONE_DAY = dt.timedelta(days=1)
_NUMBER = re.compile(r"\d+(?:/\d{4})?/[A-ZĐ][\w-]*")
#: A commune that kept its name while its district ended moved; for its villages it is all the same.
_WHOLE = (AreaChangeKind.MERGE, AreaChangeKind.RENAME, AreaChangeKind.MOVE)


@dataclass(frozen=True)
class Waiting:
    """A day on which communes ended by the shipped map, and how many have villages left."""

    changed_on: dt.date
    paper_number: str
    communes: int
    villages: int
    parts: tuple[Part, ...]


def waiting(province: Area) -> list[Waiting]:
    """By day, the oldest first. Two queries."""
    here = province.inner_path
    arrows = AreaChange.objects.filter(
        Q(to_area__path__startswith=here) | Q(from_area__path__startswith=here),
        kind__in=_WHOLE,
        is_whole=True,
        from_area__level=AreaLevel.COMMUNE,
        from_area__is_practice=False,
    ).select_related("from_area", "to_area")
    by_day: dict[tuple[dt.date, str], dict[Area, list[Area]]] = {}
    left = _left(arrows)
    for arrow in arrows.order_by("changed_on", "to_area__code", "from_area__code"):
        if arrow.to_area is not None and left.get(arrow.from_area_id):
            day = (arrow.changed_on, arrow.legal_basis)
            by_day.setdefault(day, {}).setdefault(arrow.to_area, []).append(arrow.from_area)
    return [
        Waiting(
            changed_on=day,
            paper_number=_number_in(basis),
            communes=sum(map(len, taking.values())),
            villages=sum(left[one.pk] for units in taking.values() for one in units),
            parts=tuple(
                Part(
                    kind=ReorganisationKind.MERGE,
                    units=tuple(one.pk for one in units),
                    becomes=(NewUnit(key="1", area_id=to.pk),),
                )
                for to, units in taking.items()
            ),
        )
        for (day, basis), taking in by_day.items()
    ]


def _number_in(legal_basis: str) -> str:
    """ "1683/NQ-UBTVQH15" of a legal basis as the shipped files give it, in English words."""
    found = _NUMBER.search(legal_basis)
    return found[0] if found else legal_basis[:60]


def _left(arrows: Iterable[AreaChange]) -> dict[int, int]:
    """Villages of communes that ended, which became nothing yet: their number by commune."""
    ended = {one.from_area_id: one.changed_on - _ONE_DAY for one in arrows}
    villages = Area.objects.filter(
        level=AreaLevel.VILLAGE, parent__in=list(ended), became__isnull=True
    )
    found: dict[int, int] = {}
    for parent_id, valid_to in villages.values_list("parent_id", "valid_to"):
        if parent_id is not None and (valid_to is None or valid_to >= ended[parent_id]):
            found[parent_id] = found.get(parent_id, 0) + 1
    return found


def prepare(*, province: Area, changed_on: dt.date, by: User) -> Reorganisation:
    """A draft of what the shipped map says of a day. Raises Refused (no right, nothing waits)."""
    found = next((one for one in waiting(province) if one.changed_on == changed_on), None)
    if found is None:
        raise Refused(_("Nothing of that day waits."))
    return drafts.begin(
        area=province,
        changed_on=changed_on,
        paper_number=found.paper_number,
        paper_date=None,
        paper_by="",
        by=by,
        parts=found.parts,
    )
