"""How households came onto the list, in words: "newly arisen" only where it can be known."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from households.choices import HowIn
from households.models import StatusPeriod
from households.queries import complete_from
from households.services import list_rules


def tell(periods: Iterable[StatusPeriod]) -> None:
    """Set `told_in` of each period, with its standard and decision_in. No query where nobody newly
    arose, else two."""
    rows = list(periods)
    fresh = [one for one in rows if one.how_in == HowIn.NEW_ENTRY]
    years = complete_from.known({one.decision_in.commune_id for one in fresh}) if fresh else {}
    for one in rows:
        is_known = one.how_in != HowIn.NEW_ENTRY or _reach_back(one, years)
        one.told_in = one.get_how_in_display() if is_known else not_enough()  # type: ignore[attr-defined]


def not_enough() -> str:
    """Of somebody who was on none of the lists that povreg has, which are not complete."""
    return _("Came onto the list; whether newly or again: not enough data")


def _reach_back(one: StatusPeriod, years: dict[int, int]) -> bool:
    """Whether the commune's lists are complete as far back as who re-fell is looked for."""
    year = years.get(one.decision_in.commune_id)
    looked_back_to = list_rules.relapse_looks_back_to(one.standard, one.valid_from)
    return year is not None and year < looked_back_to.year
