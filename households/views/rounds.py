"""The review rounds of one's provinces."""

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from households import policies
from households.choices import SurveyState
from households.models import ReviewRound, RoundStandard
from households.views import access


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    """Policy: whoever has an assignment; rounds of the provinces the user works in. No family is
    named here. Two queries."""
    areas = [held.area for held in policies.rights(access.actor(request)).assignments]
    provinces = {int(area.inner_path.split(".")[0]) for area in areas}
    rounds = (
        ReviewRound.objects.filter(province__in=provinces)
        .select_related("province")
        .prefetch_related(
            Prefetch("parts", queryset=RoundStandard.objects.select_related("standard"))
        )
        .annotate(
            complete=Count("surveys", filter=Q(surveys__state=SurveyState.COMPLETE)),
            begun=Count("surveys", filter=Q(surveys__state=SurveyState.DRAFT)),
        )
        .order_by("-as_of", "-pk")
    )
    return render(request, "households/round_list.html", {"rounds": rounds})
