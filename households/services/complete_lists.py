"""A commune says from which year its lists are complete in povreg: only then do figures tell who
re-fell and who newly arose."""

from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel
from households.errors import Invalid, Refused
from households.models import Area, User
from households.services import audit

#: The act is the record: the latest of a commune counts, and no year takes it back.
VERB = "lists.complete_from"
_OLDEST = 1993  # the first national poverty line


def say(*, commune: Area, year: int | None, by: User) -> None:
    """The lists of the periodic reviews from `year` on are all in povreg; None takes it back.

    Raises Refused (who may record the commune's decisions may say it), Invalid (no commune, or a
    year that cannot be). Cost: three small statements.
    """
    if reason := policies.why_not_record_decision(by, commune):
        raise Refused(reason)
    if commune.level != AreaLevel.COMMUNE:
        raise Invalid(_("Only a commune has lists."))
    if year is not None and not _OLDEST <= year <= 2100:
        raise Invalid(_("This year cannot be."))
    with audit.act(by=by, verb=VERB, area=commune, details={"year": year}):
        pass
