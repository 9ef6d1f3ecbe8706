"""manage.py rebuild_search: the names that are searched, written anew from the register."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from households.services import search_names


class Command(BaseCommand):
    help = "Writes the names that are searched anew; names that nobody has any more go."

    def handle(self, *args: Any, **options: Any) -> None:
        told = _("%(number)s names are searched.") % {"number": search_names.rebuild()}
        self.stdout.write(told)
