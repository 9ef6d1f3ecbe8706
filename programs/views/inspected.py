"""The file that an inspection opens, with the support that its households got."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from households.models import Inspection
from households.templatetags.povreg import number
from households.views import inspections
from programs.models import Benefit
from programs.queries import received


@never_cache
@require_POST
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """One PDF; the look is recorded first. Policy: why_not_inspect."""
    return inspections.dossier(request, pk, _received)


def _received(found: Inspection, households: Collection[int]) -> dict[int, list[str]]:
    """Vietnamese, as the paper is. One query."""
    years = (found.first_year, found.last_year)
    with override("vi"):
        return {
            pk: [_told(one) for one in rows]
            for pk, rows in received.of_households(households, years).items()
        }


def _told(one: Benefit) -> str:
    """What it was, for whom, from which paper and ground, and who recorded it."""
    parts = [f"{date_format(one.acted_on, 'd/m/Y')}: {one.programme.name}"]
    if one.person:
        parts.append(one.person.full_name)
    parts.append(str(one.get_state_display()).lower())
    if one.amount_vnd is not None:
        parts.append(f"{number(one.amount_vnd)} đồng")
    if one.number:
        parts.append(f"số {one.number}")
    if one.terms:
        parts.append(f"diện: {one.terms.name}")
    if one.reason:
        parts.append(one.reason)
    parts.append(f"người ghi {one.recorded_by}")
    return ", ".join(parts)
