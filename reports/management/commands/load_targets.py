"""manage.py load_targets: the shipped targets of the reduction from reports/data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.errors import DomainError
from households.services.system_user import system_user
from reports.services import shipped_targets


class Command(BaseCommand):
    help = "Loads targets of the poverty reduction. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            tally = shipped_targets.load(by=system_user())
        except DomainError as error:
            raise CommandError(str(error)) from error
        if tally.changes_anything:
            self.stdout.write(
                _("%(what)s: %(created)d new, %(updated)d changed, %(unchanged)d as before")
                % {
                    "what": _("Targets of the reduction"),
                    "created": tally.created,
                    "updated": tally.updated,
                    "unchanged": tally.unchanged,
                }
            )
        for row in tally.kept:
            self.stdout.write("  " + _("left as a person set it: %(row)s") % {"row": row})
