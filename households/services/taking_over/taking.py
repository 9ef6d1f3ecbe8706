"""Taking over one commune's list: all of it is checked, then all is written, or none."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from django.utils.translation import gettext as _

from households.errors import Invalid
from households.exchange.list_columns import LIST_COLUMNS
from households.exchange.reading import Sheet, UnreadableFile, open_sheet
from households.models import DeclaredTie, ReviewRound, User
from households.models.people import code_of
from households.services import attachments, audit
from households.services.attachments import MadePaper
from households.services.imports import ImportResult, one_go
from households.services.imports.differences import MOST_HOUSEHOLDS, Difference
from households.services.imports.lookups import read_lookups
from households.services.imports.problems import LISTED, ProblemLog
from households.services.imports.staging import create_tables, stage
from households.services.taking_over import (
    courses,
    escapes,
    issued,
    matching,
    persons,
    places,
    rows,
    writing,
)
from households.services.taking_over.facts import ListFacts, Target, Totals, target_of
from households.services.taking_over.places import Planned

_TEMPORARY: Final = (
    "staged_listed, staged_problem, listed_row, listed_head, living_household, listed_person,"
    " absent_household, listed_certificate, escaped_household, village_life, village_home"
)


@dataclass(frozen=True)
class Absent:
    """A household on povreg's list that the sheet does not have: it goes off the list."""

    code: str
    head_name: str
    village: str
    poverty_class: str


@dataclass(frozen=True)
class Listed:
    """A household of the sheet, to be laid beside the paper. `persons` None: not told; `becomes`:
    new (to the register), listed (new on the list), other (another class than before), same."""

    line: int
    listed_no: str
    head_name: str
    village: str
    poverty_class: str
    persons: int | None
    becomes: str


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
        self.differences: list[Difference] = []
        self.absent: list[Absent] = []
        self.absent_count = 0
        self.listed: list[Listed] = []
        self.act_id: int | None = None
        self.decision_id: int | None = None

    def prepare(self, path: Path) -> None:
        create_tables([LISTED])
        sheet = self._open(path)
        if sheet is None or not stage(LISTED, sheet, read_lookups(None), self.log):
            return
        rows.build(self.facts, self.log)
        course = courses.course_of(self.facts.commune, self.facts.effective_from)
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
            cursor.execute(_DIFFERENCES, {**self.given, "most": MOST_HOUSEHOLDS})
            self.differences = [
                Difference(line, code_of(pk), head, [tuple(one) for one in json.loads(fields)])
                for line, pk, head, fields in cursor.fetchall()
            ]
            by_line = {one.line: one for one in self.differences}
            cursor.execute(_COMING_IN, {"lines": list(by_line)})
            for line, name in cursor.fetchall():
                by_line[line].members.append((name, "new", []))
            cursor.execute("SELECT count(*) FROM absent_household")
            self.absent_count = cursor.fetchone()[0]
            cursor.execute(_ABSENT, {"most": MOST_HOUSEHOLDS})
            self.absent = [
                Absent(code_of(pk), head, village, poverty_class)
                for pk, head, village, poverty_class in cursor.fetchall()
            ]
            cursor.execute(_LISTED, {"most": MOST_HOUSEHOLDS})
            self.listed = [Listed(*row) for row in cursor.fetchall()]

    def write(self, reason: str, scan: MadePaper | None) -> None:
        facts, target = self.facts, self.target
        details: dict[str, Any] = {
            **self.counts, "absent": self.absent_count, "round": str(facts.year),
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
            differences=self.differences,
            found=self.found,
            absent=self.absent,
            absent_count=self.absent_count,
            listed=self.listed,
            decision_id=self.decision_id if done else None,
        )


# What changes of a household that the register knows: its class, and what is filled in of its
# head; members that come in are told by their names. A number by its last digits.
_DIFFERENCES: Final = """
SELECT h.line, h.household_id, h.full_name,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(d.name, d.was, d.becomes)), '[]')::text
        FROM (VALUES
          ('poverty_class', coalesce(p.poverty_class, ''),
           CASE WHEN h.becomes = 'same' THEN coalesce(p.poverty_class, '')
                ELSE h.poverty_class END),
          ('birth_date', coalesce(known.birth_date, r.birth_date)::text, r.birth_date::text),
          ('cccd', '', CASE WHEN known.id IS NOT NULL AND known.personal_id IS NULL
                                 AND r.personal_id IS NOT NULL
                            THEN '•••' ELSE '' END)
        ) AS d(name, was, becomes)
        WHERE d.was IS DISTINCT FROM d.becomes
          AND (d.name <> 'birth_date' OR (known.id IS NOT NULL AND known.birth_date IS NULL))
       ) AS fields
FROM listed_head h
JOIN listed_row r ON r.line = h.line
LEFT JOIN households_statusperiod p ON p.household_id = h.household_id AND p.valid_to IS NULL
  AND p.list_owner_id IS NOT DISTINCT FROM %(owner_id)s
LEFT JOIN listed_person lp ON lp.line = h.line
LEFT JOIN households_person known ON known.id = lp.person_id AND NOT lp.is_new
WHERE h.becomes IN ('listed', 'other') OR (h.becomes = 'same' AND (
  (known.personal_id IS NULL AND known.id IS NOT NULL AND r.personal_id IS NOT NULL)
  OR EXISTS (SELECT 1 FROM listed_person m WHERE m.head_line = h.line AND NOT m.belongs)))
ORDER BY h.line LIMIT %(most)s
"""

_COMING_IN: Final = """
SELECT p.head_line, r.full_name FROM listed_person p JOIN listed_row r ON r.line = p.line
WHERE p.head_line = ANY(%(lines)s) AND NOT p.belongs ORDER BY p.line
"""

_ABSENT: Final = """
SELECT a.household_id, coalesce(k.head_name, ''), v.name, a.poverty_class
FROM absent_household a
JOIN households_area v ON v.id = a.village_id
LEFT JOIN households_householdcard k ON k.household_id = a.household_id
ORDER BY v.name, k.head_name, a.household_id LIMIT %(most)s
"""

_LISTED: Final = """
SELECT h.line, coalesce(h.listed_no, ''), h.full_name, coalesce(v.name, h.village, ''),
       h.poverty_class,
       coalesce(h.household_size, CASE WHEN EXISTS (
         SELECT 1 FROM listed_row WHERE NOT is_head) THEN h.people END),
       coalesce(h.becomes, '')
FROM listed_head h LEFT JOIN households_area v ON v.id = h.village_id
ORDER BY coalesce(v.folded_name, povreg_fold(h.village)), h.line LIMIT %(most)s
"""
