"""manage.py confirm_number: what awaits confirmation, and confirming one number by name."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.errors import DomainError
from households.models import PovertyStandard, User
from households.services import confirmations
from households.services.confirmations import Reading, Value


class Command(BaseCommand):
    help = (
        "Without --path: lists the unconfirmed numbers of a standard. With it: confirms one as it"
        " stands, in the name of a person of the department."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("standard", help="code, for example std_2022")
        parser.add_argument("--path", help="place of the number, as listed")
        parser.add_argument("--value", help="the value confirmed, written as listed")
        parser.add_argument("--source", default="", help="the text with its article or annex")
        parser.add_argument("--by", default="", help="user name of the person who confirms")

    def handle(self, *args: Any, standard: str, path: str | None, **options: Any) -> None:
        found = PovertyStandard.objects.filter(code=standard).first()
        if found is None:
            told = _("There is no standard %(code)s.") % {"code": standard}
            raise CommandError(told, returncode=2)
        readings = confirmations.unconfirmed(found)
        if path is None:
            self.stdout.write("\n".join(_line(one) for one in readings))
            return
        reading = next((one for one in readings if one.path == path), None)
        if reading is None:
            raise CommandError(_("The standard has no such number."), returncode=2)
        self._confirm(found, reading, options)

    def _confirm(
        self, standard: PovertyStandard, reading: Reading, options: dict[str, Any]
    ) -> None:
        if options["value"] != _written(reading.value):
            told = _("Give --value as it stands: %(value)s. Another value is typed on the page.")
            raise CommandError(told % {"value": _written(reading.value)}, returncode=2)
        by = User.objects.filter(username=options["by"]).first()
        if by is None:
            told = _("There is no user %(name)s.") % {"name": options["by"]}
            raise CommandError(told, returncode=2)
        try:
            confirmations.confirm(
                standard=standard,
                path=reading.path,
                value=reading.value,
                source=options["source"],
                by=by,
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(_("Confirmed: %(label)s.") % {"label": reading.path})


def _written(value: Value) -> str:
    """yes, no, 1500000, or the words, as one gives them back with --value."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _line(reading: Reading) -> str:
    mark = "✓" if reading.confirmation else "!" if reading.blocks else "?"
    return f"{mark} {reading.path} = {_written(reading.value)}  {reading.doubt}"
