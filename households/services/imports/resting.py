"""What later rests on an import, so that it cannot be taken back."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from households import policies, workflow
from households.choices import DecisionOrigin
from households.errors import Refused
from households.models import Area, AuditEvent, Household, RecognitionDecision, User

_CHANGED_LATER: Final = """
SELECT count(*) FROM row_before b JOIN households_rowhistory l
  ON l.table_name = b.table_name AND l.row_id = b.row_id AND l.id > b.history_id
     AND l.act_id IS DISTINCT FROM %(act)s
"""
_MADE_AND_CHANGED_LATER: Final = """
SELECT count(*) FROM {table} t JOIN households_rowhistory l
  ON l.table_name = '{table}' AND l.row_id = t.id AND l.act_id IS DISTINCT FROM %(act)s
WHERE t.act_id = %(act)s
"""


def rows(cursor: Any, sql: str, given: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """What a query gives."""
    cursor.execute(sql, given or {})
    found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def refuse_past_survey(cursor: Any, given: dict[str, Any], by: User) -> None:
    """Of touched_form: rights to each commune, and no village or commune past its survey."""
    communes = [pk for (pk,) in rows(cursor, "SELECT DISTINCT commune_id FROM touched_form")]
    for commune in Area.objects.filter(pk__in=communes):
        if reason := policies.why_not_import(by, commune):
            raise Refused(reason)
    past = rows(
        cursor,
        """
        SELECT a.name FROM touched_form f
        JOIN households_villagereview w ON w.round_id = f.round_id AND w.village_id = f.village_id
        JOIN households_area a ON a.id = f.village_id
        WHERE NOT w.state = ANY(%(open)s)
        UNION
        SELECT a.name FROM touched_form f
        JOIN households_communereview w ON w.round_id = f.round_id AND w.commune_id = f.commune_id
        JOIN households_area a ON a.id = f.commune_id
        WHERE NOT w.state = ANY(%(open_in_commune)s)
        ORDER BY 1
        """,
        {
            "open": [str(one) for one in workflow.SURVEYS_OPEN_IN_VILLAGE],
            "open_in_commune": [str(one) for one in workflow.SURVEYS_OPEN_IN_COMMUNE],
        },
    )
    if past:
        raise Refused(
            _("%(place)s is past its survey stage; what was imported there stays.")
            % {"place": past[0][0]}
        )


def refuse_changed_later(
    cursor: Any, given: dict[str, Any], written: Sequence[type[models.Model]]
) -> None:
    """Nothing that the act wrote was changed by another act since (row_before is filled)."""
    later = rows(cursor, _CHANGED_LATER, given)[0][0]
    for model in written:
        sql = _MADE_AND_CHANGED_LATER.format(table=model._meta.db_table)
        later += rows(cursor, sql, given)[0][0]
    if later:
        raise Refused(
            _("%(number)s rows of this import were changed since; what is changed stays.")
            % {"number": later}
        )


def refuse_later_list(act: AuditEvent, by: User) -> None:
    """A list that was taken over stays while a later decision of its commune stands on it."""
    assert act.area is not None
    if reason := policies.why_not_take_over_list(by, act.area):
        raise Refused(reason)
    decided = RecognitionDecision.objects.filter(commune=act.area)
    own = decided.get(act_id=act.pk)
    if own.origin == DecisionOrigin.ESCAPES:
        return  # lists stand beside it; what rests on its households is told by the database
    later = decided.filter(effective_from__gte=own.effective_from).exclude(pk=own.pk).first()
    if later is not None:
        raise Refused(
            _("Decision %(number)s of the commune came after this list; it rests on it.")
            % {"number": later.number}
        )


def named(error: IntegrityError) -> str:
    """What rests on an import that cannot go, in words."""
    return _("Something later rests on this import: %(what)s.") % {"what": pointing(error)}


def pointing(error: IntegrityError) -> str:
    """Which kind of thing points at what would go, by the table that the database names."""
    diagnosis = getattr(error.__cause__, "diag", None)
    table = getattr(diagnosis, "table_name", None)
    named = {
        str(model._meta.db_table): str(model._meta.verbose_name)
        for model in Household._meta.apps.get_models()
    }
    return named.get(table or "", table or "")
