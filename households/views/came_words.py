"""How a household came onto the list, in words that say no more than the register knows."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from households.choices import HowIn
from households.models import RecognitionDecision, StatusPeriod
from households.services import complete_lists


def came(how_in: str, decision: RecognitionDecision) -> str:
    """Whoever was on no list that povreg has may have been on one of before: nobody is called newly
    arisen while the commune's lists do not reach back. One query for those."""
    if how_in == HowIn.NEW_ENTRY and not complete_lists.tells_who_arose(decision):
        return _("New on the list (re-fell or newly arisen: not enough data)")
    return str(HowIn(how_in).label)


def name_all(periods: Iterable[StatusPeriod]) -> None:
    """Puts the words on each as `came`. One query for each decision that brought somebody new."""
    told: dict[tuple[str, int], str] = {}
    for one in periods:
        key = (one.how_in, one.decision_in_id)
        if key not in told:
            told[key] = came(one.how_in, one.decision_in)
        one.came = told[key]  # type: ignore[attr-defined]
