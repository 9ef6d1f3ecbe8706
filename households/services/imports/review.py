"""Importing the two files of a review: all of it is checked, then all is written, or none."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from households.exchange.columns import HOUSEHOLD_COLUMNS, MEMBER_COLUMNS, Column
from households.exchange.headings import HeadingProblem
from households.exchange.reading import Rows, UnreadableFile, open_sheet
from households.models import ReviewRound, User
from households.services import audit
from households.services.imports import (
    changes,
    differences,
    good_rows,
    likely,
    matching,
    one_go,
    writing,
)
from households.services.imports.changes import Brought
from households.services.imports.differences import Difference
from households.services.imports.file_checks import check_files
from households.services.imports.household_checks import check_households
from households.services.imports.lookups import Lookups, read_lookups
from households.services.imports.moved_in import note_moved_in
from households.services.imports.own_households import refuse_own_households
from households.services.imports.places import find_communes
from households.services.imports.problems import HOUSEHOLDS, MEMBERS, ProblemLog, Problems
from households.services.imports.staging import create_tables, stage
from households.services.imports.target import Target, find_target, open_planned_round
from households.services.imports.villages import NewVillage, create, find_villages

TEMPORARY = (
    "staged_household, staged_member, staged_problem, staged_place, place_problem,"
    " staged_village, staged_survey, staged_person, staged_row, gone_row, doubtful_household"
)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did or, in a dry run, would do; counts are households of the round.

    With errors nothing was written and the counts are 0. `round` is its name, "2024"; `act_id` the
    act that wrote it (None: nothing differed, or nothing was written). `in_error` are the keys of
    households that have an error, where the rest could be imported without them; None where the
    files themselves are at fault. `differences` are told in a dry run.
    """

    committed: bool
    round: str
    created: int
    updated: int
    unchanged: int
    errors: Problems
    warnings: Problems
    act_id: int | None = None
    in_error: list[str] | None = None
    differences: list[Difference] = field(default_factory=list)


def import_review(
    *,
    households_path: Path,
    members_path: Path,
    commit: bool,
    by: User,
    standard_code: str | None = None,
    source: str | None = None,
    without: Collection[str] = (),
) -> ImportResult:
    """Read a review in the exchange format into its periodic round, which is opened if need be.

    Without `commit` the same work is done and taken back. Rows that do not differ are left alone;
    the official list is never touched. `source` names whose keys the files use, the province's
    code by default; `standard_code` the standard to open the round under; `without` the keys of
    households that are left out, with their members.

    Raises Invalid where the call itself cannot be met (no such standard, or not of the round),
    FileNotFoundError, and Conflict when someone else wrote the same households meanwhile.
    Memory does not grow with the files.
    """
    log: ProblemLog
    with transaction.atomic():
        log = ProblemLog((households_path.name, members_path.name))
        sources = {
            HOUSEHOLDS: partial(open_sheet, households_path),
            MEMBERS: partial(open_sheet, members_path),
        }
        import_run = ImportRun(log, sources, by, without, tells_differences=not commit)
        with one_go.unless_changed_meanwhile():
            import_run.prepare(standard_code, source)
            if not log.has_errors():
                import_run.write()
        result = import_run.result(commit)
        one_go.end(TEMPORARY, is_written=result.committed)
    return result


#: Gives the rows of one of the two files: its columns, and those of the other. Raises
#: UnreadableFile.
Source = Callable[[Sequence[Column], Sequence[Column]], Rows]


class ImportRun:
    """One import: first only temporary tables are filled, then the register is written. To be made
    in the transaction that ends with one_go.end."""

    def __init__(
        self,
        log: ProblemLog,
        sources: Mapping[int, Source],
        by: User,
        without: Collection[str] = (),
        *,
        tells_differences: bool,
    ) -> None:
        self.log = log
        self.sources = sources
        self.by = by
        self.without = without
        self.tells_differences = tells_differences
        #: Inner paths that bound the import beside the rights of `by`, and what its act tells more.
        self.within: Sequence[str] | None = None
        self.told: Mapping[str, Any] = {}
        self.act_id: int | None = None
        self.is_about_rows = False
        self.differences: list[Difference] = []
        self.target: Target | None = None
        self.lookups: Lookups = read_lookups(None)
        self.present: tuple[set[str], set[str]] = (set(), set())
        self.new_villages: list[NewVillage] = []
        self.counts = dict.fromkeys(changes.COUNTED, 0)

    def prepare(self, standard_code: str | None, source: str | None) -> None:
        """Read and check everything; problems are in the log."""
        create_tables()
        # The point questions that a file may answer are known once its round is.
        households = self._open(HOUSEHOLDS, HOUSEHOLD_COLUMNS)
        members = self._open(MEMBERS, MEMBER_COLUMNS)
        if households is None:
            return
        target = self.target = self._find_target(households, standard_code, source)
        self.lookups = read_lookups(target.standards[-1] if target.standards else None)
        columns = (*HOUSEHOLD_COLUMNS, *self.lookups.question_columns)
        households = self._open(HOUSEHOLDS, columns)
        self._note_headings(HOUSEHOLDS, households)
        self._note_headings(MEMBERS, members)
        if not (households and households.layout.is_usable):
            return
        if not (members and members.layout.is_usable):
            return
        target.note_problems(self.log)
        self.present = households.layout.names, members.layout.names
        whole = stage(HOUSEHOLDS, households, self.lookups, self.log)
        whole = stage(MEMBERS, members, self.lookups, self.log) and whole
        if self.without:
            good_rows.leave_out(self.without)
        self.is_about_rows = whole and not target.problems
        if whole:
            self._check(target)

    def _find_target(self, households: Rows, code: str | None, source: str | None) -> Target:
        return find_target(households, standard_code=code, source=source, by=self.by)

    def _open(self, file: int, columns: Sequence[Column]) -> Rows | None:
        other = MEMBER_COLUMNS if file == HOUSEHOLDS else HOUSEHOLD_COLUMNS
        try:
            return self.sources[file](columns, other)
        except UnreadableFile as reason:
            self.log.add(file, reason.line, reason.column, reason.code, reason.reason)
            return None

    def _note_headings(self, file: int, sheet: Rows | None) -> None:
        problems: list[HeadingProblem] = sheet.layout.problems if sheet else []
        for one in problems:
            self.log.add(
                file, 1, one.column, one.code, one.reason, one.column, is_warning=one.is_warning
            )

    def _check(self, target: Target) -> None:
        if not self._has_rows() or not target.year:
            return
        check_files(target, self.log)
        check_households(self.lookups, self.log)
        find_communes(target, self.by, self.log)
        self.new_villages = find_villages(target, self.log)
        matching.match_households(target, self.log)
        refuse_own_households(self.by, self.log)
        note_moved_in(target, self.by, self.log, within=self.within)
        matching.match_persons(target, self.log)
        if self.tells_differences:
            likely.note_likely(self.log)

    def _has_rows(self) -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT 1 FROM staged_household)")
            if cursor.fetchone()[0]:
                return True
        self.log.add(HOUSEHOLDS, 1, "", "no_rows", _("The file has headings but no rows."))
        return False

    def write(self) -> None:
        """Write what differs, as one act. Nothing differs: nothing is written, no act either."""
        target = self.target
        assert target is not None
        households = changes.brought_by_households(self.present[0])
        members = changes.brought_by_members(self.present[1])
        questions = changes.answered_questions(self.present[0])
        changes.find_changes(households, members, questions)
        self.counts = changes.counts()
        if self.tells_differences:
            self.differences = differences.read(households, members, questions)
        if not (self.counts["created"] or self.counts["updated"] or self.counts["new_keys"]):
            return
        round = target.round or open_planned_round(target, self.by)
        details = {**self.counts, "source": target.source, "round": target.key}
        if target.round is None:
            details["opened_round"] = True
        with audit.act(
            by=self.by,
            verb="review.import",
            area=target.province,
            subject=round,
            details={**details, **self.told},
        ) as event:
            self.act_id = event.pk
            create(self.new_villages)
            self._write_rows(target, round, households, members, questions)

    def _write_rows(
        self,
        target: Target,
        round: ReviewRound,
        households: Brought,
        members: Brought,
        questions: list[str],
    ) -> None:
        writing.write_register(target)
        writing.write_surveys(round, households, questions, self.lookups.point_table_id)
        writing.write_members(members)
        writing.settle(target, round)
        writing.note_undetermined(self.log)

    def result(self, commit: bool) -> ImportResult:
        errors = self.log.read(warnings=False)
        if errors:
            self.counts = dict.fromkeys(changes.COUNTED, 0)
        return ImportResult(
            committed=commit and not errors,
            round=self.target.key if self.target else "",
            created=self.counts["created"],
            updated=self.counts["updated"],
            unchanged=self.counts["unchanged"],
            errors=errors,
            warnings=self.log.read(warnings=True),
            act_id=self.act_id if commit and not errors else None,
            in_error=good_rows.in_error() if errors and self.is_about_rows else None,
            differences=[] if errors else self.differences,
        )
