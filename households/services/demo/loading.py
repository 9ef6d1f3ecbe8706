"""Loading the demonstration into an empty database, the way real work would have brought it in."""

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction
from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel, InstallationKind, RoundKind, StandardPart
from households.errors import Invalid, Refused
from households.models import (
    Area,
    Household,
    Installation,
    PovertyStandard,
    Residence,
    ReviewRound,
    Survey,
    User,
)
from households.services import audit, installation, lists, rounds, standards, surveys
from households.services.demo import story
from households.services.demo.accounts import open_accounts, open_villages
from households.services.demo.people import DemoHousehold
from households.services.demo.rows import Row, full_household_row, member_rows
from households.services.imports import import_review

PROVINCE_CODE = "06"


@dataclass(frozen=True, slots=True)
class DemoLoaded:
    """What there is afterwards."""

    households: int
    surveys: int
    rounds: int


def load(*, by: User) -> DemoLoaded:
    """Fill an empty database with the demonstration and mark it DEMO, in one transaction.

    Rounds are opened, imported and adopted through the same services that officers use. Raises
    Refused when the database is a real register or not empty, or `by` is neither the system nor
    an administrator; Invalid when the reference data is not loaded.
    """
    if reason := why_not_load(by):
        raise Refused(reason)
    with transaction.atomic():
        users = begin(by=by)
        for told, households in story.years():
            review, standard = _open(told, by=users["so"])
            _import(households, told, by=users["so"])
            if told.decided_on:
                _decide(review, standard, told.decided_on, by=by)
        leave_a_draft(review, by=users["rasoatvien"])
    return loaded()


def begin(*, by: User) -> dict[str, User]:
    """Mark the database as a demonstration, open its villages and its accounts; the users by
    name."""
    with audit.act(by=by, verb="demo.load"):
        Installation.objects.create(pk=1, kind=InstallationKind.DEMO)
    start = dt.date(story.rounds()[0].year, 1, 1)
    open_villages(by=by, valid_from=start)
    return open_accounts(by=by, valid_from=start)


def loaded() -> DemoLoaded:
    """What is there now. Three queries."""
    return DemoLoaded(
        Household.objects.count(), Survey.objects.count(), ReviewRound.objects.count()
    )


def why_not_load(by: User) -> str | None:
    """Why the demonstration cannot come into this database. Four queries at most."""
    if reason := policies.why_not_load_reference(by):
        return reason
    if Installation.objects.filter(kind=InstallationKind.REAL).exists():
        return _("This is a real register; the demonstration does not come into it.")
    if Installation.objects.exists() or not installation.is_empty():
        return _("The demonstration comes only into an empty database.")
    return None


def _open(told: story.RoundStory, *, by: User) -> tuple[ReviewRound, PovertyStandard]:
    """The periodic round of a year, with every resident household in it."""
    standard = (
        PovertyStandard.objects.filter(code=told.standard).first()
        if told.standard
        else standards.in_force(told.as_of)
    )
    if standard is None:
        raise Invalid(_("Load the reference data first."))
    province = Area.objects.on(told.as_of).get(level=AreaLevel.PROVINCE, code=PROVINCE_CODE)
    review = rounds.open_round(
        province=province,
        kind=RoundKind.PERIODIC,
        year=told.year,
        as_of=told.as_of,
        standards=[(standard, StandardPart.BOTH)],
        covers_all_residents=True,
        by=by,
    )
    return review, standard


def _import(households: list[DemoHousehold], told: story.RoundStory, *, by: User) -> None:
    """Bring the round's households in by the import that officers use."""
    with TemporaryDirectory() as folder:
        households_path = Path(folder) / "households.csv"
        members_path = Path(folder) / "members.csv"
        _write(households_path, (full_household_row(h, told.as_of) for h in households))
        _write(members_path, (row for h in households for row in member_rows(h, told.as_of)))
        import_files(Path(folder), by=by)


def import_files(folder: Path, *, by: User) -> None:
    """households.csv and members.csv of a folder; Invalid with the first row that is wrong."""
    result = import_review(
        households_path=folder / "households.csv",
        members_path=folder / "members.csv",
        commit=True,
        by=by,
    )
    if result.errors:
        raise Invalid(f"{result.round}: {next(iter(result.errors))}")


def _write(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(rows):
            if number == 0:
                writer.writerow(row)
            writer.writerow(row.values())


def _decide(
    review: ReviewRound, standard: PovertyStandard, decided_on: dt.date, *, by: User
) -> None:
    """One decision per commune, as signed on paper by its chair."""
    for number, (code, chair) in enumerate(story.chairs().items(), start=101):
        lists.adopt(
            round=review,
            standard=standard,
            commune=Area.objects.on(review.as_of).get(code=code, level=AreaLevel.COMMUNE),
            paper=lists.Paper(f"{number}/QĐ-UBND", decided_on, decided_by=chair),
            by=by,
        )


def leave_a_draft(review: ReviewRound, *, by: User) -> None:
    """The reviewer has begun one household of his village and not finished it."""
    village = by.assignments.get().area
    living_there = Residence.objects.on(review.as_of).filter(village=village)
    waiting = living_there.exclude(household__surveys__round=review).order_by("household_id")
    surveys.start(round=review, household=waiting[0].household, by=by)
