"""Who changed what of a household: the acts, and of each changed row the old and the new value."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, models
from django.db.models import Q

from households.models import (
    AuditEvent,
    Household,
    Membership,
    Person,
    Residence,
    RowHistory,
    StatusPeriod,
    Survey,
    SurveyMember,
)

#: Whose rows are told, by table.
TOLD: Mapping[str, type[models.Model]] = {
    model._meta.db_table: model
    for model in (Survey, SurveyMember, Person, Household, Membership, Residence, StatusPeriod)
}
#: Columns that say nothing to a reader: keys, counters, and what other columns repeat.
SILENT = frozenset(
    {
        "id", "act_id", "uuid", "revision", "survey_id", "household_id", "person_id", "round_id",
        "commune_id", "province_code", "surveyed_by_id", "b1_table_id", "origin", "folded_name",
        "member_no", "standard_id", "list_owner_id", "decision_in_id", "decision_out_id",
    }
)  # fmt: skip
ACTS_SHOWN = 40


@dataclass(frozen=True)
class Change:
    """One column of one row. Values as the database writes them in JSON."""

    model: type[models.Model]
    row_id: int
    name: str
    column: str
    old: Any
    new: Any


@dataclass
class Act:
    """One audit event with the changes its rows tell. `entered` and `removed` name the new and
    the deleted members."""

    event: AuditEvent
    changes: list[Change] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    #: Key of the round whose survey was entered; "" when the act entered none.
    round_key: str = ""


def acts_of(household: Household) -> list[Act]:
    """The newest acts first: those on the household itself, and those on many (an import, a
    decision) that made or changed rows of it. A fixed number of queries."""
    rows = _rows_of(household)
    touching = Q(household=household) | Q(pk__in=_acts_on(rows))
    events = list(
        AuditEvent.objects.filter(touching).select_related("by").order_by("-pk")[:ACTS_SHOWN]
    )
    acts = {event.pk: Act(event=event) for event in events}
    _tell_changes(acts, rows)
    _tell_new_members(household, acts)
    return list(acts.values())


Rows = Mapping[str, Mapping[int, int | None]]


def _rows_of(household: Household) -> Rows:
    """The household's rows by table: id to the act that made it. A query a table."""
    persons = Q(memberships__household=household)
    wanted: Mapping[type[models.Model], Q] = {
        Survey: Q(household=household),
        SurveyMember: Q(survey__household=household),
        Person: persons,
        Household: Q(pk=household.pk),
        Membership: Q(household=household),
        Residence: Q(household=household),
        StatusPeriod: Q(household=household),
    }
    return {
        model._meta.db_table: dict(
            model._default_manager.filter(which).values_list("pk", "act_id").distinct()
        )
        for model, which in wanted.items()
    }


def _acts_on(rows: Rows) -> set[int]:
    """Acts that made rows or left an earlier state of them. One query."""
    acts = {act for made in rows.values() for act in made.values() if act is not None}
    changed = RowHistory.objects.filter(_states_of(rows), act__isnull=False)
    return acts | set(changed.values_list("act_id", flat=True))


def _states_of(rows: Rows) -> Q:
    wanted = Q(pk__in=[])
    for table, made in rows.items():
        wanted |= Q(table_name=table, row_id__in=list(made))
    return wanted


def _tell_changes(acts: Mapping[int, Act], rows: Rows) -> None:
    """Also of rows that are gone, as long as the act names the household."""
    gone = Q(act__household__isnull=False, operation="D", table_name__in=list(TOLD))
    kept = list(
        RowHistory.objects.filter(_states_of(rows) | gone, act__in=list(acts)).order_by("pk")
    )
    later = _states_after(kept)
    for before in kept:
        act = acts[before.act_id]  # type: ignore[index]
        model = TOLD[before.table_name]
        if before.operation == "D":
            if model is SurveyMember:
                act.removed.append(before.row["full_name"])
            continue
        after = later.get(before.pk)
        if after:
            act.changes += _differences(model, before.row, after)


def _states_after(kept: Iterable[RowHistory]) -> dict[int, dict[str, Any]]:
    """What each of these rows became: its next kept state, else the row as it is now."""
    rows_of: dict[str, set[int]] = defaultdict(set)
    for before in kept:
        if before.row_id is not None:
            rows_of[before.table_name].add(before.row_id)
    following: dict[int, dict[str, Any]] = {}
    for table, ids in rows_of.items():
        chain: dict[int, list[RowHistory]] = defaultdict(list)
        for state in RowHistory.objects.filter(table_name=table, row_id__in=ids).order_by("pk"):
            chain[state.row_id].append(state)  # type: ignore[index]
        now = _rows_now(table, ids)
        for row_id, states in chain.items():
            for state, after in zip(states, [*states[1:], None], strict=True):
                row = after.row if after else now.get(row_id)
                if row:
                    following[state.pk] = row
    return following


def _rows_now(table: str, ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """The rows as JSON, as the history keeps them. `table` is one of TOLD."""
    quoted = connection.ops.quote_name(table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT r.id, to_jsonb(r) FROM {quoted} r WHERE r.id = ANY(%s)",
            [list(ids)],
        )
        return {pk: _loaded(row) for pk, row in cursor.fetchall()}


def _loaded(row: Any) -> dict[str, Any]:
    loaded: dict[str, Any] = models.JSONField().from_db_value(row, None, connection)  # type: ignore[arg-type]
    return loaded


def _differences(
    model: type[models.Model], old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[Change]:
    name = str(new.get("full_name", "")) if model in (SurveyMember, Person) else ""
    return [
        Change(model, old["id"], name, column, value, new.get(column))
        for column, value in old.items()
        if column not in SILENT and value != new.get(column)
    ]


def _tell_new_members(household: Household, acts: Mapping[int, Act]) -> None:
    """A new row has no history; it names the act that made it."""
    made = SurveyMember.objects.filter(Q(survey__household=household), act__in=list(acts)).order_by(
        "survey", "member_no"
    )
    for member in made.select_related("survey__round"):
        act = acts[member.act_id]  # type: ignore[index]
        act.entered.append(member.full_name)
        act.round_key = member.survey.round.key
