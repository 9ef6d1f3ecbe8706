"""manage.py import_residents: residents.csv, the denominators of rates."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from households.choices import RoundKind
from households.errors import DomainError
from households.exchange import resident_sheet
from households.models import ReviewRound, User
from households.models.users import SYSTEM_USERNAME
from households.services import resident_counts
from households.services.system_user import system_user

CLEAN, ROWS_IN_ERROR, WRONG_CALL = 0, 1, 2


class Command(BaseCommand):
    """Exit codes: 0 clean, 1 rows in error (nothing written), 2 wrong call."""

    help = "Reads residents.csv for the round of a year; a dry run unless --commit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--round", required=True, metavar="YEAR", type=int)
        parser.add_argument("--province", default="06", metavar="CODE")
        parser.add_argument("--by", default=SYSTEM_USERNAME, metavar="NAME", help="acting user")
        parser.add_argument("--commit", action="store_true", help="write; else only check")
        parser.add_argument("--json", action="store_true", help="one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            round = ReviewRound.objects.select_related("province").get(
                province__code=options["province"], year=options["round"], kind=RoundKind.PERIODIC
            )
            by = _user(options["by"])
            rows = resident_sheet.read(options["file"].read_bytes(), options["file"].name)
            read = resident_counts.read_rows(rows, round=round, by=by, other_days=True)
            written = 0
            if options["commit"] and not read.problems:
                written = resident_counts.enter(counts=read.counts, by=by)
        except (DomainError, OSError, ReviewRound.DoesNotExist, User.DoesNotExist) as error:
            self.stderr.write(f"import_residents: {getattr(error, 'message', error)}")
            sys.exit(WRONG_CALL)
        told = {
            "committed": bool(options["commit"] and not read.problems),
            "read": len(read.counts),
            "written": written,
            "errors": [asdict(one) for one in read.problems],
            "warnings": [asdict(one) for one in read.said],
        }
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for one in (*read.problems, *read.said):
                self.stdout.write(f"{one.row} {one.column} {one.value!r}: {one.reason}")
            self.stdout.write(f"{told['read']} / {told['written']}")
        sys.exit(ROWS_IN_ERROR if read.problems else CLEAN)


def _user(name: str) -> User:
    return system_user() if name == SYSTEM_USERNAME else User.objects.get(username=name)
