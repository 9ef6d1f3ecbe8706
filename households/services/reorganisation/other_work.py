"""Work of other apps that is open in the units of an act. This app knows none of it: settings name
who tells (TELL_OPEN_WORK, dotted paths), as they name middleware."""

from collections.abc import Callable, Sequence
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from households.choices import AreaLevel
from households.models import Area
from households.services.reorganisation.facts import PartFacts
from households.services.reorganisation.plans import Obstacle

#: Of these communes: what is open, and how it is finished.
Teller = Callable[[Sequence[Area]], list[Obstacle]]


def of(facts: PartFacts) -> list[Obstacle]:
    """What each teller says of the communes that end or change."""
    communes = [one for one in facts.units if one.level == AreaLevel.COMMUNE] or facts.communes
    return [told for teller in _tellers() for told in teller(communes)]


@cache
def _tellers() -> tuple[Teller, ...]:
    return tuple(import_string(path) for path in settings.TELL_OPEN_WORK)
