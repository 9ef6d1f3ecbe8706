"""Taking one import back: every row as it was before it, as long as nothing later rests on it.

A row keeps the act that made it, and history every row as it was before an act changed it; so what
an import did is read from these two, whatever it was. Audit and history grow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import IntegrityError, connection, models, transaction

from households.errors import Refused
from households.models import (
    Attachment,
    AuditEvent,
    Certificate,
    ChangeMark,
    CommuneReview,
    Household,
    HouseholdKey,
    Membership,
    OddityCheck,
    Person,
    PersonKey,
    RecognitionDecision,
    Residence,
    ReviewRound,
    StatusPeriod,
    Survey,
    SurveyMember,
    TakenOverHousehold,
    User,
)
from households.services import assessments, audit, cards, marks, rounds
from households.services.imports import resting, rows_before

#: What an import writes rows of; foreign keys are checked at the end, so the order is free.
_WRITTEN: Final[tuple[type[models.Model], ...]] = (
    SurveyMember, Survey, Membership, Residence, PersonKey, HouseholdKey, Person, Household,
)  # fmt: skip

#: And a list that was taken over.
_WRITTEN_WITH_LIST: Final[tuple[type[models.Model], ...]] = (
    Certificate, TakenOverHousehold, StatusPeriod, Attachment, RecognitionDecision, CommuneReview,
    *_WRITTEN,
)  # fmt: skip
_TAKEN_OVER: Final = "list.take_over"
#: The act of each kind of import, and that of its undo.
_UNDOES: Final = {"review.import": "review.undo_import", _TAKEN_OVER: "list.undo_take_over"}

#: What it begins where it is not there yet, and what others may use since: that stays.
_BEGUN: Final = (
    """
    DELETE FROM households_villagereview w WHERE act_id = %(act)s AND NOT EXISTS (
      SELECT 1 FROM households_survey s
      WHERE s.round_id = w.round_id AND s.village_id = w.village_id)
    """,
    """
    DELETE FROM households_communereview w WHERE act_id = %(act)s AND NOT EXISTS (
      SELECT 1 FROM households_survey s
      WHERE s.round_id = w.round_id AND s.commune_id = w.commune_id)
    """,
    """
    CREATE TEMP TABLE empty_village ON COMMIT DROP AS
    SELECT a.id FROM households_area a WHERE a.act_id = %(act)s
      AND NOT EXISTS (SELECT 1 FROM households_residence r WHERE r.village_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM households_survey s WHERE s.village_id = a.id)
      AND NOT EXISTS (SELECT 1 FROM households_villagereview w WHERE w.village_id = a.id)
    """,
    """
    DELETE FROM households_areachange
    WHERE from_area_id IN (SELECT id FROM empty_village)
       OR to_area_id IN (SELECT id FROM empty_village)
    """,
    "DELETE FROM households_areatrait WHERE area_id IN (SELECT id FROM empty_village)",
    "DELETE FROM households_area WHERE id IN (SELECT id FROM empty_village)",
    "DROP TABLE empty_village",
)

#: Forms the act touched: (id, round, household, commune).
_FORMS: Final = """
CREATE TEMP TABLE touched_form ON COMMIT DROP AS
SELECT s.id, s.round_id, s.household_id, s.commune_id, s.village_id
FROM households_survey s
WHERE s.act_id = %(act)s
   OR s.id IN (SELECT row_id FROM row_before WHERE table_name = 'households_survey')
   OR s.id IN (SELECT survey_id FROM households_surveymember WHERE act_id = %(act)s)
   OR s.id IN (SELECT (row ->> 'survey_id')::bigint FROM row_before
               WHERE table_name = 'households_surveymember')
"""


@dataclass(frozen=True)
class Undone:
    """How many forms went, and how many are as they were before."""

    removed: int
    restored: int


def undo(*, act_id: int, by: User) -> Undone:
    """Take back what the import with this act wrote.

    Raises Refused with what later rests on it: rows changed since, a commune past its survey stage,
    or papers, periods and steps that point at what it made. Cost: some sixty statements, whatever
    the number of rows; each row that goes is kept in history.
    """
    act = AuditEvent.objects.get(pk=act_id, verb__in=_UNDOES)
    written = _WRITTEN_WITH_LIST if act.verb == _TAKEN_OVER else _WRITTEN
    with (
        transaction.atomic(),
        audit.act(by=by, verb=_UNDOES[act.verb], area=act.area, details={"act": act_id}),
        connection.cursor() as cursor,
    ):
        given = {"act": act_id}
        cursor.execute("DROP TABLE IF EXISTS touched_form")
        rows_before.take(cursor, given)
        cursor.execute(_FORMS, given)
        resting.refuse_past_survey(cursor, given, by)
        resting.refuse_changed_later(cursor, given, written)
        if act.verb == _TAKEN_OVER:
            resting.refuse_later_list(act, by)
        households = _households(cursor, given)
        forms = resting.rows(cursor, "SELECT id, round_id, commune_id FROM touched_form")
        try:
            _turn_back(cursor, given, households, written)
        except IntegrityError as error:
            raise Refused(resting.named(error)) from error
        _forget_opened_round(cursor, act)
        kept = _settle(cursor, forms, households)
        if act.verb == _TAKEN_OVER:
            _mark(act)
    return Undone(removed=len(forms) - kept, restored=kept)


def _mark(act: AuditEvent) -> None:
    """Figures follow, unless the round was there for this list alone and is gone."""
    if act.area is not None and ReviewRound.objects.filter(pk=act.object_id or 0).exists():
        marks.mark_changed(round_id=act.object_id or 0, commune_ids=[act.area.pk])


def _households(cursor: Any, given: dict[str, Any]) -> list[int]:
    """Whose cards may differ: of the forms, and of the persons' memberships and homes."""
    found = resting.rows(
        cursor,
        """
        SELECT household_id FROM touched_form
        UNION SELECT household_id FROM households_membership WHERE act_id = %(act)s
        UNION SELECT household_id FROM households_residence WHERE act_id = %(act)s
        UNION SELECT (row ->> 'household_id')::bigint FROM row_before
              WHERE table_name IN ('households_membership', 'households_residence')
        """,
        given,
    )
    return [pk for (pk,) in found]


def _turn_back(
    cursor: Any,
    given: dict[str, Any],
    households: list[int],
    written: Sequence[type[models.Model]],
) -> None:
    """What the act made goes, what it changed or took away is as before. Raises IntegrityError
    where something else points at what goes."""
    cursor.execute(
        "DELETE FROM households_assessment WHERE survey_id IN (SELECT id FROM touched_form)"
    )
    cursor.execute(
        """
        DELETE FROM households_householdcard WHERE household_id = ANY(%(households)s)
          OR household_id IN (SELECT id FROM households_household WHERE act_id = %(act)s)
        """,
        {**given, "households": households},
    )
    rows_before.put_back(cursor, given, written)
    for statement in _BEGUN:
        cursor.execute(statement, given)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _forget_opened_round(cursor: Any, act: AuditEvent) -> None:
    """A round that was opened only to hold this import goes with it, unless something is in it."""
    if not act.details.get("opened_round"):
        return
    round_id = act.object_id
    try:
        with transaction.atomic():
            for model in (ChangeMark, OddityCheck):
                model._default_manager.filter(round=round_id).delete()
            cursor.execute("DELETE FROM households_roundstandard WHERE round_id = %s", [round_id])
            cursor.execute("DELETE FROM households_reviewround WHERE id = %s", [round_id])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    except IntegrityError:
        return


def _settle(cursor: Any, forms: list[tuple[Any, ...]], households: list[int]) -> int:
    """Results, cards and marks follow; how many of the forms are still there."""
    there = set(
        Survey.objects.filter(pk__in=[pk for pk, *_rest in forms]).values_list("pk", flat=True)
    )
    by_round: dict[int, list[tuple[int, int]]] = {}
    for pk, round_id, commune_id in forms:
        by_round.setdefault(round_id, []).append((pk, commune_id))
    for round in ReviewRound.objects.filter(pk__in=by_round):
        its = by_round[round.pk]
        for standard in rounds.scored_under(round):
            assessments.assess(survey_ids=[pk for pk, __ in its if pk in there], standard=standard)
        marks.mark_changed(round_id=round.pk, commune_ids={commune for __, commune in its})
    cards.refresh(household_ids=sorted(households))
    return len(there)
