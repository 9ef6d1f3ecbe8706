"""Which round an import is for: told by the first row, found in the register or to be opened."""

import datetime as dt
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel, RoundKind, StandardPart
from households.errors import Invalid
from households.exchange.columns import HOUSEHOLD_COLUMN
from households.exchange.reading import Rows, UnreadableFile
from households.exchange.values import BadValue, parse
from households.models import Area, AreaChange, PovertyStandard, ReviewRound, User
from households.services import rounds, standards
from households.services.imports import other_times
from households.services.imports.problems import HOUSEHOLDS, ProblemLog

FIRST_COLUMNS = ("review_year", "as_of", "province_code")


@dataclass(slots=True)
class Target:
    """The round, its standards (opening one last) and the source of the keys.

    `earlier_sources` are where keys are looked for next: the provinces that became this one.
    `round` is None while it is still to be opened. `problems` holds (column, code, sentence) of
    what makes the round impossible.
    """

    line: int
    year: int
    as_of: dt.date | None
    province_code: str
    province: Area | None
    source: str
    earlier_sources: list[str] = field(default_factory=list)
    round: ReviewRound | None = None
    standards: list[PovertyStandard] = field(default_factory=list)
    problems: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        return str(self.year) if self.year else ""

    def note_problems(self, log: ProblemLog) -> None:
        values = {"review_year": self.key, "province_code": self.province_code}
        for column, code, reason in self.problems:
            log.add(HOUSEHOLDS, self.line, column, code, reason, values.get(column, ""))


def find_target(sheet: Rows, *, standard_code: str | None, source: str | None, by: User) -> Target:
    """Read the first row and find its round.

    Raises Invalid where the caller asked for what cannot be: a standard that does not exist or
    that the round is not scored under.
    """
    line, first = _first_row(sheet)
    year, as_of = first.get("review_year") or 0, first.get("as_of")
    code = first.get("province_code") or ""
    province = other_times.province_of(code, as_of) if as_of else None
    target = Target(line, year, as_of, code, province, source or code)
    wanted = _wanted(standard_code)
    if province is None or not year:
        target.standards = [wanted] if wanted else []
        return target
    if source is None:
        became = AreaChange.objects.filter(to_area=province, from_area__level=AreaLevel.PROVINCE)
        codes = became.values_list("from_area__code", flat=True)
        target.earlier_sources = sorted(set(codes) - {code})
    target.round = rounds.find(province=province, key=target.key)
    if target.round is not None:
        # Two imports of a round wait for each other.
        ReviewRound.objects.select_for_update(no_key=True).get(pk=target.round.pk)
        _use_round(target, target.round, wanted)
    else:
        _plan_round(target, wanted, by)
    return target


def open_planned_round(target: Target, by: User) -> ReviewRound:
    """Open the periodic round that the file is for. Raises Refused, Conflict."""
    assert target.province is not None
    assert target.as_of is not None
    return rounds.open_round(
        province=target.province,
        kind=RoundKind.PERIODIC,
        year=target.year,
        as_of=target.as_of,
        standards=[(target.standards[-1], StandardPart.BOTH)],
        by=by,
    )


def _first_row(sheet: Rows) -> tuple[int, dict[str, Any]]:
    """Line and readable cells of the first row; what is wrong with them is told when staged."""
    try:
        with closing(sheet.pieces(1, lambda *_row: None)) as pieces:
            lines, rows = next(pieces, ([], []))
    except UnreadableFile:
        return 1, {}
    if not rows:
        return 1, {}
    first: dict[str, Any] = {}
    for column, cell in zip(sheet.columns, rows[0], strict=True):
        if column is not None and column.name in FIRST_COLUMNS:
            try:
                first[column.name] = parse(HOUSEHOLD_COLUMN[column.name], cell)
            except BadValue:
                first[column.name] = None
    return lines[0], first


def _wanted(standard_code: str | None) -> PovertyStandard | None:
    if standard_code is None:
        return None
    wanted: PovertyStandard | None = PovertyStandard.objects.filter(code=standard_code).first()
    if wanted is None:
        raise Invalid(
            _("There is no standard %(code)s.") % {"code": standard_code}, code="unknown_standard"
        )
    return wanted


def _use_round(target: Target, round: ReviewRound, wanted: PovertyStandard | None) -> None:
    target.standards = rounds.scored_under(round)
    if wanted is not None and wanted not in target.standards:
        raise Invalid(
            _("The round %(round)s is scored under %(standards)s, not under %(wanted)s.")
            % {
                "round": round.key,
                "standards": ", ".join(standard.code for standard in target.standards),
                "wanted": wanted.code,
            },
            code="other_standard",
        )
    if round.is_closed:
        reason = _("The review round %(round)s is closed.") % {"round": round.key}
        target.problems.append(("review_year", "round_closed", reason))


def _plan_round(target: Target, wanted: PovertyStandard | None, by: User) -> None:
    assert target.province is not None
    assert target.as_of is not None
    standard = wanted or standards.in_force(target.as_of)
    if standard is None:
        reason = _("No poverty standard is in force on this day; name one.")
        target.problems.append(("as_of", "no_standard", reason))
        return
    target.standards = [standard]
    if refusal := policies.why_not_open_round(by, target.province):
        reason = _("There is no round %(round)s yet. %(reason)s") % {
            "round": target.key,
            "reason": refusal,
        }
        target.problems.append(("review_year", "no_round", reason))
