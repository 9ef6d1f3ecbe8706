"""manage.py load_demo_support: invented support for the invented families of the demonstration."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.choices import InstallationKind
from households.errors import DomainError
from households.models import Installation
from households.services.system_user import system_user
from programs.services import demo
from programs.services.demo import seed_plan, seed_projects, seed_year


class Command(BaseCommand):
    help = "Fills the demonstration with invented support; a real register refuses it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--province", action="store_true", help="a province's year as well")

    def handle(self, *args: Any, **options: Any) -> None:
        if not Installation.objects.filter(kind=InstallationKind.DEMO).exists():
            raise CommandError(_("Only the demonstration takes invented support."))
        try:
            if options["province"]:
                seed_plan.load(by=system_user())
            demo.load(by=system_user())
            if options["province"]:
                seed_year.load(by=system_user(), tell=self._tell)
                seed_projects.load(by=system_user())
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Invented support is loaded."))

    def _tell(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
