"""manage.py load_demo: invented people into an empty database, which stays a demonstration."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.errors import DomainError
from households.services.demo.province import loading as province
from households.services.demo.province import thinned
from households.services.system_user import system_user


class Command(BaseCommand):
    help = "Fills an empty database with invented people; it can never become a real register."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--province", action="store_true", help="a whole province; minutes")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["province"]:
                loaded = province.load(by=system_user(), tell=self._tell)
            else:
                loaded = thinned.load(by=system_user(), tell=self._tell)
        except DomainError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _(
                "Demonstration loaded: %(households)d invented households, %(surveys)d surveys,"
                " %(rounds)d rounds."
            )
            % {
                "households": loaded.households,
                "surveys": loaded.surveys,
                "rounds": loaded.rounds,
            }
        )

    def _tell(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
