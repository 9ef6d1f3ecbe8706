"""The rules of houses: steps with their norms, ceilings, criteria, and vouching for them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from households import policies as household_policies
from households.errors import Conflict, Invalid
from households.views import access
from programs import policies
from programs.forms.programmes import ConfirmTermsForm
from programs.forms.stated_terms import CeilingForm, StageNormForm
from programs.models import HousingCeiling, HousingCriterion, HousingStage
from programs.services import house_norms
from programs.workflow.houses import MEETING

Row = HousingCeiling | HousingStage | HousingCriterion


@dataclass(frozen=True)
class RuleRow:
    """A row of the rules, with the form for those who may state it."""

    rule: Row
    form: forms.Form | None


@require_safe
def housing_rules(request: HttpRequest) -> HttpResponse:
    """Policy: whoever is logged in reads the rules; the forms are for those who may state them."""
    return _page(request)


@require_POST
def housing_ceiling(request: HttpRequest, pk: int) -> HttpResponse:
    """State a ceiling with its source. Policy: why_not_confirm_terms of its terms."""
    row = get_object_or_404(HousingCeiling.objects.select_related("terms__owner"), pk=pk)
    access.refuse_if(policies.why_not_confirm_terms(request.user, row.terms))
    return _stated(
        request, row, lambda by, kept: house_norms.state_ceiling(ceiling=row, by=by, **kept)
    )


@require_POST
def housing_norm(request: HttpRequest, pk: int) -> HttpResponse:
    """State the norm of a step with its source. Policy: why_not_keep_standards."""
    access.refuse_if(household_policies.why_not_keep_standards(request.user))
    row = get_object_or_404(HousingStage.objects.exclude(code=MEETING), pk=pk)
    return _stated(request, row, lambda by, kept: house_norms.state_norm(stage=row, by=by, **kept))


@require_POST
def housing_criterion(request: HttpRequest, pk: int) -> HttpResponse:
    """Vouch for a criterion of priority. Policy: why_not_keep_standards."""
    access.refuse_if(household_policies.why_not_keep_standards(request.user))
    row = get_object_or_404(HousingCriterion, pk=pk)
    return _stated(
        request, row, lambda by, kept: house_norms.confirm_criterion(criterion=row, by=by, **kept)
    )


def _stated(request: HttpRequest, row: Row, act: Callable[[Any, Any], object]) -> HttpResponse:
    form = _form(row, request)
    if form.is_valid():
        try:
            act(access.actor(request), form.cleaned_data)
        except (Invalid, Conflict) as fault:
            form.add_error(None, str(fault.message))
    if form.errors:
        return _page(request, form, status=422)
    messages.success(request, _("It is recorded."))
    return redirect("programs:housing_rules")


def _form(row: Row, request: HttpRequest | None = None) -> forms.Form:
    """Empty or as typed; its auto_id names the row."""
    kinds: dict[type[Row], tuple[str, type[forms.Form], str]] = {
        HousingCeiling: ("c", CeilingForm, "ceiling_vnd"),
        HousingStage: ("s", StageNormForm, "norm_days"),
        HousingCriterion: ("k", ConfirmTermsForm, ""),
    }
    letter, kind, number = kinds[type(row)]
    return kind(
        request.POST if request else None,
        auto_id=f"{letter}{row.pk}_%s",
        initial={number: getattr(row, number)} if number else {},
    )


def _page(
    request: HttpRequest, typed: forms.Form | None = None, *, status: int = 200
) -> HttpResponse:
    keeps = household_policies.why_not_keep_standards(request.user) is None

    def row(one: Row, *, may_state: bool) -> RuleRow:
        form = _form(one) if may_state else None
        if form and typed and typed.auto_id == form.auto_id:
            form = typed
        return RuleRow(one, form)

    ceilings = HousingCeiling.objects.select_related("terms__programme", "terms__owner")
    context = {
        "stages": [
            row(one, may_state=keeps and one.code != MEETING) for one in HousingStage.objects.all()
        ],
        "ceilings": [
            row(one, may_state=policies.why_not_confirm_terms(request.user, one.terms) is None)
            for one in ceilings.order_by(
                F("terms__valid_from").desc(), "terms__ground", "terms", "build", "line"
            )
        ],
        "criteria": [
            row(one, may_state=keeps and bool(one.doubt)) for one in HousingCriterion.objects.all()
        ],
        "keeps": keeps,
    }
    return render(request, "programs/house_rules.html", context, status=status)
