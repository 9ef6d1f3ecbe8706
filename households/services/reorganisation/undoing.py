"""Taking a signed act back before its day: the map is as it was, as long as nothing rests on it."""

from typing import Any, Final

from django.db import IntegrityError, connection, models
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices.reorganisations import ReorganisationState
from households.errors import Conflict, Refused
from households.models import (
    Area,
    AreaChange,
    AreaGroup,
    AreaTrait,
    Assignment,
    Reorganisation,
    User,
)
from households.services import audit
from households.services.imports import resting, rows_before
from households.services.reorganisation import relations

_WRITTEN: Final[tuple[type[models.Model], ...]] = (AreaChange, Assignment, AreaTrait, Area)


def why_not_undo(reorganisation: Reorganisation) -> str | None:
    """Whatever the rights: signed, and its day not there yet."""
    if reorganisation.state != ReorganisationState.SIGNED:
        return _("Only a signed act is taken back.")
    assert reorganisation.changed_on is not None
    if reorganisation.changed_on <= clock.today():
        return _("Its day is there: what changed stays. A later act changes it again.")
    return None


def undo(*, reorganisation: Reorganisation, reason: str, by: User) -> None:
    """The map as it was before the act; it stays as taken back, with the reason.

    Raises Refused (no right, its day is there, something was recorded in the new units or changed
    since), Conflict (taken back already).
    """
    if refusal := policies.why_not_reorganise(by, reorganisation.area):
        raise Refused(refusal)
    if not reason.strip():
        raise Refused(_("Write the reason."))
    with (
        audit.act(
            by=by,
            verb="area.undo_reorganise",
            area=reorganisation.area,
            subject=reorganisation,
            reason=reason,
        ),
        connection.cursor() as cursor,
    ):
        locked = Reorganisation.objects.select_for_update().get(pk=reorganisation.pk)
        if locked.state == ReorganisationState.UNDONE:
            raise Conflict(_("This act is taken back already."))
        if refusal := why_not_undo(locked):
            raise Refused(refusal)
        given = {"act": locked.written_act}
        rows_before.take(cursor, given)
        _refuse_changed_later(cursor, given)
        try:
            _turn_back(cursor, given)
        except IntegrityError as error:
            raise Refused(
                _("In the new units something is recorded already: %(what)s. Remove it first.")
                % {"what": resting.pointing(error)}
            ) from error
        locked.state = ReorganisationState.UNDONE
        locked.save(update_fields=["state"])


def _refuse_changed_later(cursor: Any, given: dict[str, Any]) -> None:
    try:
        resting.refuse_changed_later(cursor, given, _WRITTEN)
    except Refused as refusal:
        raise Refused(
            _("Units or assignments of this act were changed since; take that back first.")
        ) from refusal


def _forget_what_is_worked_out(act: int) -> None:
    """What jobs keep of the new units, in other apps too, goes with a unit by its own rule."""
    made = list(Area.objects.filter(act_id=act).values_list("pk", flat=True))
    for model, field in relations.naming_areas(kept=False):
        model._default_manager.filter(**{f"{field}__in": made}).delete()


def _turn_back(cursor: Any, given: dict[str, Any]) -> None:
    members = AreaGroup.communes.through._meta.db_table
    for table in ("households_area", "households_areagroup"):
        cursor.execute(
            f"""
            DELETE FROM {members}
            WHERE {table.removeprefix("households_")}_id IN
              (SELECT id FROM {table} WHERE act_id = %(act)s)
            """,
            given,
        )
    cursor.execute("DELETE FROM households_areagroup WHERE act_id = %(act)s", given)
    _forget_what_is_worked_out(given["act"])
    rows_before.put_back(cursor, given, _WRITTEN)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
