"""Taking over one commune's list: all of it is checked, then all is written, or none."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from households.errors import Invalid
from households.exchange.intake.layout import (
    BIRTH_BY_SEX,
    BIRTH_PARTS,
    LISTED_BY_CLASS,
    MARK_BY_SEX,
)
from households.exchange.list_columns import LIST_COLUMNS
from households.exchange.reading import Sheet, UnreadableFile, open_sheet
from households.models import DeclaredTie, ReviewRound, User
from households.services import attachments, audit
from households.services.attachments import MadePaper
from households.services.imports import ImportResult, one_go
from households.services.imports.lookups import read_lookups
from households.services.imports.problems import LISTED, ProblemLog
from households.services.imports.staging import create_tables, stage
from households.services.taking_over import (
    communes,
    courses,
    escapes,
    issued,
    matching,
    persons,
    places,
    rows,
    telling,
    writing,
)
from households.services.taking_over.facts import ListFacts, Target, Totals, target_of
from households.services.taking_over.places import Planned
from households.services.taking_over.telling import Absent, Listed, Told

#: Columns of the sheet that were read already, as a birth, a sex or a class.
_READ_OTHERWISE: Final = {*BIRTH_BY_SEX, *BIRTH_PARTS, *MARK_BY_SEX, *LISTED_BY_CLASS}
_TEMPORARY: Final = (
    "staged_listed, staged_problem, listed_row, listed_head, living_household, listed_person,"
    " absent_household, listed_certificate, escaped_household, village_life, village_home"
)


@dataclass(frozen=True, slots=True)
class TakenOver(ImportResult):
    """`created` counts households new to the register, `updated` those of the register that come
    onto the list or change their class, `unchanged` those that stay as they are. `absent`: the
    first thousand of `absent_count`; so `listed`, in the order of the villages."""

    found: Totals | None = None
    absent: list[Absent] = field(default_factory=list)
    absent_count: int = 0
    listed: list[Listed] = field(default_factory=list)
    decision_id: int | None = None


def take_over(
    *,
    sheet: Path,
    facts: ListFacts,
    commit: bool,
    by: User,
    reason: str = "",
    scan: MadePaper | None = None,
) -> TakenOver:
    """Read a list (a CSV file of exchange.list_columns) and make it the commune's list from the
    day the decision says. No form and no result is made; households already on povreg's list that
    the sheet does not have go off it.

    Without `commit` the same work is done and taken back. `reason`: why the list is right although
    it does not come to the totals of the paper.

    Raises Refused, Invalid (facts that cannot be; totals that differ without a reason), Conflict.
    Cost: some hundred and twenty statements, whatever the number of rows.
    """
    with transaction.atomic():
        target = target_of(facts, by)
        _wait_for_others(facts, target)
        log = ProblemLog(("", "", sheet.name))
        taking = _Taking(facts, target, log, by)
        with one_go.unless_changed_meanwhile():
            taking.prepare(sheet)
            if not log.has_errors():
                if commit and facts.totals.differ(taking.found) and not reason.strip():
                    told = _("The list does not come to the totals of the paper; write why.")
                    raise Invalid(told, fields={"reason": [told]})
                taking.write(reason.strip(), scan if commit else None)
        result = taking.result(commit)
        one_go.end(_TEMPORARY, is_written=result.committed)
    return result


def _wait_for_others(facts: ListFacts, target: Target) -> None:
    """Two lists of one commune, and two that would make the same round, wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('povreg.taking_over'), %s)",
            [target.province.pk],
        )
    if target.round is not None:
        ReviewRound.objects.select_for_update(no_key=True).get(pk=target.round.pk)


class _Taking:
    """One list: first only temporary tables are filled, then the register is written."""

    def __init__(self, facts: ListFacts, target: Target, log: ProblemLog, by: User) -> None:
        self.facts, self.target, self.log, self.by = facts, target, log, by
        self.given: dict[str, Any] = {
            "commune_id": facts.commune.pk,
            "counts_from": facts.effective_from,
            "standard_id": target.standard.pk,
            "owner_id": target.standard.owner_id,
        }
        self.found = Totals(0, 0)
        self.counts = {"new": 0, "listed": 0, "other": 0, "same": 0}
        self.planned = Planned()
        self.told = Told()
        self.act_id: int | None = None
        self.decision_id: int | None = None

    def prepare(self, path: Path) -> None:
        create_tables([LISTED])
        sheet = self._open(path)
        if sheet is None or not stage(LISTED, sheet, read_lookups(None), self.log):
            return
        rows.build(self.facts, self.log)
        course = courses.course_of(self.facts.commune, self.facts.effective_from)
        communes.check(course, self.log)
        self.planned = places.find(course, self.log)
        rows.find_living({**self.given, "is_former": bool(course.later)})
        matching.match(self.log)
        matching.number_households(self.given)
        if self.facts.of_escapes:
            escapes.plan(self.facts, self.given, self.log)
        self._note_own_households()
        persons.match(self.given, self.log)
        if self.facts.of_escapes:
            writing.find_none_absent()
        else:
            issued.read(self.facts, self.log)
            writing.find_absent(self.given, self.log)
        self.found = writing.found_totals()
        self._count()

    def _open(self, path: Path) -> Sheet | None:
        try:
            sheet = open_sheet(path, LIST_COLUMNS, ())
        except UnreadableFile as reason:
            self.log.add(LISTED, reason.line, reason.column, reason.code, reason.reason)
            return None
        for one in sheet.layout.problems:
            if one.column in _READ_OTHERWISE:
                continue
            self.log.add(
                LISTED, 1, one.column, one.code, one.reason, one.column, is_warning=one.is_warning
            )
        return sheet if sheet.layout.is_usable else None

    def _note_own_households(self) -> None:
        """The signed decision is what counts, so it is told, not refused."""
        ties = DeclaredTie.objects.filter(user=self.by, ended_on__isnull=True)
        self.log.add_rows(
            LISTED, "full_name", "own_household",
            _("This household is declared as your own or related."),
            "SELECT line, full_name FROM listed_head WHERE household_id = ANY(%(own)s)",
            {"own": list(ties.values_list("household", flat=True))},
            is_warning=True,
        )  # fmt: skip

    def _count(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT becomes, count(*) FROM listed_head GROUP BY becomes")
            self.counts |= dict(cursor.fetchall())
        self.told = telling.of_sheet(self.given)

    def write(self, reason: str, scan: MadePaper | None) -> None:
        facts, target = self.facts, self.target
        details: dict[str, Any] = {
            **self.counts, "absent": self.told.absent_count, "round": str(facts.year),
            "number": facts.paper.number.strip(), "standard": target.standard.code,
        }  # fmt: skip
        if facts.of_escapes:
            details["escapes"] = True
        if target.round is None:
            details["opened_round"] = True
        round = target.round or writing.make_past_round(facts, target, self.by)
        with audit.act(
            by=self.by, verb="list.take_over", area=facts.commune, subject=round, reason=reason,
            details=details,
        ) as event:  # fmt: skip
            self.act_id = event.pk
            self.planned.create()
            write = escapes.write if facts.of_escapes else writing.write
            decision = write(facts, target, round, self.given, self.by)
            self.decision_id = decision.pk
            if not facts.of_escapes:
                issued.keep(facts, self.by.pk)
            if scan is not None:
                attachments.keep_paper(of=decision, paper=scan, by=self.by)

    def result(self, commit: bool) -> TakenOver:
        errors = self.log.read(warnings=False)
        done = commit and not errors
        return TakenOver(
            committed=done,
            round=str(self.facts.year),
            created=self.counts["new"],
            updated=self.counts["listed"] + self.counts["other"],
            unchanged=self.counts["same"],
            errors=errors,
            warnings=self.log.read(warnings=True),
            act_id=self.act_id if done else None,
            differences=self.told.differences,
            found=self.found,
            absent=self.told.absent,
            absent_count=self.told.absent_count,
            listed=self.told.listed,
            decision_id=self.decision_id if done else None,
        )
