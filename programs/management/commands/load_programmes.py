"""manage.py load_programmes: the shipped programmes from programs/data into the register."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.errors import DomainError
from households.services.system_user import system_user
from programs.services import house_rules, plan_rules, programmes, project_procedures


class Command(BaseCommand):
    help = "Loads programmes and their dated terms. A second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = programmes.load(by=system_user())
            procedures = project_procedures.load(by=system_user())
            houses = house_rules.load(by=system_user())
            rule = plan_rules.load(by=system_user())
        except DomainError as error:
            raise CommandError(str(error)) from error
        for label, tally in (
            (_("Programmes"), loaded.programmes),
            (_("Terms of programmes"), loaded.terms),
            (_("Procedures of projects and their steps"), procedures),
            (_("Rules of houses and works"), houses),
            (_("Rule of the plan list"), rule),
        ):
            if tally.changes_anything:
                self.stdout.write(
                    _("%(what)s: %(created)d new, %(updated)d changed, %(unchanged)d as before")
                    % {
                        "what": label,
                        "created": tally.created,
                        "updated": tally.updated,
                        "unchanged": tally.unchanged,
                    }
                )
            for row in tally.kept:
                self.stdout.write("  " + _("left as a person set it: %(row)s") % {"row": row})
