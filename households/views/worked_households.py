"""Entering and removing the worked households beside a point table."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from households.errors import Invalid, Refused
from households.forms.point_tables import WorkedHouseholdForm
from households.services import standards, worked_households
from households.views import access, point_tables, standard_words


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a worked household. Policy: why_not_change_draft."""
    table = point_tables.find(code)
    user = access.actor(request)
    access.refuse_if(worked_households.why_not_change_draft(user, table))
    rules = standards.rules_of_table(table)
    form = WorkedHouseholdForm(request.POST or None, rules=rules)
    if request.method == "POST" and form.is_valid():
        try:
            worked_households.add(
                table=table,
                name=form.cleaned_data["name"],
                variant=form.cleaned_data["variant"],
                answers=form.answers,
                expected_b1_points=form.cleaned_data["expected_b1_points"],
                by=user,
            )
        except Invalid as invalid:
            for name, told in invalid.fields.items():
                form.add_error(name if name in form.fields else None, [str(one) for one in told])
        else:
            messages.success(request, _("The worked household is entered."))
            return redirect("households:point_table", code)
    return render(
        request,
        "households/standards/worked_household_form.html",
        {"table": table, "name": standard_words.label(rules.name), "form": form},
        status=422 if form.errors else 200,
    )


@require_POST
def remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take one away again. Policy: why_not_change_draft."""
    table = point_tables.find(code)
    worked = get_object_or_404(table.worked_households.select_related("point_table"), pk=pk)
    try:
        worked_households.remove(worked=worked, by=access.actor(request))
    except Refused as refusal:
        access.refuse_if(str(refusal.message))
    messages.success(request, _("The worked household is removed."))
    return redirect("households:point_table", code)
