"""manage.py import_benefits: a list of support of the bank, insurer, school or treasury."""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel
from households.errors import DomainError, Invalid
from households.exchange import returned_cells
from households.exchange.returned_cells import BadCell
from households.management.named import user_named
from households.models import Area
from households.models.users import SYSTEM_USERNAME
from programs.choices.benefit_lists import ListState, RowFault, RowOutcome
from programs.models import BenefitList, Programme
from programs.services.benefit_lists import batches
from programs.services.benefit_lists.batches import ListFacts

CLEAN, ROWS_IN_ERROR, WRONG_CALL = 0, 1, 2
_MOST_TOLD = 200


class Command(BaseCommand):
    """Exit codes: 0 clean, 1 rows in error (nothing recorded, or --good-rows), 2 wrong call."""

    help = "Takes in a list of support of one programme and year; a trial unless --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--file", required=True, type=Path, help=".xlsx, .xls, .ods or .csv")
        parser.add_argument("--programme", required=True, metavar="CODE")
        parser.add_argument("--area", required=True, metavar="CODE", help="province or commune")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--sender", required=True, metavar="NAME")
        parser.add_argument("--day", required=True, type=_day, help="day of the list")
        parser.add_argument("--number", default="", help="number of the list")
        parser.add_argument("--funding", default="", help="where the money comes from")
        parser.add_argument(
            "--outside", action="store_true", help="record whom the register does not know, too"
        )
        parser.add_argument("--by", default=SYSTEM_USERNAME, metavar="NAME", help="acting user")
        parser.add_argument("--commit", action="store_true", help="record; else only check")
        parser.add_argument("--good-rows", action="store_true", help="without the rows in error")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            listed = self._taken_in(options)
        except (DomainError, OSError) as error:
            self.stderr.write(f"import_benefits: {getattr(error, 'message', error)}")
            sys.exit(WRONG_CALL)
        if listed.state == ListState.FAILED:
            self.stderr.write(f"import_benefits: {listed.failure}")
            sys.exit(WRONG_CALL)
        self._print(listed)
        sys.exit(ROWS_IN_ERROR if listed.counts.get("in_error") else CLEAN)

    def _taken_in(self, options: dict[str, Any]) -> BenefitList:
        by = user_named(options["by"])
        with options["file"].open("rb") as stream:
            listed = batches.receive(
                facts=_facts(options), file=File(stream, options["file"].name), by=by
            )
        batches.run(list_id=listed.pk)
        listed.refresh_from_db()
        wanted = options["commit"] and listed.state == ListState.CHECKED
        in_error = listed.counts.get("in_error")
        if wanted and listed.counts.get("times") and (options["good_rows"] or not in_error):
            batches.confirm(listed=listed, by=by, good_only=options["good_rows"])
            batches.run(list_id=listed.pk)
            listed.refresh_from_db()
        return listed

    def _print(self, listed: BenefitList) -> None:
        for outcome in RowOutcome:
            if number := listed.counts.get(outcome):
                self.stdout.write(f"{outcome.label}: {number}")
        told = listed.rows.filter(outcome__in=[RowOutcome.AMBIGUOUS, RowOutcome.REFUSED])
        for row in told[:_MOST_TOLD]:
            reasons = [str(RowFault(one).label) for one in row.faults]
            if row.why_not and not reasons:
                reasons = [row.get_why_not_display()]
            self.stdout.write(
                _("Row %(line)s: %(reasons)s") % {"line": row.line, "reasons": " ".join(reasons)}
            )
        if listed.state == ListState.CHECKED:
            self.stdout.write(_("Nothing was recorded."))


def _day(text: str) -> date:
    try:
        day = returned_cells.day_of(text)
    except BadCell as fault:
        raise ArgumentTypeError(str(fault.reason)) from fault
    if day is None:
        raise ArgumentTypeError(_("Write a date as 2024-10-15 or 15/10/2024."))
    return day


def _facts(options: dict[str, Any]) -> ListFacts:
    programme = Programme.objects.filter(code=options["programme"]).first()
    if programme is None:
        raise Invalid(_("There is no programme of this code."))
    levels = (AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.COMMUNE)
    areas = Area.objects.filter(code=options["area"], level__in=levels).on(clock.today())
    area = areas.select_related("parent__parent").first()
    if area is None:
        raise Invalid(_("There is no area of this code."))
    return ListFacts(
        programme=programme,
        area=area,
        year=options["year"],
        sender=options["sender"],
        listed_on=options["day"],
        number=options["number"],
        funding=options["funding"],
        takes_outside=options["outside"],
    )
