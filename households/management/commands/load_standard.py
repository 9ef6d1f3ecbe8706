"""manage.py load_standard FILE: a poverty standard from a file, national or a province's own."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households import clock
from households.choices import AreaLevel
from households.errors import DomainError
from households.models import Area
from households.services.standard_documents import read_file
from households.services.standard_loading import Loaded, load_standard
from households.services.system_user import system_user


class Command(BaseCommand):
    help = "Loads one poverty standard from a TOML file. The same file twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--province", help="code of the province whose own standard it is")

    def handle(self, *args: Any, file: Path, province: str | None, **options: Any) -> None:
        if not file.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": file}, returncode=2)
        owner = _province(province) if province else None
        done = Loaded()
        try:
            standard = load_standard(
                read_file(file), name=file.name, owner=owner, by=system_user(), done=done
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        outcome = _("unchanged") if done.unchanged else _("loaded")
        self.stdout.write(f"{standard.code}: {outcome}")


def _province(code: str) -> Area:
    provinces = Area.objects.filter(level=AreaLevel.PROVINCE, code=code)
    found: Area | None = provinces.on(clock.today()).first()
    if found is None:
        raise CommandError(
            _("There is no province with the code %(code)s.") % {"code": code}, returncode=2
        )
    return found
