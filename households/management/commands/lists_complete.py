"""manage.py lists_complete: a commune says from which year its lists are whole in povreg."""

import datetime as dt
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel
from households.errors import DomainError
from households.management.named import user_named
from households.models import Area
from households.models.users import SYSTEM_USERNAME
from households.services import complete_lists

WRONG_CALL = 2


class Command(BaseCommand):
    """Exit codes: 0 recorded, 2 wrong call."""

    help = "Records from which year the lists of a commune (or of all in an area) are complete."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--area", required=True, help="code of a commune, district or province")
        years = parser.add_mutually_exclusive_group(required=True)
        years.add_argument("--year", type=int, help="of the first review whose list is there")
        years.add_argument("--unknown", action="store_true", help="take back what was said")
        parser.add_argument("--on", help="day on whose map the code is meant; today by default")
        parser.add_argument("--by", default=SYSTEM_USERNAME, help="acting user")

    def handle(self, *args: Any, **given: Any) -> None:
        try:
            communes = _communes(given["area"], given["on"])
            user = user_named(given["by"])
            with transaction.atomic():
                for commune in communes:
                    complete_lists.say(commune=commune, year=given["year"], by=user)
        except DomainError as error:
            self.stderr.write(f"lists_complete: {error.message}")
            sys.exit(WRONG_CALL)
        self.stdout.write(_("Recorded for %(count)s communes.") % {"count": len(communes)})


def _communes(code: str, on: str | None) -> list[Area]:
    try:
        day = dt.date.fromisoformat(on) if on else clock.today()
    except ValueError as error:
        raise DomainError(_("Write the date as 2025-07-31.")) from error
    area: Area | None = Area.objects.on(day).filter(code=code).exclude(code="").first()
    if area is None:
        raise DomainError(
            _("There is no unit %(code)s on %(day)s.") % {"code": code, "day": f"{day:%d/%m/%Y}"}
        )
    return list(Area.objects.under(area).at(AreaLevel.COMMUNE).on(day))
