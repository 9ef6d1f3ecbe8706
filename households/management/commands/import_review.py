"""manage.py import_review: a review in the exchange format into its round."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.errors import Conflict, DomainError
from households.management import problems
from households.management.named import user_named
from households.management.problems import Place
from households.models.users import SYSTEM_USERNAME
from households.services import import_files, sheet_places
from households.services.imports import ImportResult, import_review

CLEAN, ROWS_IN_ERROR, WRONG_CALL = 0, 1, 2
_WORKBOOKS = (".xlsx", ".xls", ".ods")


class Command(BaseCommand):
    """Exit codes: 0 clean, 1 rows in error (nothing written), 2 wrong call."""

    help = "Reads households.csv and members.csv of one review; a dry run unless --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--households", type=Path, required=True, metavar="H.csv",
            help="the households; or a workbook (.xlsx, .xls, .ods) with both sheets",
        )  # fmt: skip
        parser.add_argument("--members", type=Path, metavar="M.csv", help="the members")
        parser.add_argument("--standard", help="standard to open the round under")
        parser.add_argument("--source", help="whose keys the files use (the province's code)")
        parser.add_argument("--by", default=SYSTEM_USERNAME, metavar="NAME", help="acting user")
        parser.add_argument("--commit", action="store_true", help="write; else only check")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["members"] is None and options["households"].suffix.lower() not in _WORKBOOKS:
            raise CommandError(_("--members is missing: only a workbook holds both."))
        given = [one for one in (options["households"], options["members"]) if one]
        try:
            with import_files.readable([_existing(one) for one in given]) as paths:
                result = import_review(
                    households_path=paths[0],
                    members_path=paths[1],
                    standard_code=options["standard"],
                    source=options["source"],
                    commit=options["commit"],
                    by=user_named(options["by"]),
                )
        except (DomainError, OSError) as error:
            self.stderr.write(f"import_review: {getattr(error, 'message', error)}")
            sys.exit(ROWS_IN_ERROR if isinstance(error, Conflict) else WRONG_CALL)
        place = sheet_places.place_finder(given)
        if options["json"]:
            self._print_json(result, place)
        else:
            self._print_table(result, place, options["commit"])
        sys.exit(ROWS_IN_ERROR if result.errors else CLEAN)

    def _print_json(self, result: ImportResult, place: Place) -> None:
        """One object, written piece by piece: the lists can be long."""
        head = {
            "committed": result.committed,
            "round": result.round,
            "created": result.created,
            "updated": result.updated,
            "unchanged": result.unchanged,
        }
        self.stdout.write(json.dumps(head)[:-1], ending="")
        for name, found in (("errors", result.errors), ("warnings", result.warnings)):
            self.stdout.write(f', "{name}": [', ending="")
            for number, problem in enumerate(problems.placed(found, place)):
                separator = ",\n" if number else "\n"
                text = json.dumps(asdict(problem), ensure_ascii=False)
                self.stdout.write(separator + text, ending="")
            self.stdout.write("]", ending="")
        self.stdout.write("}")

    def _print_table(self, result: ImportResult, place: Place, commit: bool) -> None:
        problems.write(self.stdout, _("Errors"), result.errors, place)
        problems.write(self.stdout, _("Warnings"), result.warnings, place)
        if result.errors:
            self.stdout.write(
                _("%(count)s errors. Nothing was written.") % {"count": len(result.errors)}
            )
            return
        self.stdout.write(
            _(
                "Round %(round)s: %(created)s households created, %(updated)s updated,"
                " %(unchanged)s unchanged, %(warnings)s warnings."
            )
            % {
                "round": result.round,
                "created": result.created,
                "updated": result.updated,
                "unchanged": result.unchanged,
                "warnings": len(result.warnings),
            }
        )
        if not commit:
            self.stdout.write(_("This was a trial; nothing was written. Add --commit to write."))


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise FileNotFoundError(_("There is no file %(path)s.") % {"path": path})
    return path
