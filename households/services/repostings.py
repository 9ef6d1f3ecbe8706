"""One household's result hung out again after its re-check."""

import datetime as dt

from django.utils.translation import gettext as _

from households import clock, policies
from households.errors import Conflict, Invalid, Refused
from households.models import Household, PublicPosting, User, VillageReview
from households.queries import terms
from households.services import audit


def post(
    *,
    way: VillageReview,
    household: Household,
    places: str,
    posted_on: dt.date,
    is_read_out: bool,
    by: User,
) -> PublicPosting:
    """Hang out the result of one household again after its re-check.

    Raises Refused (not the commune's), Invalid (places, day), Conflict (hangs out already).
    """
    village = way.village
    assert village.parent is not None
    if reason := policies.why_not_settle_complaints(by, village.parent):
        raise Refused(reason)
    if not places.strip():
        missing = _("This is missing.")
        raise Invalid(missing, fields={"places": [missing]})
    if posted_on > clock.today():
        wrong = _("This day is still to come.")
        raise Invalid(wrong, fields={"posted_on": [wrong]})
    number = terms.in_force(posted_on).days("posting_days")
    with audit.act(by=by, verb="reposting.post", area=village, household=household):
        there = PublicPosting.objects.filter(
            village_review=way, household=household, closed_on__isnull=True
        )
        if there.exists():
            raise Conflict(_("The household is posted already."))
        return PublicPosting.objects.create(
            village_review=way,
            household=household,
            places=places.strip(),
            is_read_out=is_read_out,
            posted_on=posted_on,
            ends_on=terms.working_days_after(posted_on, number),
            recorded_by=by,
        )


def close(*, posting: PublicPosting, closed_on: dt.date, by: User) -> None:
    """Take one household's result down. Raises Refused, Invalid (too early), Conflict."""
    village = posting.village_review.village
    assert village.parent is not None
    if reason := policies.why_not_settle_complaints(by, village.parent):
        raise Refused(reason)
    if not posting.ends_on <= closed_on <= clock.today():
        words = _("The list hangs out until %(day)s.") % {"day": f"{posting.ends_on:%d/%m/%Y}"}
        raise Invalid(words, fields={"closed_on": [words]})
    with audit.act(by=by, verb="reposting.close", area=village, household=posting.household):
        still = PublicPosting.objects.filter(pk=posting.pk, closed_on__isnull=True)
        if not still.update(closed_on=closed_on):
            raise Conflict(_("This posting is closed already."))
