"""A merger taken back: every row as it was before, out of the history of its act.

Refused once something later rests on it: a row that was changed again, or a later row of the
person or household that stayed, of which nobody knows whose it would be.
"""

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection, models, transaction
from django.db.models import GeneratedField, Q
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households import policies
from households.choices.duplicates import PairKind
from households.errors import Conflict, Refused
from households.models import (
    AuditEvent,
    CertificateChange,
    DuplicateMerge,
    DuplicatePair,
    Household,
    HouseholdEvent,
    HouseholdKey,
    HouseholdTransfer,
    Membership,
    MergedPerson,
    Person,
    PersonKey,
    Residence,
    ReviewRequest,
    RowHistory,
    StatusPeriod,
    Survey,
    SurveyMember,
    User,
)
from households.queries import duplicate_sides
from households.services import audit, cards
from households.services.duplicates import followers, joining

#: What a merger changes; the pair itself is put back too, whatever became of others since.
_CHANGED: Final[tuple[type[models.Model], ...]] = (
    Person, PersonKey, Membership, Residence, Household, HouseholdKey, SurveyMember,
    HouseholdTransfer, ReviewRequest,
)  # fmt: skip
#: What a merger adds, in the order it is taken away.
_ADDED: Final = (MergedPerson, HouseholdEvent, Membership)
#: Rows of a person or household that would belong to nobody knows which of the two.
_OF_PERSON: Final = (Membership, SurveyMember, PersonKey, HouseholdEvent)
_OF_HOUSEHOLD: Final = (Survey, StatusPeriod, Membership, Residence, HouseholdKey, HouseholdEvent)


def _changed() -> tuple[type[models.Model], ...]:
    return (*_CHANGED, *(table for one in followers.followers() for table in one.tables))


@transaction.atomic
def undo(*, merge: DuplicateMerge, by: User) -> None:
    """Both entries are as they were before; the pair is in the queue again. Raises Refused (no
    right, or what rests on it), Conflict (taken back already)."""
    DuplicateMerge.objects.select_for_update().get(pk=merge.pk)
    found = DuplicateMerge.objects.select_related("merge_act", "undone_by").get(pk=merge.pk)
    pair = duplicate_sides.with_relations(found.pair_id)
    assert pair is not None
    if refusal := why_not_undo(by, pair):
        raise Refused(refusal)
    if found.undone_at:
        raise Conflict(_("It was taken back already by %(who)s.") % {"who": found.undone_by})
    if refusal := what_rests_on(found, pair):
        raise Refused(refusal)
    homes = [pair.household_a_id, pair.household_b_id]
    with audit.act(
        by=by, verb="duplicate.undo", area=pair.household_a.card.village.parent,
        household=pair.household_a, subject=pair, details={"act": found.merge_act_id},
    ):  # fmt: skip
        homes += _households_of(found)
        for model in _ADDED:
            model.objects.filter(act=found.merge_act_id).delete()
        put_back: list[type[models.Model]] = [*_changed(), DuplicatePair]
        tables = {one._meta.db_table: one for one in put_back}
        for row in _history(found, tables.values()).order_by("-pk"):
            _put_back(tables[row.table_name], row)
        DuplicateMerge.objects.filter(pk=found.pk).update(undone_by=by, undone_at=Now())
        cards.refresh(household_ids=sorted(set(homes)))
        again = duplicate_sides.with_relations(pair.pk)
        assert again is not None
        joining.settle_homes(*duplicate_sides.of_pair(again))


def why_not_undo(by: User, pair: DuplicatePair) -> str | None:
    """Who may merge may take it back."""
    homes = [pair.household_a, pair.household_b]
    return policies.why_not_settle_pair(by, [one.card.village for one in homes], homes)


def what_rests_on(merge: DuplicateMerge, pair: DuplicatePair) -> str | None:
    """Why it cannot be taken back any more: who did what since. Ten queries at most."""
    later = _changed_later(merge) or _added_later(merge, pair)
    if later is None:
        return None
    act = AuditEvent.objects.select_related("by").filter(pk=later).first()
    if act is None:
        return _("The entries were changed since; the merger cannot be taken back any more.")
    return _(
        "%(who)s changed the entries on %(day)s; the merger cannot be taken back any more."
    ) % {"who": act.by, "day": f"{act.at:%d/%m/%Y}"}


def _history(merge: DuplicateMerge, tables: Iterable[type[models.Model]]) -> Any:
    names = [model._meta.db_table for model in tables]
    return RowHistory.objects.filter(act=merge.merge_act_id, table_name__in=names)


_LATER: Final = """
WITH touched AS (
  SELECT table_name, row_id, max(id) AS id FROM households_rowhistory
  WHERE act_id = %(act)s AND table_name = ANY(%(changed)s) GROUP BY table_name, row_id
), added AS (
  SELECT 'households_membership' AS table_name, id AS row_id, 0::bigint AS id
  FROM households_membership WHERE act_id = %(act)s
)
SELECT coalesce(h.act_id, 0) FROM (SELECT * FROM touched UNION ALL SELECT * FROM added) t
JOIN households_rowhistory h ON h.table_name = t.table_name AND h.row_id = t.row_id
WHERE h.id > t.id AND h.act_id IS DISTINCT FROM %(act)s
  AND h.id > (SELECT coalesce(max(id), 0) FROM households_rowhistory WHERE act_id = %(act)s)
LIMIT 1
"""


def _changed_later(merge: DuplicateMerge) -> int | None:
    """The act that changed a row of the merger again; 0 for one outside of acts."""
    changed = [model._meta.db_table for model in _changed()]
    with connection.cursor() as cursor:
        cursor.execute(_LATER, {"act": merge.merge_act_id, "changed": changed})
        found = cursor.fetchone()
    return found[0] if found else None


def _added_later(merge: DuplicateMerge, pair: DuplicatePair) -> int | None:
    """The act of a later row of those that stayed; papers written on what the merger added."""
    after = Q(act__gt=merge.merge_act_id)
    kept = list(merge.persons.values_list("kept", flat=True))
    gone = list(merge.persons.values_list("gone", flat=True))
    more = followers.followers()
    of_persons: list[Any] = [*_OF_PERSON, *(table for one in more for table in one.of_person)]
    for model in of_persons:
        rows = model.objects.filter(after, person__in=[*kept, *gone])
        if (act := rows.values_list("act", flat=True).first()) is not None:
            return int(act)
    if pair.kind == PairKind.HOUSEHOLD:
        homes = [pair.household_a_id, pair.household_b_id]
        of_homes: list[Any] = [*_OF_HOUSEHOLD]
        of_homes += [table for one in more for table in one.of_household]
        for of_home in of_homes:
            rows = of_home.objects.filter(after, household__in=homes)
            if (act := rows.values_list("act", flat=True).first()) is not None:
                return int(act)
    added = HouseholdEvent.objects.filter(act=merge.merge_act_id)
    papers = CertificateChange.objects.filter(event__in=added)
    if papers.exists():
        return int(papers.values_list("act", flat=True)[0] or 0)
    ended = Household.objects.filter(pk__in=_households_of(merge), ended_on__isnull=False)
    mine = _history(merge, [Household]).values("row_id")
    return 0 if ended.exclude(pk__in=mine).exists() else None


def _households_of(merge: DuplicateMerge) -> list[int]:
    """Those whose memberships the merger ended or began."""
    rows = _history(merge, [Membership]).values_list("row__household_id", flat=True)
    added = Membership.objects.filter(act=merge.merge_act_id).values_list("household", flat=True)
    return [int(pk) for pk in (*rows, *added)]


def _put_back(model: type[models.Model], history: RowHistory) -> None:
    """One row as it was before the act, its own act included. One statement."""
    columns = [
        connection.ops.quote_name(str(one.column))
        for one in model._meta.concrete_fields
        if not isinstance(one, GeneratedField)
    ]
    table, names = model._meta.db_table, ", ".join(columns)
    before = f"SELECT {names} FROM jsonb_populate_record(NULL::{table}, %s::jsonb)"
    if history.operation == "D":
        sql = f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE {before}"
    else:
        sql = f"UPDATE {table} SET ({names}) = ({before}) WHERE id = %s"
    row = connection.ops.adapt_json_value(history.row, None)
    with connection.cursor() as cursor:
        cursor.execute(sql, [row] if history.operation == "D" else [row, history.row_id])
