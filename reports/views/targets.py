"""Targets of the poverty reduction: the table of a year, and setting them."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.errors import Invalid
from households.models import Area
from households.views import access, way_offers
from reports.choices import TargetWhom
from reports.forms.targets import BasisForm, WithdrawForm, read_points
from reports.models import ReductionTarget
from reports.policies.targets import target_areas, why_not_keep_targets
from reports.queries import targets as queries
from reports.services import targets
from reports.services.targets import Aim
from reports.views import targets_scope
from reports.views.targets_scope import Scope


@dataclass(frozen=True)
class Row:
    """A unit with its target (None: there is none), in words, and what is typed. `is_above` marks
    units above the area: told, not changed here."""

    area: Area
    target: ReductionTarget | None
    is_above: bool = False
    typed: str = ""

    @property
    def points(self) -> str:
        return queries.words(self.target) if self.target else ""


@never_cache
@require_http_methods(["GET", "HEAD"])
def target_list(request: HttpRequest) -> HttpResponse:
    """The targets of a year: of the area, those above it and those right below. Policy:
    why_not_read_targets; another's area does not exist (404)."""
    scope = targets_scope.asked(request)
    shown = {
        "scope": scope,
        "rows": _rows(scope, {}),
        "whoms": TargetWhom,
        "why_not": why_not_keep_targets(request.user, scope.area),
    }
    return render(request, "reports/targets.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def target_entry(request: HttpRequest) -> HttpResponseBase:
    """Typing the targets of an area and the units right below it. Policy: why_not_keep_targets for
    the area; another's area does not exist (404)."""
    access.refuse_if(why_not_keep_targets(request.user))
    scope = targets_scope.asked(request)
    access.refuse_if(why_not_keep_targets(request.user, scope.area))
    form, typed, status = BasisForm(), dict[int, str](), 200
    if request.method == "POST":
        form = BasisForm(request.POST)
        typed = {one.pk: request.POST.get(f"unit-{one.pk}", "").strip() for one in scope.units}
        if _is_saved(request, scope, form, typed):
            return redirect(f"{reverse('reports:target_list')}?{scope.to_this}")
        status = 422
    shown = {"scope": scope, "rows": _rows(scope, typed), "form": form, "whoms": TargetWhom}
    return render(request, "reports/target_entry.html", shown, status=status)


def _rows(scope: Scope, typed: Mapping[int, str]) -> list[Row]:
    units = [*scope.above, *scope.units]
    found = queries.of_year(units, scope.year, scope.standard, scope.whom)
    return [Row(one, found.get(one.pk), one in scope.above, typed.get(one.pk, "")) for one in units]


def _is_saved(
    request: HttpRequest, scope: Scope, form: BasisForm, typed: Mapping[int, str]
) -> bool:
    def act() -> str:
        number = targets.state(
            year=scope.year, standard=scope.standard, whom=scope.whom,
            aims=[_aim(one, typed[one.pk]) for one in scope.units if typed[one.pk]],
            basis=form.basis(), by=access.actor(request),
        )  # fmt: skip
        words = ngettext("%(count)s target is saved.", "%(count)s targets are saved.", number)
        return words % {"count": number} if number else _("Nothing was changed.")

    return way_offers.is_done(request, form, act, "")


def _aim(area: Area, typed: str) -> Aim:
    points = read_points(typed)
    if points is None:
        raise Invalid(_("%(area)s: write points as 2-2,5 or 3 or >3.") % {"area": area.name})
    return Aim(area, points)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def target_withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Taking one target back, with the reason. Policy: why_not_keep_targets for its area; one of
    another area does not exist (404)."""
    access.refuse_if(why_not_keep_targets(request.user))
    own = ReductionTarget.objects.filter(area__in=target_areas(request.user).values("pk"))
    target = get_object_or_404(own.select_related("area", "standard"), pk=pk)
    access.refuse_if(why_not_keep_targets(request.user, target.area))
    form, status = WithdrawForm(), 200
    to_list = f"{reverse('reports:target_list')}?year={target.year}&whom={target.whom}"
    if request.method == "POST":
        form = WithdrawForm(request.POST)

        def act() -> None:
            reason = form.cleaned_data["reason"]
            targets.withdraw(target=target, reason=reason, by=access.actor(request))

        if way_offers.is_done(request, form, act, _("The target is taken back.")):
            return redirect(to_list)
        status = 422
    shown = {"row": Row(target.area, target), "form": form, "to_list": to_list}
    return render(request, "reports/target_withdraw.html", shown, status=status)
