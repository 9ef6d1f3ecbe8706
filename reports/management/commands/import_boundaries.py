"""manage.py import_boundaries: outlines of units from a GeoJSON or TopoJSON file."""

import datetime as dt
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel
from households.errors import DomainError, Invalid
from households.management.named import user_named
from households.models.users import SYSTEM_USERNAME
from reports.exchange import boundary_files
from reports.exchange.boundary_files import Feature, Naming
from reports.services import boundaries
from reports.services.boundaries import DEFAULT_TOLERANCE_M, Asked, Drawn

ALL, SOME, WRONG_CALL = 0, 1, 2
_MOST_NAMED = 20
_LEVELS = {
    "province": AreaLevel.PROVINCE,
    "district": AreaLevel.DISTRICT,
    "commune": AreaLevel.COMMUNE,
}


class Command(BaseCommand):
    """Exit codes: 0 all shapes stored, 1 some belong to no unit (the others are stored), 2 wrong
    call or a file that is refused (nothing is stored)."""

    help = "Stores the boundaries of units from a file, in place of those the units had."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="GeoJSON or TopoJSON, in degrees (WGS 84)")
        parser.add_argument("--source", required=True, help="origin and credit, shown below maps")
        parser.add_argument("--code-property", default="", metavar="NAME", help="holds the code")
        parser.add_argument("--name-property", default="", metavar="NAME", help="holds the name")
        parser.add_argument("--level", choices=_LEVELS)
        parser.add_argument("--province", default="", metavar="CODE", help="only units in it")
        parser.add_argument("--on", metavar="DATE", help="day of codes and names; today by default")
        parser.add_argument(
            "--onto", metavar="DATE", help="put units of this day together from whole ones"
        )
        parser.add_argument("--tolerance-m", type=int, default=DEFAULT_TOLERANCE_M)
        parser.add_argument(
            "--mend", action="store_true", help="mend borders that cross themselves"
        )
        parser.add_argument("--trial", action="store_true", help="only tell what would be stored")
        parser.add_argument("--by", default=SYSTEM_USERNAME, metavar="NAME", help="acting user")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            naming = _naming(given)
            asked = _asked(given)
            features = boundary_files.read(given["file"], naming, mends=given["mend"])
            drawn = boundaries.replace(
                features=features, asked=asked, by=user_named(given["by"]), is_trial=given["trial"]
            )
        except DomainError as error:
            self.stderr.write(f"import_boundaries: {error.message}")
            sys.exit(WRONG_CALL)
        self._tell(features, drawn, is_trial=given["trial"])
        sys.exit(SOME if drawn.unmatched else ALL)

    def _tell(self, features: list[Feature], drawn: Drawn, *, is_trial: bool) -> None:
        for one in features:
            if one.was_mended:
                self.stdout.write(
                    _("Shape %(row)d (%(label)s) was mended.")
                    % {"row": one.row, "label": one.label}
                )
        for shape in drawn.unmatched:
            row = "–" if shape.row is None else str(shape.row)
            self.stdout.write(
                _("Not used: shape %(row)s (%(label)s): %(reason)s")
                % {"row": row, "label": shape.label or "–", "reason": shape.reason}
            )
        if drawn.without:
            names = ", ".join(f"{one.code} {one.name}" for one in drawn.without[:_MOST_NAMED])
            more = " …" if len(drawn.without) > _MOST_NAMED else ""
            words = {"count": len(drawn.without), "names": names + more}
            self.stdout.write(_("Without a boundary: %(count)d units (%(names)s)") % words)
        before, after = drawn.points
        counted = {"units": len(drawn.areas), "before": before, "after": after}
        self.stdout.write(_("%(units)d units, %(before)d points made %(after)d.") % counted)
        if is_trial:
            self.stdout.write(_("Nothing was stored."))


def _naming(given: dict[str, Any]) -> Naming:
    naming = Naming(code=given["code_property"], name=given["name_property"])
    if not (naming.code or naming.name):
        raise Invalid(_("Name the property that holds the code or the name of a unit."))
    return naming


def _asked(given: dict[str, Any]) -> Asked:
    return Asked(
        source=given["source"],
        file_name=given["file"].name,
        on=_day(given["on"]) or clock.today(),
        onto=_day(given["onto"]),
        level=_LEVELS.get(given["level"]),
        province=given["province"],
        tolerance_m=given["tolerance_m"],
    )


def _day(typed: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise Invalid(_("Write the date as 2025-07-31.")) from error
