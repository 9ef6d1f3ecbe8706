"""A round's forms given out as files that come back as an update: asked what for, recorded."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel, Purpose, RoundKind
from households.errors import Invalid, Refused
from households.exchange import review_files, review_rows, sheet_to_fill
from households.exchange.review_rows import Scope
from households.models import Area, ReviewRound, User
from households.queries import due
from households.services import disclosures, rounds
from households.services.imports.lookups import read_lookups

VERB: Final = "review.export"


class FileForm(StrEnum):
    """What is given: one workbook, or the two CSV files."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Given:
    """What the files hold."""

    households: int
    members: int


def scope_of(*, round: ReviewRound, area: Area, source: str | None = None) -> Scope:
    """The complete forms of the round in an area, with the points that its table asks for. `source`
    names whose keys are written, the province's code by default. Four queries."""
    standards = rounds.scored_under(round)
    lookups = read_lookups(standards[-1] if standards else None)
    return Scope(round, area, source or round.province.code or "", lookups.question_columns)


def why_no_files(round: ReviewRound) -> str | None:
    """The files name a round by its year: those of an ad-hoc one would be read into another."""
    if round.kind != RoundKind.PERIODIC:
        return _("Only the files of a yearly round can be imported again; take out lists instead.")
    return None


def why_not_workbook(members: int) -> str | None:
    """Whether Excel's sheets are too short for so many."""
    if members > review_files.MOST_IN_WORKBOOK:
        return _("An Excel sheet does not take so many members; take the CSV files.")
    return None


def write(
    *,
    scope: Scope,
    form: FileForm,
    with_numbers: bool,
    purpose: Purpose,
    note: str,
    path: Path,
    by: User,
) -> Given:
    """Record who takes out which forms, with or without personal numbers, and what for; then write
    them to `path`: a workbook, or a .zip of both CSV files. Memory does not grow with them.

    Raises Refused (not one's area), Invalid (note; nothing there; too many for a workbook).
    """
    given = recorded(scope, form, with_numbers, purpose, note, by)
    if form is FileForm.XLSX:
        review_files.write_workbook(path, scope, with_numbers=with_numbers)
    else:
        review_files.write_zip(path, scope, with_numbers=with_numbers)
    return given


def write_csv(
    *,
    scope: Scope,
    with_numbers: bool,
    purpose: Purpose,
    note: str,
    households_path: Path,
    members_path: Path,
    by: User,
) -> Given:
    """As `write`, to two files as the import takes them."""
    given = recorded(scope, FileForm.CSV, with_numbers, purpose, note, by)
    review_files.write_csv(
        scope,
        with_numbers=with_numbers,
        households_path=households_path,
        members_path=members_path,
    )
    return given


def recorded(
    scope: Scope, form: FileForm, with_numbers: bool, purpose: Purpose, note: str, by: User
) -> Given:
    """Check and record who takes out which forms, before they are written. Raises as `write`."""
    if reason := policies.why_not_export_review(by, scope.area):
        raise Refused(reason)
    if reason := why_no_files(scope.round):
        raise Invalid(reason)
    households, members = review_rows.counted(scope)
    if not households:
        raise Invalid(_("No form of this round is complete here yet."))
    if form is FileForm.XLSX and (reason := why_not_workbook(members)):
        raise Invalid(reason)
    disclosures.record(
        verb=VERB,
        filters={
            "round": scope.round.pk,
            "area": scope.area.pk,
            "members": members,
            "numbers": with_numbers,
            "form": form.value,
        },
        count=households,
        purpose=purpose,
        note=note,
        by=by,
    )
    return Given(households, members)


def ids_to_fill(scope: Scope) -> list[int]:
    """Households of the commune or village that are due and have no form in the round; none of a
    larger area, where nobody fills in a sheet. Two queries."""
    if scope.area.level not in (AreaLevel.COMMUNE, AreaLevel.VILLAGE):
        return []
    villages = Area.objects.at(AreaLevel.VILLAGE).under(scope.area).values_list("pk", flat=True)
    due_ones = due.cards_without_form(scope.round, list(villages))
    return list(due_ones.values_list("pk", flat=True))


def write_to_fill(*, scope: Scope, purpose: Purpose, note: str, path: Path, by: User) -> Given:
    """Record who takes them out and what for; then write a workbook of those who have no form yet:
    who they are is filled in, their answers are blank.

    Raises Refused (not one's area), Invalid (note; nobody waits).
    """
    if reason := policies.why_not_export_review(by, scope.area):
        raise Refused(reason)
    if reason := why_no_files(scope.round):
        raise Invalid(reason)
    ids = ids_to_fill(scope)
    if not ids:
        raise Invalid(_("Nobody waits for a form here."))
    disclosures.record(
        verb=VERB,
        filters={"round": scope.round.pk, "area": scope.area.pk, "numbers": False, "form": "fill"},
        count=len(ids),
        purpose=purpose,
        note=note,
        by=by,
    )
    sheet_to_fill.write(path, scope, ids)
    return Given(len(ids), 0)
