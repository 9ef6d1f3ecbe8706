"""A row of a list that nobody was found for: looked for by hand, recorded, or set aside."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import AreaLevel
from households.forms.steps import SaysFaults
from households.models import Person
from households.views import access, kept_words, way_offers
from programs.choices import Recipient
from programs.forms.benefit_lists import OutsideRowForm, SetAsideForm
from programs.forms.keys import key_of
from programs.models import BenefitListRow
from programs.policies.benefit_lists import visible_list_rows, why_not_settle_row
from programs.queries import benefit_lists
from programs.services.benefit_lists import settling
from programs.views import benefit_list_words
from programs.views.benefit_lists import seen

_ACTS = ("match", "outside", "aside")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_row(request: HttpRequest, uuid: UUID, line: int) -> HttpResponse:
    """One row, and whom it may be about. Words to look for are posted, and answered with an address
    that holds no personal number. Policy: visible_benefit_lists, visible_list_rows; to settle it
    why_not_settle_row, and a household one may read."""
    listed = seen(request, uuid)
    user = access.actor(request)
    rows = visible_list_rows(user, listed).select_related("of_list__programme", "of_list__area")
    rows = rows.select_related("household__card", "person", "terms", "commune")
    row = get_object_or_404(rows, line=line)
    why_not = why_not_settle_row(user, row)
    if request.method == "POST":
        access.refuse_if(why_not)
    if elsewhere := kept_words.sent_on(request):
        return redirect(elsewhere)
    places = benefit_lists.areas_for(user, AreaLevel.COMMUNE)
    posted = request.POST if request.method == "POST" else None
    act = request.POST.get("act", "")
    forms: dict[str, SaysFaults] = {
        "outside": OutsideRowForm(posted if act == "outside" else None, row=row, places=places),
        "aside": SetAsideForm(posted if act == "aside" else None),
        "match": SaysFaults(posted if act == "match" else None),
    }
    if posted is not None and act in _ACTS and _is_settled(request, row, act, forms[act]):
        return redirect(reverse("programs:benefit_list", args=[listed.uuid]) + "?show=unmatched")
    searched = kept_words.searched(request)
    (shown,) = benefit_list_words.shown(user, listed, [row])
    context = {
        "listed": listed,
        "shown": shown,
        "row": row,
        "why_not": why_not,
        "searched": searched,
        "found": benefit_lists.candidates(user, listed.programme, searched.words),
        "outside": forms["outside"],
        "aside": forms["aside"],
        "match": forms["match"] if act == "match" else None,
    }
    status = 422 if posted is not None else 200
    return render(request, "programs/benefit_list_row.html", context, status=status)


def _is_settled(request: HttpRequest, row: BenefitListRow, act: str, form: SaysFaults) -> bool:
    by = access.actor(request)

    def settle() -> None:
        if act == "aside":
            settling.set_aside(row=row, reason=form.cleaned_data["reason"], by=by)
        elif isinstance(form, OutsideRowForm):
            place = form.places[form.cleaned_data["place"]]
            ground = form.cleaned_data["ground"]
            settling.record_outside(row=row, place=place, ground=ground, by=by)
        else:
            _match(request, row)

    return way_offers.is_done(request, form, settle, _("It is recorded."))


def _match(request: HttpRequest, row: BenefitListRow) -> None:
    """Record it for the household, or the member, that was chosen."""
    wanted = request.POST.get("household", "")
    household = get_object_or_404(policies.visible_households(request.user), pk=key_of(wanted))
    person = None
    if row.of_list.programme.recipient == Recipient.PERSON:
        chosen = request.POST.get("person", "")
        person = get_object_or_404(
            Person.objects.filter(memberships__household=household).distinct(),
            pk=key_of(chosen),
        )
    made = settling.record(row=row, household=household, person=person, by=access.actor(request))
    for told in settling.warnings_of(row, made):
        messages.warning(request, told)
