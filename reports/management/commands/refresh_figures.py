"""manage.py refresh_figures: work out at once all figures that are kept, as the jobs do each
minute."""

from collections.abc import Callable
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from programs.services import coverage, year_results
from reports.services import summaries
from reports.views import warming

#: What changes meanwhile is looked at again, so often at most: others may be at work all the time.
_LOOKS: Final = 5


class Command(BaseCommand):
    help = "Works out coverage, results of years and sums of reviews of the communes that changed."

    def handle(self, *args: Any, **options: Any) -> None:
        for refresh_changed in (
            summaries.refresh_changed,
            coverage.refresh_changed,
            year_results.refresh_changed,
        ):
            _until_nothing_is_left(refresh_changed)
        warming.first_pages()
        self.stdout.write(_("The figures are worked out."))


def _until_nothing_is_left(refresh_changed: Callable[[], int]) -> None:
    for _look in range(_LOOKS):
        if not refresh_changed():
            return
