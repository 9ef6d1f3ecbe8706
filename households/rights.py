"""What the assignments of a user allow on a day: areas and roles, read once a request."""

import datetime as dt
from functools import cached_property

from django.contrib.auth.models import AnonymousUser

from households import clock
from households.choices import AreaLevel, Role
from households.models import Area, Assignment, User
from households.models.area_reach import branches_through_time
from households.models.users import SYSTEM_USERNAME
from households.models.whole_rows import WholeRows

#: As what somebody practises. Whoever works in a village enters forms there; everyone else tries
#: the work of the commune officer, which is the whole of it.
_PRACTISES_AS = {
    Role.REVIEWER: Role.REVIEWER,
    Role.VILLAGE_HEAD: Role.REVIEWER,
    Role.FATHERLAND_FRONT: Role.REVIEWER,
}

_HELD = WholeRows(held=Assignment, area=Area)
_ASSIGNMENTS = f"""
SELECT {_HELD.columns}
FROM households_assignment held JOIN households_area area ON area.id = held.area_id
WHERE held.user_id = %s AND held.valid_from <= %s
  AND (held.valid_to IS NULL OR held.valid_to >= %s)
ORDER BY held.id
"""


class Rights:
    """What the assignments of a user allow on a day. Two queries at most, then cached.

    A right holds in the assigned area, below it, and in the units that went whole into the area:
    the commune of today keeps the files of those it was made of. When a commune is merged, its
    officer goes on in the new one only by a new assignment.

    Whoever is in the practice area has his kind of role there and none anywhere else, so that
    nothing of his real area is seen or written meanwhile; outside of it, nobody has a right there.
    """

    def __init__(self, user: User | AnonymousUser, on: dt.date | None = None) -> None:
        self.user = user
        self.on = on or clock.today()

    @cached_property
    def assignments(self) -> list[Assignment]:
        """Those that count now: the real ones, or in the practice area the one there."""
        if isinstance(self.user, User) and self.user.is_practising:
            return self._practice_assignments(self.user)
        return self.real_assignments

    @cached_property
    def real_assignments(self) -> list[Assignment]:
        """Those given by somebody, whether or not the user practises meanwhile."""
        if not isinstance(self.user, User) or not self.user.is_active:
            return []
        held = []
        for one, area in _HELD.read(_ASSIGNMENTS, [self.user.pk, self.on, self.on]):
            one.area = area
            held.append(one)
        return held

    def _practice_assignments(self, user: User) -> list[Assignment]:
        """Not stored: real rights stay as they are. One query more."""
        commune = Area.objects.practice().at(AreaLevel.COMMUNE).first()
        if commune is None:
            return []
        kinds = [Role(one.role) for one in self.real_assignments]
        roles = dict.fromkeys(_PRACTISES_AS.get(kind, Role.COMMUNE_OFFICER) for kind in kinds)
        return [
            Assignment(user=user, role=role, area=commune, valid_from=self.on) for role in roles
        ]

    @cached_property
    def _reach(self) -> dict[int, list[str]]:
        return branches_through_time(a.area_id for a in self.assignments)

    @property
    def is_system(self) -> bool:
        """The system itself (commands, jobs) acts everywhere."""
        return isinstance(self.user, User) and self.user.username == SYSTEM_USERNAME

    def branches(self, roles: frozenset[Role]) -> list[str]:
        """Inner paths of the areas in which the user has one of `roles`."""
        held = {a.area_id for a in self.assignments if a.role in roles}
        return sorted({path for area_id in held for path in self._reach[area_id]})

    def holds(self, roles: frozenset[Role], area: Area) -> bool:
        """One of `roles` in `area` or above it."""
        return self.is_system or any(
            area.inner_path.startswith(branch) for branch in self.branches(roles)
        )

    def holds_anywhere(self, roles: frozenset[Role]) -> bool:
        return self.is_system or any(a.role in roles for a in self.assignments)


def rights(user: User | AnonymousUser) -> Rights:
    """The user's rights today, kept on the user object for the request."""
    kept: Rights | None = getattr(user, "_rights_today", None)
    if kept is None or kept.on != clock.today():
        kept = Rights(user)
        user._rights_today = kept  # type: ignore[union-attr]
    return kept
