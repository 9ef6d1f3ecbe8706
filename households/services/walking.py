"""The order in which a village is walked: numbers the reviewer gives."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from households import policies
from households.errors import Invalid, Refused
from households.models import Area, Household, User
from households.queries import walking
from households.services import audit


def number(*, village: Area, numbers: Mapping[int, int | None], by: User) -> int:
    """Give households of a village their walking numbers (None takes one away); gives how many
    changed. Equal numbers stay in the order of their codes.

    Raises Refused (no right), Invalid (a household that does not live there).
    """
    if reason := policies.why_not_write_surveys(by, village):
        raise Refused(reason)
    known = {one.household_id: one.walking_no for one in walking.of_village(village)}
    if strange := set(numbers) - set(known):
        raise Invalid(
            _("A household of the list does not live in this village: %(codes)s.")
            % {"codes": ", ".join(f"H{pk:08d}" for pk in sorted(strange))}
        )
    changed = {pk: no for pk, no in numbers.items() if known[pk] != no}
    if not changed:
        return 0
    with audit.act(by=by, verb="village.walk", area=village, details={"count": len(changed)}):
        rows = [Household(pk=pk, walking_no=no) for pk, no in changed.items()]
        Household.objects.bulk_update(rows, ["walking_no"])
    return len(changed)
