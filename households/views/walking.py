"""The walk of a village: its households in order, with numbers to type."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import AreaLevel
from households.errors import Invalid, Refused
from households.models import Area
from households.queries import walking
from households.services import walking as walks
from households.views import access

_MOST = 9999


@require_http_methods(["GET", "HEAD", "POST"])
def village_walk(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: roles that read households, own villages only; numbers by who enters reviews."""
    access.refuse_if(policies.why_not_read_households(request.user))
    user = access.actor(request)
    visible = [one.pk for one in policies.visible_areas(user, AreaLevel.VILLAGE)]
    village = get_object_or_404(Area.objects.filter(pk__in=visible), pk=pk)
    stops = walking.of_village(village)
    wrong: dict[int, str] = {}
    if request.method == "POST":
        typed = {one.household_id: request.POST.get(f"no-{one.household_id}", "") for one in stops}
        wrong = {pk: text for pk, text in typed.items() if not _is_number(text)}
        if not wrong:
            return _save(request, village, typed)
    rows = [
        (one, wrong.get(one.household_id, one.walking_no or ""), one.household_id in wrong)
        for one in stops
    ]
    context = {
        "village": village,
        "rows": rows,
        "has_errors": bool(wrong),
        "why_not_write": policies.why_not_write_surveys(user, village),
    }
    return render(request, "households/village_walk.html", context, status=422 if wrong else 200)


def _is_number(text: str) -> bool:
    digits = text.strip()
    return not digits or (digits.isascii() and digits.isdecimal() and 0 < int(digits[:6]) <= _MOST)


def _save(request: HttpRequest, village: Area, typed: dict[int, str]) -> HttpResponse:
    numbers = {pk: int(text) if text.strip() else None for pk, text in typed.items()}
    try:
        count = walks.number(village=village, numbers=numbers, by=access.actor(request))
    except (Refused, Invalid) as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    words = ngettext("%(count)s number is saved.", "%(count)s numbers are saved.", count)
    messages.success(request, words % {"count": count} if count else _("Nothing was changed."))
    return redirect("households:village_walk", pk=village.pk)
