"""manage.py export_review: a round's complete forms in the exchange format."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from households.choices import Purpose
from households.errors import DomainError
from households.management.named import round_named, user_named
from households.models import Area, ReviewRound
from households.models.users import SYSTEM_USERNAME
from households.services import review_exports

WRONG_CALL = 2


class Command(BaseCommand):
    """Exit codes: 0 written, 2 wrong call."""

    help = "Writes households.csv and members.csv, as import_review reads them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--round", required=True, metavar="YEAR", help="2024, or 2024-04")
        parser.add_argument("--province", help="code, where several provinces have the round")
        parser.add_argument("--area", help="code of a commune or district; all by default")
        parser.add_argument("--source", help="whose keys to write (the province's code)")
        parser.add_argument("--numbers", action="store_true", help="with personal numbers")
        parser.add_argument("--note", required=True, help="what the files are for")
        parser.add_argument("--by", default=SYSTEM_USERNAME, metavar="NAME", help="acting user")
        parser.add_argument("--households", type=Path, required=True, metavar="H.csv")
        parser.add_argument("--members", type=Path, required=True, metavar="M.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            round = round_named(options["round"], options["province"])
            scope = review_exports.scope_of(
                round=round, area=_area(round, options["area"]), source=options["source"]
            )
            given = review_exports.write_csv(
                scope=scope,
                with_numbers=options["numbers"],
                purpose=Purpose.OTHER,
                note=options["note"],
                households_path=options["households"],
                members_path=options["members"],
                by=user_named(options["by"]),
            )
        except (DomainError, OSError) as error:
            self.stderr.write(f"export_review: {getattr(error, 'message', error)}")
            sys.exit(WRONG_CALL)
        self.stdout.write(f"{given.households} households, {given.members} members")


def _area(round: ReviewRound, code: str | None) -> Area:
    if code is None:
        return round.province
    within = Area.objects.under(round.province).on(round.as_of)
    area: Area | None = within.filter(code=code).first()
    if area is None:
        raise DomainError(_("There is no unit with the code %(code)s.") % {"code": code})
    return area
