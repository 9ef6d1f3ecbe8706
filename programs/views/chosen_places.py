"""Which commune and year a list of programmes is about: by its address, within one's areas."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import AreaLevel
from households.models import Area, User
from households.models.area_reach import made_of
from households.rights import rights
from households.views import access
from programs.policies import RECORDS_BENEFITS

_YEARS_BACK = 6


@dataclass(frozen=True)
class Chosen:
    """`communes`: those one may choose. `commune`: the chosen, or the only one; None is all."""

    communes: list[Area]
    commune: Area | None
    year: int
    years: list[int]

    def communes_then(self) -> list[Area] | None:
        """The chosen one with those it was made of; None for all."""
        return list(made_of(self.commune)) if self.commune else None


def chosen(request: HttpRequest, *, years_ahead: int = 0) -> Chosen:
    """By ?commune= and ?year= (this year, or so many `years_ahead`, unless it says); 404 for a
    commune of another area. Policy: roles that read households. Two queries."""
    access.refuse_if(policies.why_not_read_households(request.user))
    communes = policies.visible_areas(request.user, AreaLevel.COMMUNE)
    communes.sort(key=lambda one: one.folded_name)
    this_year = clock.today().year
    years = list(range(this_year + 1, this_year - _YEARS_BACK, -1))
    asked = request.GET.get("year", "")
    year = int(asked) if asked in map(str, years) else this_year + years_ahead
    return Chosen(communes, _named(request, communes), year, years)


def _named(request: HttpRequest, communes: list[Area]) -> Area | None:
    wanted = request.GET.get("commune", "")
    if not wanted:
        return communes[0] if len(communes) == 1 else None
    found = next((one for one in communes if str(one.pk) == wanted), None)
    if found is None:
        raise Http404
    return found


def recorded_communes(user: User) -> list[Area]:
    """Those of today in which the user records support. One query."""
    branches = rights(user).branches(RECORDS_BENEFITS)
    found = Area.objects.at(AreaLevel.COMMUNE).under_any(branches).on(clock.today()).real()
    return list(found.select_related("parent").order_by("folded_name"))


def recorded_commune(request: HttpRequest) -> tuple[list[Area], Area | None]:
    """The communes in which the user records, and the one of ?commune= or the only one. 403 for
    who records nothing, 404 for one of another area."""
    user = access.actor(request)
    access.refuse_if(why_records_nowhere(user))
    communes = recorded_communes(user)
    return communes, _named(request, communes)


def why_records_nowhere(user: User) -> str | None:
    if rights(user).holds_anywhere(RECORDS_BENEFITS) and not user.is_practising:
        return None
    return _("Only the commune officer of this area or the department records support.")


def why_plans_nowhere(user: User) -> str | None:
    """As why_not_plan, before a commune is chosen."""
    if rights(user).holds_anywhere(RECORDS_BENEFITS) and not user.is_practising:
        return None
    return _("Only the commune officer and the department see the plan list.")


def villages_of(commune: Area) -> list[Area]:
    """Of today. One query."""
    found = Area.objects.filter(parent=commune, level=AreaLevel.VILLAGE).on(clock.today())
    return list(found.order_by("folded_name"))
