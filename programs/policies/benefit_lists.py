"""Who takes in lists of support, who sees them, and who settles their rows."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from households.choices import Role
from households.models import Area, User
from households.policies.roles import Reason
from households.rights import rights
from programs.choices.benefit_lists import CAME_DOWN
from programs.models import BenefitList, BenefitListRow
from programs.policies import RECORDS_BENEFITS, why_not_record_benefit

#: Who reads lists and their rows: names of persons, of one's own area.
READS_LISTS = RECORDS_BENEFITS | {Role.DISTRICT_READER}


def why_not_take_in_lists(user: User | AnonymousUser) -> Reason:
    """The pages of lists; of which area one may be is asked when it is sent."""
    if isinstance(user, User) and user.is_practising:
        return _("In the practice area no support is recorded.")
    if rights(user).holds_anywhere(RECORDS_BENEFITS):
        return None
    return _("Only the commune officer or the department takes in lists of support.")


def why_not_take_in_list(user: User | AnonymousUser, area: Area) -> Reason:
    """A list of this area. No query of its own."""
    return why_not_take_in_lists(user) or why_not_record_benefit(user, area)


def why_not_read_lists(user: User | AnonymousUser) -> Reason:
    """Whether anywhere; which lists and rows: visible_benefit_lists, visible_list_rows."""
    if isinstance(user, User) and user.is_practising:
        return _("In the practice area no support is recorded.")
    if rights(user).holds_anywhere(READS_LISTS):
        return None
    return _("Only the commune officer, the district and the department read lists of support.")


def visible_benefit_lists(user: User) -> QuerySet[BenefitList]:
    """Those of the areas the user reads lists of; and of an area above, once recorded, those with a
    row of somebody of his area (he sees these rows alone). Two queries at most for the rights."""
    branches = rights(user).branches(READS_LISTS)
    below = Area.objects.under_any(branches)
    seen = Q(area__in=below)
    if above := _above(branches):
        theirs = BenefitListRow.objects.filter(of_list=OuterRef("pk"), commune__in=below)
        seen |= Q(area__in=above, state__in=CAME_DOWN) & Q(Exists(theirs))
    return BenefitList.objects.filter(seen)


def _above(branches: list[str]) -> list[int]:
    """Keys of the areas that these inner paths lie in."""
    return sorted({int(pk) for path in branches for pk in path.rstrip(".").split(".")[:-1]})


def sees_whole_list(user: User, listed: BenefitList) -> bool:
    """Else he sees the rows of his own area alone. No query of its own."""
    return rights(user).holds(READS_LISTS, listed.area)


def visible_list_rows(user: User, *lists: BenefitList) -> QuerySet[BenefitListRow]:
    """Rows of lists that the user sees: all of one seen whole, else those of his area. A row that
    names no commune is nobody's but the list's."""
    whole = [one.pk for one in lists if sees_whole_list(user, one)]
    rows = BenefitListRow.objects.filter(of_list__in=lists)
    if len(whole) == len(lists):
        return rows
    own = Area.objects.under_any(rights(user).branches(READS_LISTS))
    return rows.filter(Q(of_list__in=whole) | Q(commune__in=own))


def why_not_settle_row(user: User | AnonymousUser, row: BenefitListRow) -> Reason:
    """As who takes in the list; a row of one's own commune also where the list came from above. No
    query where list, area and commune were selected with it."""
    if row.commune is not None and why_not_record_benefit(user, row.commune) is None:
        return None
    if why_not_take_in_list(user, row.of_list.area) is None:
        return None
    return _("A row is settled by the officer of its commune or by who takes in the list.")
