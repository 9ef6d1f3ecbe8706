"""manage.py import_list: a commune's list of poor and near-poor households, taken over."""

import datetime as dt
import sys
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel, SignerTitle
from households.errors import Conflict, DomainError, Invalid
from households.exchange.columns import HOUSEHOLD_COLUMN
from households.exchange.values import BadValue, parse
from households.management import problems
from households.management.named import user_named
from households.models import Area, PovertyStandard
from households.models.users import SYSTEM_USERNAME
from households.services import attachments, import_files, sheet_places
from households.services.lists import Paper
from households.services.taking_over import ListFacts, TakenOver, Totals, take_over

CLEAN, ROWS_IN_ERROR, WRONG_CALL = 0, 1, 2


class Command(BaseCommand):
    """Exit codes: 0 clean, 1 rows in error or totals that differ (nothing written), 2 wrong call.
    A file is of one commune, for a decision is."""

    help = "Takes over the list of one commune as its decision has it; a trial unless --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the sheet (.xlsx, .xls, .ods, .csv)")
        parser.add_argument("--commune", required=True, metavar="CODE", help="code of the commune")
        parser.add_argument("--decision-number", required=True, metavar="NUMBER")
        parser.add_argument("--decided-on", required=True, type=_day, metavar="DAY")
        parser.add_argument("--signed-by", required=True, metavar="NAME")
        parser.add_argument(
            "--signer-title", choices=SignerTitle.values, default=SignerTitle.CHAIR.value
        )
        parser.add_argument("--effective-from", required=True, type=_day, metavar="DAY")
        parser.add_argument("--year", required=True, type=int, help="year of the review behind it")
        parser.add_argument("--standard", metavar="CODE", help="unless that of the review")
        parser.add_argument("--poor", required=True, type=int, help="poor households on the paper")
        parser.add_argument("--near-poor", required=True, type=int, help="near-poor households")
        parser.add_argument("--poor-persons", type=int)
        parser.add_argument("--near-poor-persons", type=int)
        parser.add_argument("--reason", default="", help="why the list differs from these totals")
        parser.add_argument("--scan", type=Path, nargs="*", default=[], help="the signed decision")
        parser.add_argument("--by", default=SYSTEM_USERNAME, metavar="NAME", help="acting user")
        parser.add_argument("--commit", action="store_true", help="write; else only check")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            facts = _facts(options)
            scan = [path.read_bytes() for path in options["scan"]]
            with import_files.readable_list(options["file"]) as sheet:
                result = take_over(
                    sheet=sheet,
                    facts=facts,
                    commit=options["commit"],
                    by=user_named(options["by"]),
                    reason=options["reason"],
                    scan=attachments.made_paper(scan) if scan else None,
                )
        except (DomainError, OSError) as error:
            self.stderr.write(f"import_list: {_told(error)}")
            is_about_rows = isinstance(error, Conflict) or "reason" in getattr(error, "fields", {})
            sys.exit(ROWS_IN_ERROR if is_about_rows else WRONG_CALL)
        self._print(result, facts, options)
        sys.exit(ROWS_IN_ERROR if result.errors else CLEAN)

    def _print(self, result: TakenOver, facts: ListFacts, options: dict[str, Any]) -> None:
        place = sheet_places.place_finder([options["file"]], is_list=True)
        problems.write(self.stdout, _("Errors"), result.errors, place)
        problems.write(self.stdout, _("Warnings"), result.warnings, place)
        if result.errors:
            self.stdout.write(
                _("%(count)s errors. Nothing was written.") % {"count": len(result.errors)}
            )
            return
        self.stdout.write(
            _(
                "List of %(year)s: %(created)s households new to the register, %(updated)s new on"
                " the list or in another class, %(unchanged)s unchanged, %(absent)s go off it."
            )
            % {
                "year": result.round,
                "created": result.created,
                "updated": result.updated,
                "unchanged": result.unchanged,
                "absent": result.absent_count,
            }
        )
        for one in result.absent:
            told = f"  {one.code} {one.head_name}, {one.village}, {one.poverty_class}"
            self.stdout.write(told)
        if result.found and facts.totals.differ(result.found):
            self.stdout.write(
                _("The paper says %(stated)s, the sheet comes to %(found)s.")
                % {"stated": _numbers(facts.totals), "found": _numbers(result.found)}
            )
        if not options["commit"]:
            self.stdout.write(_("This was a trial; nothing was written. Add --commit to write."))


def _day(text: str) -> dt.date:
    try:
        day: dt.date | None = parse(HOUSEHOLD_COLUMN["as_of"], text)
    except BadValue:
        day = None
    if day is None:
        raise ArgumentTypeError(_("Write a date as 2024-10-15 or 15/10/2024."))
    return day


def _facts(options: dict[str, Any]) -> ListFacts:
    communes = Area.objects.at(AreaLevel.COMMUNE).filter(code=options["commune"])
    commune = communes.on(clock.today()).select_related("parent__parent").first()
    if commune is None:
        raise Invalid(_("There is no commune with this code."))
    standard = None
    if code := options["standard"]:
        standard = PovertyStandard.objects.filter(code=code).first()
        if standard is None:
            raise Invalid(_("There is no standard %(code)s.") % {"code": code})
    return ListFacts(
        commune=commune,
        year=options["year"],
        paper=Paper(
            number=options["decision_number"],
            decided_on=options["decided_on"],
            decided_by=options["signed_by"],
            signer_title=SignerTitle(options["signer_title"]),
        ),
        effective_from=options["effective_from"],
        totals=Totals(
            options["poor"],
            options["near_poor"],
            options["poor_persons"],
            options["near_poor_persons"],
        ),
        standard=standard,
    )


def _told(error: Exception) -> str:
    """The message, with what is wrong field by field."""
    fields: dict[str, list[Any]] = getattr(error, "fields", {})
    said = [f"{name}: {'; '.join(map(str, words))}" for name, words in fields.items()]
    return " ".join([str(getattr(error, "message", error)), *said])


def _numbers(totals: Totals) -> str:
    told = (f"{totals.poor_households} + {totals.near_poor_households}",
            f"{totals.poor_persons} + {totals.near_poor_persons}")  # fmt: skip
    return told[0] if totals.poor_persons is None else f"{told[0]} ({told[1]})"
