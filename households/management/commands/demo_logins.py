"""manage.py demo_logins: the accounts of the demonstration, one line each."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.choices import InstallationKind
from households.models import Area, Installation
from households.services.demo import LOGINS, Login, story


class Command(BaseCommand):
    help = "Prints user name, password, role and area of each demo login."

    def handle(self, *args: Any, **options: Any) -> None:
        if not Installation.objects.filter(kind=InstallationKind.DEMO).exists():
            raise CommandError(_("This database is not a demonstration; it has no demo logins."))
        names = {
            area.code: area.name
            for area in Area.objects.on(story.today()).filter(
                code__in={login.area_code for login in LOGINS}
            )
        }
        for login in LOGINS:
            self.stdout.write(_line(login, names[login.area_code]))


def _line(login: Login, area_name: str) -> str:
    where = f"{login.village}, {area_name}" if login.village else area_name
    who = f"{login.full_name}, {login.role.label}, {where}"
    return f"{login.username:<12} {login.password:<18} {who}"
