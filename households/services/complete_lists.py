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
from households.services import audit

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
    last one taken over or decided; of what it is made of, those of each.

    Raises as say, and Invalid naming the years that are not there. Two queries more.
    """
    units = list(made_of(commune))
    decided = RecognitionDecision.objects.on_lists().filter(
        commune__in=units, round__kind=RoundKind.PERIODIC
    )
    there = set(decided.values_list("commune", "round__year"))
    if not there:
        raise Invalid(_("povreg has no list of the commune yet; take over the one in force first."))
    last = max(year for __, year in there)
    missing = [
        told for one in range(year, max(last, year) + 1) for told in _missing(one, units, there)
    ]
    if missing:
        told = _("povreg does not have the lists of these reviews: %(years)s.") % {
            "years": ", ".join(missing)
        }
        raise Invalid(told, fields={"year": [told]})
    say(commune=commune, year=year, by=by)


def _missing(year: int, units: list[Area], there: set[tuple[int, int]]) -> list[str]:
    """The review of the year, once for each unit of then whose list is not there."""
    of_then = [one for one in units if one.is_valid_on(complete_from.since(year))]
    missing = [one for one in of_then if (one.pk, year) not in there]
    if not of_then or (missing and len(units) == 1):
        return [str(year)]
    return [f"{year} ({one.name})" for one in missing]
