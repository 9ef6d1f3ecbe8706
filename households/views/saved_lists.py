"""The user's saved lists: keeping the present filters under a name, and what becomes of them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from households import policies
from households.choices import InRound
from households.errors import Conflict, DomainError, Invalid
from households.forms.saved_lists import SavedListForm
from households.models import SavedList, User
from households.queries import saved_lists as shelves
from households.queries.list_order import Order
from households.services import saved_lists
from households.views import access, kept_words
from households.views.list_filters import places_of, sort_choices, wanted_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_list_page(request: HttpRequest) -> HttpResponse:
    """One's saved lists; the filters to be kept are those of the address. Policy:
    why_not_use_saved_lists, everyone for himself."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_use_saved_lists(user))
    words = kept_words.searched(request).words
    wanted = wanted_of(request.GET, places_of(user, request.GET), words)
    order = Order.read(request.GET.get("sort", ""))
    form = SavedListForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            kept = saved_lists.save(
                name=form.cleaned_data["name"], wanted=wanted, order=order, by=user
            )
        except DomainError as fault:
            form.add_error("name", str(fault.message))
        else:
            messages.success(request, _("The list “%(name)s” is saved.") % {"name": kept.name})
            query = shelves.query_of_list(wanted, order)
            return redirect(f"{reverse('households:household_list')}?{query}")
    context = {
        "form": form,
        "wanted": wanted,
        "in_round_label": InRound(wanted.in_round).label if wanted.in_round else "",
        "order_label": dict(sort_choices())[order.text],
        "is_worth_keeping": saved_lists.is_worth_keeping(wanted, order),
        "why_not_save": policies.why_not_save_list(user),
        "shelves": shelves.of_user(user),
    }
    status = 422 if form.errors else 200
    return render(request, "households/saved_lists.html", context, status=status)


@require_POST
def saved_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, delete, open with it. Policy: one's own; another's is not found."""
    user = access.actor(request)
    access.refuse_if(policies.why_not_use_saved_lists(user))
    saved = get_object_or_404(SavedList, pk=pk, user=user)
    try:
        told = _done(saved, user, request.POST.get("act", ""), request.POST.get("name", ""))
    except (Invalid, Conflict) as fault:
        messages.error(request, str(fault.message))
    else:
        messages.success(request, told)
    return redirect("households:saved_lists")


def _done(saved: SavedList, user: User, act: str, name: str) -> str:
    """Does what the button says; a sentence of it. Raises Invalid, Conflict."""
    if act == "rename":
        saved_lists.rename(saved=saved, name=name, by=user)
        return _("The list is renamed.")
    if act == "delete":
        saved_lists.delete(saved=saved, by=user)
        return _("The list “%(name)s” is deleted.") % {"name": saved.name}
    if act in ("first", "not_first"):
        saved_lists.open_with(saved=saved, is_default=act == "first", by=user)
        if act == "first":
            return _("The household list opens with “%(name)s” now.") % {"name": saved.name}
        return _("The household list opens with all households now.")
    raise Invalid(_("This cannot be done with a saved list."))
