"""Lists for a bank, an insurer or a school: begun, and taken back.

Rows: services.list_rows; handing over: services.list_hand_over; answers: services.list_answers.
"""

import datetime as dt
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel
from households.errors import Conflict, Invalid, Refused
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices import BenefitState, ProgrammeKind
from programs.choices.support_lists import ListState
from programs.models import Benefit, Programme, SupportList, SupportListRow
from programs.policies.support_lists import why_not_keep_list
from programs.queries.entitlement import terms_on
from programs.workflow.serving import school_year_of
from programs.workflow.support_lists import RECEIVERS, SCHOOLING, is_listed

_LONGEST_REASON = 300
_LONGEST_NAME = 160


def begin(
    *, programme: Programme, commune: Area, listed_on: dt.date, receiver_name: str, by: User
) -> SupportList:
    """Begin a list; entitlement is worked out for `listed_on`, of schooling for the school year
    that day belongs to. Raises Refused, Invalid (programme, day, receiver). Five statements."""
    if reason := why_not_keep_list(by, commune):
        raise Refused(reason)
    if commune.level != AreaLevel.COMMUNE:
        raise Invalid(_("A list is drawn up by a commune."))
    _check(programme, listed_on)
    name = receiver_name.strip()[:_LONGEST_NAME]
    if not name:
        told = _("Say to whom the list goes.")
        raise Invalid(told, fields={"receiver_name": [told]})
    kind = ProgrammeKind(programme.kind)
    found = SupportList(
        programme=programme, commune=commune, listed_on=listed_on, receiver=RECEIVERS[kind],
        receiver_name=name, opened_by=by,
        school_year=school_year_of(listed_on) if kind in SCHOOLING else None,
    )  # fmt: skip
    with told_plainly(SupportList), audit.act(
        by=by, verb="support_list.begin", area=commune, subject=programme,
        details={"programme": programme.code, "on": listed_on.isoformat()},
    ):  # fmt: skip
        found.save()
    return found


def _check(programme: Programme, listed_on: dt.date) -> None:
    if not is_listed(programme.kind):
        raise Invalid(_("This programme is given without a list."))
    if listed_on > clock.today():
        told = _("This day is still to come.")
        raise Invalid(told, fields={"listed_on": [told]})
    if not any(one.programme_id == programme.pk and one.decides for one in terms_on(listed_on)):
        told = _("%(programme)s has no confirmed ground on this day: nobody can be listed.") % {
            "programme": programme.name
        }
        raise Invalid(told, fields={"listed_on": [told]})


def locked(support_list: SupportList, by: User, state: ListState) -> SupportList:
    """The list as it is now, held to the end of the transaction, with all lists of its commune: two
    of them never take the same person at once. Raises Refused, Conflict (it is in another state).
    Two statements."""
    if reason := why_not_keep_list(by, support_list.commune):
        raise Refused(reason)
    # Rows that only point at the commune are written meanwhile.
    list(
        Area.objects.select_for_update(no_key=True)
        .filter(pk=support_list.commune_id)
        .values_list("pk")
    )
    found: SupportList = SupportList.objects.select_related("programme", "commune").get(
        pk=support_list.pk
    )
    if found.state != state:
        raise Conflict(_said_of(ListState(found.state)))
    return found


def hold_benefits(rows: QuerySet[SupportListRow]) -> None:
    """Nobody takes the benefits of these rows on or back between their reading and their writing.
    One statement."""
    theirs = Benefit.objects.filter(list_row__in=rows.order_by()).order_by("pk")
    list(theirs.select_for_update(of=("self",)).values_list("pk", flat=True))


def _said_of(state: ListState) -> str:
    return {
        ListState.DRAFT: _("This list is not handed over yet."),
        ListState.HANDED_OVER: _("This list is handed over; its rows change no more."),
        ListState.DROPPED: _("This list was taken back."),
    }[state]


#: Of a benefit that the hand-over took on: what it changed, as it was before.
_WISHES_AGAIN = """
UPDATE programs_benefit b
SET (state, acted_on, terms_id, amount_vnd, commune_id, village_id, school_level) = (
  SELECT state, acted_on, terms_id, amount_vnd, commune_id, village_id, school_level
  FROM jsonb_populate_record(NULL::programs_benefit, h.row))
FROM households_rowhistory h, programs_supportlistrow r
WHERE r.support_list_id = %(list)s AND b.id = r.benefit_id AND h.row_id = b.id
  AND h.table_name = 'programs_benefit' AND h.row->>'state' = 'WISHED'
  AND h.act_id = (SELECT max(id) FROM households_auditevent
    WHERE verb = 'support_list.hand_over' AND object_type = %(type)s AND object_id = %(list)s)
RETURNING b.id
"""


def _take_benefits_back(found: SupportList, because: str) -> None:
    given: dict[str, Any] = {"list": found.pk, "type": SupportList._meta.label_lower}
    with connection.cursor() as cursor:
        cursor.execute(_WISHES_AGAIN, given)
        wishes = [pk for (pk,) in cursor.fetchall()]
    # A later list may take the wish on: a benefit stands on one row.
    SupportListRow.objects.filter(benefit__in=wishes).update(benefit=None)
    Benefit.objects.filter(list_row__support_list=found).update(
        state=BenefitState.CANCELLED, reason=because
    )


def drop(*, support_list: SupportList, reason: str, by: User) -> SupportList:
    """Take a list back: one being drawn up, or one handed over of which nothing is answered yet;
    its benefits are then taken back with it, and what was a wish before is that wish again. Raises
    Refused, Invalid (no reason, answers came), Conflict. Some fifteen statements, however long the
    list."""
    because = reason.strip()[:_LONGEST_REASON]
    if not because:
        told = _("Write why.")
        raise Invalid(told, fields={"reason": [told]})
    with transaction.atomic():
        state = ListState.HANDED_OVER if support_list.is_handed_over else ListState.DRAFT
        found = locked(support_list, by, state)
        rows = SupportListRow.objects.filter(support_list=found)
        hold_benefits(rows)
        answered = rows.filter(benefit__isnull=False).exclude(benefit__state=BenefitState.LISTED)
        if answered.exists():
            raise Invalid(_("Answers are recorded on this list already; it is not taken back."))
        with audit.act(
            by=by, verb="support_list.drop", area=found.commune, subject=found, reason=because,
            details={"rows": rows.count(), "was": found.state},
        ):  # fmt: skip
            if found.state == ListState.HANDED_OVER:
                _take_benefits_back(found, because)
            rows.filter(on_draft=True).update(on_draft=False)
            found.state, found.reason = ListState.DROPPED, because
            found.save(update_fields=["state", "reason"])
    return found
