"""From lack to help: what is lacking and wanted in an area, beside what answers it."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from households import clock, policies
from households.choices import AreaLevel
from households.models import Area
from households.models.area_reach import made_of
from households.views import access
from programs.queries import lacks as queries
from programs.views.chosen_places import Chosen, chosen

_LEVELS = (AreaLevel.PROVINCE, AreaLevel.DISTRICT, AreaLevel.COMMUNE)


def asked(request: HttpRequest) -> tuple[Area, list[Area], queries.Lacks, Chosen]:
    """The area ?area= (else the highest in reach), those one may choose, and its figures.

    Policy: roles that read households; their own areas of a commune or more (404)."""
    access.refuse_if(policies.why_not_read_households(request.user))
    areas = list(policies.areas_in_reach(request.user).filter(level__in=_LEVELS))
    areas.sort(key=lambda one: (_LEVELS.index(AreaLevel(one.level)), one.folded_name))
    wanted = request.GET.get("area", "")
    found = next((one for one in areas if not wanted or str(one.pk) == wanted), None)
    if found is None:
        raise Http404
    communes = communes_of(found)
    years = chosen(request)
    told = queries.of_communes(
        [one.pk for one in communes], clock.today(), years.year,
        language=get_language() or "vi", area=found,
    )  # fmt: skip
    return found, areas, told, years


def communes_of(area: Area) -> Sequence[Area]:
    """Those below an area; of one commune itself, with those it was made of."""
    if area.level == AreaLevel.COMMUNE:
        return list(made_of(area))
    return list(Area.objects.under(area).at(AreaLevel.COMMUNE).real())


@require_safe
def lacks(request: HttpRequest) -> HttpResponse:
    """Lacks and wants of the listed households today, and what was given in ?year=. Policy: roles
    that read households; their own areas. About ten queries."""
    area, areas, told, years = asked(request)
    shown = {
        "area": area,
        "areas": areas,
        "lacks": told,
        "chosen": years,
        "today": clock.today(),
    }
    return render(request, "programs/lacks.html", shown)
