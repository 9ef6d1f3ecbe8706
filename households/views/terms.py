"""Terms of the procedure and the calendar of working days: what is in force, and setting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households import clock, policies
from households.errors import Conflict, Invalid
from households.forms.terms import SpecialDayForm, TermForm
from households.models import SpecialDay
from households.queries import terms as terms_in_force
from households.services import terms
from households.views import access

#: Of past holidays nobody asks any more.
_DAYS_SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
def show_terms(request: HttpRequest) -> HttpResponse:
    """Policy: whoever is logged in reads; setting by why_not_set_terms."""
    user = access.actor(request)
    in_force = terms_in_force.in_force(clock.today())
    term_form, day_form = TermForm(terms=in_force, prefix="term"), SpecialDayForm(prefix="day")
    if request.method == "POST":
        access.refuse_if(policies.why_not_set_terms(user))
        is_day = request.POST.get("set") == "day"
        if is_day:
            form: SpecialDayForm | TermForm = SpecialDayForm(request.POST, prefix="day")
            day_form = form  # type: ignore[assignment]
        else:
            form = TermForm(request.POST, terms=in_force, prefix="term")
            term_form = form
        if form.is_valid():
            try:
                service = terms.set_day if is_day else terms.set_term
                service(by=user, **form.cleaned_data)
            except Invalid as fault:
                form.add_faults(fault.fields, fault.message)
            except Conflict as clash:
                form.add_error(None, str(clash.message))
            else:
                messages.success(request, _("It is set."))
                return redirect("households:terms")
    bad = bool(term_form.errors or day_form.errors)
    coming = SpecialDay.objects.filter(day__gte=clock.today())[:_DAYS_SHOWN]
    shown = {
        "terms": in_force.by_name.values(),
        "days": coming,
        "why_not_set": policies.why_not_set_terms(user),
        "term_form": term_form,
        "day_form": day_form,
    }
    return render(request, "households/terms.html", shown, status=422 if bad else 200)
