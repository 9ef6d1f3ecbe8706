"""Handing over all open work of one person: choose to whom, see what will happen, do it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from households import policies
from households.errors import Invalid, Refused
from households.forms.handover import HandOverForm
from households.services import handover
from households.views import access, accounts


@require_http_methods(["GET", "HEAD", "POST"])
def user_hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """POST without act=do only tells. Policy: why_not_manage_account of both accounts."""
    actor = accounts.keeper(request)
    giver = accounts.known(actor, pk)
    access.refuse_if(policies.why_not_manage_account(actor, giver))
    takers = accounts.known_users(actor).filter(is_active=True).exclude(pk=giver.pk)
    form = HandOverForm(request.POST or None, takers=takers.order_by("full_name", "username"))
    told = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        taker, whole = given["taker"], given["with_assignments"]
        try:
            if request.POST.get("act") == "do":
                done = handover.hand_over(
                    giver=giver, taker=taker, by=actor, with_assignments=whole, close=given["close"]
                )
                count = len(done.forms)
                words = ngettext(
                    "%(count)s form now belongs to %(who)s.",
                    "%(count)s forms now belong to %(who)s.",
                    count,
                )
                messages.success(request, words % {"count": count, "who": taker})
                return redirect("households:user", pk=giver.pk)
            told = handover.plan(giver=giver, taker=taker, by=actor, with_assignments=whole)
        except Invalid as fault:
            form.add_error("taker", str(fault.message))
        except Refused as refusal:
            raise PermissionDenied(str(refusal.message)) from refusal
    context = {"account": giver, "form": form, "plan": told}
    return render(request, "households/hand_over.html", context, status=422 if form.errors else 200)
