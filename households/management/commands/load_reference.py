"""manage.py load_reference: areas, lists and standards from households/data into the register."""

from collections.abc import Iterator
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
        for line in _lines(loaded):
            self.stdout.write(line)


def _lines(loaded: reference.Loaded) -> Iterator[str]:
    labels = {
        "areas": _("Areas"),
        "traits": _("Traits of areas"),
        "changes": _("Changes of the map"),
        "ethnic_groups": _("Ethnic groups"),
        "lists": _("Short lists"),
        "special_days": _("Calendar of working days"),
    }
    counted = _("%(what)s: %(created)d new, %(updated)d changed, %(unchanged)d as before")
    kept = _("left as a person set it: %(row)s")
    if not loaded.changed_anything:
        yield _("Reference data is up to date.")
    for name, tally in loaded.tallies.items():
        if tally.changes_anything:
            yield counted % {
                "what": labels[name],
                "created": tally.created,
                "updated": tally.updated,
                "unchanged": tally.unchanged,
            }
        yield from ("  " + kept % {"row": row} for row in tally.kept)
    done = loaded.standards
    if done.created or done.updated:
        yield counted % {
            "what": _("Standards and point tables"),
            "created": len(done.created),
            "updated": len(done.updated),
            "unchanged": len(done.unchanged),
        }
    yield from ("  " + kept % {"row": code} for code in done.kept)
