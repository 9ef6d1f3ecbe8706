"""Assigning a commune's villages to reviewers, all at once."""

from collections.abc import Mapping, Set

from django.db import transaction
from django.utils.translation import gettext as _

from households import clock
from households.choices import Role
from households.errors import Invalid
from households.models import Area, Assignment, User
from households.queries import reviewers
from households.services import users


@transaction.atomic
def assign(*, commune: Area, wanted: Mapping[int, Set[int]], by: User) -> int:
    """Each village (id) is reviewed by these accounts (ids) from today on, and by nobody else who
    reviewed it; gives how many assignments began or ended. All or nothing; each is an act of its
    own. Villages that are not named stay as they are.

    Raises Refused (not your area or role), Invalid (another commune's village, or an account that
    does not work there).
    """
    staff = reviewers.of_commune(commune)
    villages = {one.village.pk: one for one in staff.villages}
    people = {one.pk: one for one in staff.people}
    if set(wanted) - set(villages) or set().union(*wanted.values()) - set(people):
        raise Invalid(_("Choose among the villages and reviewers of the commune."))
    changed = 0
    for pk, now in wanted.items():
        row = villages[pk]
        for person in sorted(now - row.reviewers):
            users.assign(user=people[person], role=Role.REVIEWER, area=row.village, by=by)
            changed += 1
        for assignment in Assignment.objects.on(clock.today()).filter(
            role=Role.REVIEWER, area=pk, user__in=row.reviewers - now
        ):
            users.end_assignment(assignment=assignment, by=by)
            changed += 1
    return changed
