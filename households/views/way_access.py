"""Finding the round and the unit of a page about a way, within what the user may see."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from households import policies
from households.choices import AreaLevel
from households.models import Area, ReviewRound
from households.views import access


def unit_in_round(
    request: HttpRequest, round_pk: int, area_pk: int, level: AreaLevel
) -> tuple[ReviewRound, Area]:
    """403 for a role that reads no families, 404 for a unit of another area or another province's
    round. Two queries."""
    access.refuse_if(policies.why_not_read_households(request.user))
    branches = policies.rights(request.user).branches(policies.READS_HOUSEHOLDS)
    units = Area.objects.at(level).under_any(branches).select_related("parent")
    area: Area = get_object_or_404(units, pk=area_pk)
    above = [int(part) for part in area.path.split(".") if part]
    rounds = ReviewRound.objects.select_related("province")
    return get_object_or_404(rounds, pk=round_pk, province__in=above), area
