"""manage.py bench NAME: run one benchmark of benchmarks/."""

import importlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

FOLDER = "benchmarks"


def names() -> list[str]:
    """The benchmarks there are: modules with a main() that takes nothing."""
    found = (Path(settings.BASE_DIR) / FOLDER).glob("*.py")
    return sorted(path.stem for path in found if "\ndef main() " in path.read_text("utf-8"))


class Command(BaseCommand):
    """Each benchmark prints its measurements and ends with `NAME: ratio R (goal G)`."""

    help = "Run one benchmark of benchmarks/ against a database brought up to date."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        if name not in names():
            raise CommandError(f"có / there are: {', '.join(names())} (make bench NAME=…)")
        call_command("migrate", interactive=False, verbosity=0)
        importlib.import_module(f"{FOLDER}.{name}").main()
