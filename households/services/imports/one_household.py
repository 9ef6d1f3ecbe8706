"""The review of one household that comes as an object: checked and written as every file is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from households.exchange.household_object import (
    FIRST_LINE,
    GivenRows,
    household_rows,
    member_rows,
    reason_of,
)
from households.exchange.reading import Rows
from households.models import Assessment, ReviewRound, Survey, User
from households.services import class_changes
from households.services.imports import one_go
from households.services.imports.changes import Brought
from households.services.imports.places import PLACE_KEY
from households.services.imports.problems import HOUSEHOLDS, MEMBERS, ProblemLog, RowProblem
from households.services.imports.review import TEMPORARY, ImportRun
from households.services.imports.target import Target

#: What problems call the two files.
FILES: Final = ("households", "members")

_OUTSIDE: Final = f"""
SELECT h.line, h.commune_code
FROM (SELECT line, commune_code, {PLACE_KEY} AS place_key FROM staged_household) h
JOIN staged_place p USING (place_key)
JOIN households_area c ON c.id = p.commune_id
WHERE NOT (c.path || c.id || '.') LIKE ANY(%(branches)s::text[])
"""


@dataclass(frozen=True, slots=True)
class HouseholdResult:
    """What became, or would become, of the review: the survey as it was written with its results,
    None and nothing with errors. Of a trial they are taken back: ids of new rows mean nothing."""

    round: str
    errors: list[RowProblem]
    warnings: list[RowProblem]
    survey: Survey | None = None
    is_new: bool = False
    is_changed: bool = False
    assessments: list[Assessment] = field(default_factory=list)


def import_household(
    *,
    told: Mapping[str, Any],
    by: User,
    commit: bool,
    within: Sequence[str] | None = None,
    act_details: Mapping[str, Any] | None = None,
) -> HouseholdResult:
    """As import_review, of one household in a round that was opened before. `within` are inner
    paths outside of which nothing is entered; `act_details` are added to the act.

    Raises Invalid (a class that was seen changes and no reason is told), Conflict.
    """
    with transaction.atomic():
        log = ProblemLog(FILES)
        run = _HouseholdRun(log, told, by)
        run.within, run.told = within, act_details or {}
        with one_go.unless_changed_meanwhile():
            run.prepare(None, None)
            if not log.has_errors():
                run.write()
        done = run.result(commit)
        found = HouseholdResult(done.round, list(done.errors), list(done.warnings))
        if not found.errors:
            found = run.outcome(found)
        one_go.end(TEMPORARY, is_written=done.committed)
    return found


class _HouseholdRun(ImportRun):
    """Opens no round, and keeps why a class that somebody saw changes, as the form does."""

    def __init__(self, log: ProblemLog, household: Mapping[str, Any], by: User) -> None:
        sources = {
            HOUSEHOLDS: lambda columns, _other: household_rows(household, columns),
            MEMBERS: lambda columns, _other: member_rows(household, columns),
        }
        super().__init__(log, sources, by, tells_differences=True)
        self.reason = reason_of(household)

    def _find_target(self, households: Rows, code: str | None, source: str | None) -> Target:
        target = super()._find_target(households, code, source)
        if target.round is None and target.year:
            reason = _("There is no round %(round)s yet.") % {"round": target.key}
            target.problems = [("review_year", "no_round", reason)]
        return target

    def _note_headings(self, file: int, sheet: Rows | None) -> None:
        super()._note_headings(file, sheet)
        for fault in sheet.faults if isinstance(sheet, GivenRows) else ():
            line = FIRST_LINE + int(fault.path.partition(".")[0])
            self.log.add(file, line, fault.column, fault.code, fault.reason, fault.value or "…")

    def _check(self, target: Target) -> None:
        super()._check(target)
        if self.within is not None:
            self.log.add_rows(
                HOUSEHOLDS,
                "commune_code",
                "not_your_area",
                _("This system enters only households of its own area."),
                _OUTSIDE,
                {"branches": [f"{one}%" for one in self.within]},
            )

    def _write_rows(
        self,
        target: Target,
        round: ReviewRound,
        households: Brought,
        members: Brought,
        questions: list[str],
    ) -> None:
        pk, is_new, __ = _staged()
        seen = None if is_new else class_changes.seen(Survey.objects.get(pk=pk), complete=True)
        super()._write_rows(target, round, households, members, questions)
        class_changes.keep(survey=Survey.objects.get(pk=pk), seen=seen, reason=self.reason)

    def outcome(self, found: HouseholdResult) -> HouseholdResult:
        """With what stands in the register now. To be called once it is written, before the end."""
        pk, is_new, is_changed = _staged()
        scored = Assessment.objects.filter(survey=pk).select_related("standard")
        return HouseholdResult(
            found.round,
            found.errors,
            found.warnings,
            Survey.objects.select_related("household").get(pk=pk),
            is_new,
            is_changed,
            list(scored.order_by("pk")),
        )


def _staged() -> tuple[int, bool, bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT survey_id, is_new, is_new OR is_changed FROM staged_survey")
        pk, is_new, is_changed = cursor.fetchone()
    return pk, is_new, is_changed
