"""What the columns of a list mean, corrected by its sender and remembered for his next one."""

from typing import Any

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from households.errors import Conflict, Invalid
from households.models import ImportColumns, User
from households.services import audit
from programs.choices.benefit_lists import ListColumn
from programs.exchange.benefit_list import KEYS
from programs.models import BenefitList
from programs.services.benefit_lists import batches


def choose(*, listed: BenefitList, columns: list[str], by: User) -> None:
    """Read sheets with these headings with these columns, now and when the next one comes. Raises
    Refused, Invalid (twice the same, nothing that tells whom), Conflict (read anew meanwhile)."""
    batches.check_own(listed, by)
    if len(columns) != len(listed.reading.get("headings", ())):
        raise Conflict(_("The file is read anew; look at the page again."))
    if reason := why_not(columns):
        raise Invalid(reason)
    kept: dict[str, Any] = {"columns": columns, "constants": {}, "changed_at": Now()}
    with audit.act(by=by, verb="benefits.choose_columns", area=listed.area, subject=listed):
        ImportColumns.objects.update_or_create(
            user=by, signature=listed.reading["signature"], defaults=kept
        )
        batches.check_again(listed=listed, by=by)


def why_not(columns: list[str]) -> str | None:
    """Why these columns cannot be."""
    given = [name for name in columns if name]
    for name in given:
        if given.count(name) > 1:
            told = {"column": ListColumn(name).label}
            return _("%(column)s is chosen for two headings.") % told
    if not set(given) & set(KEYS):
        return _("Choose at least one column that tells whom a row is about.")
    return None
