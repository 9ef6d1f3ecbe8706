"""A commune says from which year its lists are complete in povreg: only then do figures tell who
re-fell and who newly arose."""

from django.utils.translation import gettext as _

from households import policies
from households.choices import AreaLevel, RoundKind
from households.errors import Invalid, Refused
from households.models import Area, RecognitionDecision, User
from households.models.area_reach import made_of
from households.queries import complete_from
from households.queries.complete_from import VERB as VERB
from households.services import audit, list_rules

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


def declare(*, commune: Area, year: int, by: User) -> None:
    """As say, by the commune itself: povreg must have the list of every review from `year` to the
    last one taken over or decided.

    Raises as say, and Invalid naming the years that are not there. Two queries more.
    """
    decided = RecognitionDecision.objects.on_lists().filter(
        commune__in=made_of(commune), round__kind=RoundKind.PERIODIC
    )
    there = set(decided.values_list("round__year", flat=True))
    if not there:
        raise Invalid(_("povreg has no list of the commune yet; take over the one in force first."))
    missing = [one for one in range(year, max(there) + 1) if one not in there]
    if year > max(there):
        missing = [year]
    if missing:
        told = _("povreg does not have the lists of these reviews: %(years)s.") % {
            "years": ", ".join(map(str, missing))
        }
        raise Invalid(told, fields={"year": [told]})
    say(commune=commune, year=year, by=by)


def tells_who_arose(decision: RecognitionDecision) -> bool:
    """Whether who came onto the list by it is known to have been on none before: the commune said
    that its lists reach back as far as the standard looks. One query, besides the standard's."""
    standard = decision.standard
    looked_back = list_rules.relapse_looks_back_to(standard, decision.effective_from)
    said = complete_from.said([decision.commune_id]).get(decision.commune_id)
    # The list in force on that day is that of the review of the year before.
    return said is not None and said <= looked_back.year - 1
