"""Pages of figures drawn before anybody asks, where figures changed: lists of a whole province take
seconds to compare, and nobody should wait for that."""

from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from households import clock
from households.choices import AreaLevel
from households.models import Area, ReviewRound
from reports.choices import OfClass, PlaceView
from reports.forms.figure_questions import Typed
from reports.queries import rounds_on_offer
from reports.views.dashboard import drawn_of
from reports.views.figure_scope import NoFigures, scope_of

#: Those that most readers ask for.
_NEWEST_ROUNDS: Final = 3


def first_pages() -> int:
    """The page that the department sees first, of every province with rounds; how many."""
    return sum(_draw(area, "") for area in _provinces())


def pages() -> int:
    """Of provinces and their districts in the newest rounds; how many. What did not change costs a
    few queries."""
    drawn = 0
    for province in _provinces():
        districts = Area.objects.on(clock.today()).at(AreaLevel.DISTRICT).real().under(province)
        for area in (province, *districts):
            offered = rounds_on_offer.of(area)[:_NEWEST_ROUNDS]
            drawn += sum(_draw(area, one.round.key) for one in offered)
    return drawn


def _provinces() -> list[Area]:
    reviewed = ReviewRound.objects.values("province")
    return list(Area.objects.on(clock.today()).real().filter(pk__in=reviewed))


def _draw(area: Area, round: str) -> int:
    """In the first language, for who may open lists. 0 where there is nothing to show."""
    wanted = Typed(area.pk, round, "", None, None, None, PlaceView.MAP, OfClass.POOR)
    with translation.override(settings.LANGUAGE_CODE):
        try:
            scope = scope_of(AnonymousUser(), Area.objects.all(), wanted, may_list=True)
        except NoFigures:
            return 0
        drawn_of(scope)
    return 1
