"""manage.py figures: any table of the yearly report, or whether the tables fit together."""

import datetime as dt
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from households.errors import DomainError
from households.management.named import round_named
from households.models import Area, PovertyStandard, ReviewRound
from reports.choices import FigureLevel, FigureStatus
from reports.exchange import figure_tables
from reports.queries import identities, questions, tables
from reports.queries.questions import Question

WRONG_CALL = 2
_WRITERS = {
    "json": figure_tables.as_json,
    "csv": figure_tables.as_csv,
    "table": figure_tables.as_text,
}
_IDENTITIES = "identities"


class Command(BaseCommand):
    """Exit codes: 0 printed, 1 an identity is broken, 2 wrong call."""

    help = "Prints a table (T1 to T13) of a round, or checks that the tables fit together."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("table", help=f"T1 … T13, or {_IDENTITIES}")
        parser.add_argument("--round", required=True, metavar="YEAR", help="2023, or 2023-04")
        parser.add_argument(
            "--area", required=True, help="code on the day of the map, else of then"
        )
        parser.add_argument("--level", choices=FigureLevel.values, help="the area's own by default")
        parser.add_argument("--standard", help="the round's closing one by default")
        parser.add_argument("--status", choices=FigureStatus.values)
        parser.add_argument("--areas-on", metavar="DATE", help="by the units of another day")
        parser.add_argument("--province", help="code, where several provinces have the round")
        parser.add_argument("--format", choices=_WRITERS, default="table")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            if given["table"] == _IDENTITIES:
                self._check(given)
                return
            found = tables.table(given["table"], _question(given))
        except DomainError as error:
            self.stderr.write(f"figures: {error.message}")
            sys.exit(WRONG_CALL)
        self.stdout.write(_WRITERS[given["format"]](found).rstrip("\n"))

    def _check(self, given: dict[str, Any]) -> None:
        breaks = identities.breaks(_question(given))
        for one in breaks:
            self.stdout.write(f"{one.identity} {one.area_code} {one.area}: {one.message}")
            if one.households:
                self.stdout.write("  " + ", ".join(map(str, one.households)))
        if breaks:
            sys.exit(1)
        self.stdout.write(_("The tables fit together."))


def _question(given: dict[str, Any]) -> Question:
    on = _day(given["areas_on"])
    round = _round(given["round"], given["province"], given["area"])
    area = _area(given["area"], round, on)
    level = given["level"] or area.level.lower()
    return questions.asked(
        round=round,
        area=area,
        level=FigureLevel(level),
        standard=_standard(given["standard"]),
        status=FigureStatus(given["status"]) if given["status"] else None,
        areas_on=on,
    )


def _round(key: str, province: str | None, area: str) -> ReviewRound:
    """A province's own code names its round where several have it."""
    year = key.partition("-")[0]
    has_own = (
        year.isdigit() and ReviewRound.objects.filter(province__code=area, year=int(year)).exists()
    )
    return round_named(key, province or (area if has_own else None))


def _area(code: str, round: ReviewRound, on: dt.date | None) -> Area:
    """The unit of the day its map is asked for, or else of the round's (codes are used again), or
    else the last that had the code."""
    of_code = Area.objects.real().filter(code=code).exclude(code="")
    for day in (on, round.as_of):
        if day and (area := of_code.on(day).first()):
            found: Area = area
            return found
    last: Area | None = of_code.order_by("-valid_from").first()
    if last:
        return last
    raise DomainError(
        _("There is no unit %(code)s on %(day)s.")
        % {"code": code, "day": f"{on or round.as_of:%d/%m/%Y}"}
    )


def _day(typed: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise DomainError(_("Write the date as 2025-07-31.")) from error


def _standard(code: str | None) -> PovertyStandard | None:
    if code is None:
        return None
    found: PovertyStandard | None = PovertyStandard.objects.filter(code=code).first()
    if found is None:
        raise DomainError(_("There is no standard %(code)s.") % {"code": code})
    return found
