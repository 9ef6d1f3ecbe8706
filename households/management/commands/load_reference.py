"""manage.py load_reference: areas, lists and standards from households/data into the register."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.errors import DomainError
from households.services import reference
from households.services.system_user import system_user


class Command(BaseCommand):
    help = "Loads areas, lists and poverty standards. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = reference.load(by=system_user())
        except DomainError as error:
            raise CommandError(str(error)) from error
        labels = {
            "areas": _("Areas"),
            "traits": _("Traits of areas"),
            "changes": _("Changes of the map"),
            "ethnic_groups": _("Ethnic groups"),
            "lists": _("Short lists"),
        }
        for name, tally in loaded.tallies.items():
            self.stdout.write(
                _("%(what)s: %(created)d new, %(updated)d changed, %(unchanged)d as before")
                % {
                    "what": labels[name],
                    "created": tally.created,
                    "updated": tally.updated,
                    "unchanged": tally.unchanged,
                }
            )
            for kept in tally.kept:
                self.stdout.write("  " + _("left as a person set it: %(row)s") % {"row": kept})
        if not loaded.changed_anything:
            self.stdout.write(_("Reference data is up to date."))
