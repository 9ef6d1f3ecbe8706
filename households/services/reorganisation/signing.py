"""The signed act: the whole draft is written onto the map in one transaction, or nothing."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices.reorganisations import ReorganisationKind, ReorganisationState
from households.errors import Conflict, Refused
from households.folding import fold
from households.models import Area, AreaTrait, Assignment, Reorganisation, User
from households.services import audit, home_succession
from households.services.constraint_messages import told_plainly
from households.services.reorganisation import facts as facts_of
from households.services.reorganisation import laying, obstacles, plans


def sign(*, reorganisation: Reorganisation, by: User) -> int:
    """Write the draft onto the map; how many households followed at once (0 before its day: they
    follow when it is there; 0 where they are so many that a job lets them follow, see
    home_succession.following).

    Raises Refused (no right, something stands against it), Conflict (signed already, a code or a
    name is taken).
    """
    if reason := policies.why_not_reorganise(by, reorganisation.area):
        raise Refused(reason)
    parts = reorganisation.parts
    with (
        told_plainly(Area, AreaTrait, Assignment),
        audit.act(
            by=by,
            verb="area.reorganise",
            area=reorganisation.area,
            subject=reorganisation,
            details={
                "changed_on": str(reorganisation.changed_on or ""),
                "kinds": [one["kind"] for one in parts],
                "units": [pk for one in parts for pk in one["units"]],
            },
        ) as event,
    ):
        locked = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
        if locked.state != ReorganisationState.DRAFT:
            raise Conflict(_("This act is signed already."))
        _lock(pk for one in locked.parts for pk in one["units"])
        if against := obstacles.standing(locked):
            raise Refused(f"{against[0].reason} {against[0].do_first}")
        laying.lay(facts_of.read(locked))
        locked.parts = _with_villages(locked)
        locked.state = ReorganisationState.SIGNED
        locked.signed_by = by
        locked.signed_at = Now()
        locked.written_act = event.pk
        locked.save(update_fields=["state", "signed_by", "signed_at", "written_act", "parts"])
        assert locked.changed_on is not None
        if locked.changed_on > clock.today():
            return 0
        return home_succession.follow_or_order(by=by)


def _with_villages(signed: Reorganisation) -> list[dict[str, Any]]:
    """The parts, those that split a village with the ids of what it became: by them its households
    follow, each by name."""
    assert signed.changed_on is not None
    found = []
    for part in plans.parts_of(signed.parts):
        if part.kind == ReorganisationKind.VILLAGE_SPLIT:
            made = Area.objects.filter(
                came_from__from_area__in=part.units, came_from__changed_on=signed.changed_on
            )
            ids = {fold(one.name): one.pk for one in made}
            becomes = tuple(replace(one, area_id=ids[fold(one.name)]) for one in part.becomes)
            part = replace(part, becomes=becomes)
        found.append(part)
    return plans.as_json(found)


def _lock(units: Iterable[int]) -> None:
    """Two acts on one unit wait for each other, and numbers of certificates for both."""
    list(Area.objects.select_for_update(no_key=True).filter(pk__in=sorted(units)).order_by("pk"))
