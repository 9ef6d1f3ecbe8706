"""One's own household and those of relatives: declared by oneself or by who manages the account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from households import policies
from households.choices import TieKind
from households.errors import Conflict, Refused
from households.forms.ties import TieForm
from households.models import DeclaredTie, User
from households.queries import tie_search
from households.services import ties
from households.views import access, accounts, kept_words


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_ties(request: HttpRequest) -> HttpResponse:
    """Policy: everyone for himself, among the households he reads."""
    user = access.actor(request)
    return _page(request, user, user, reverse("households:my_ties"))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def user_ties(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: why_not_declare_ties; an account of other areas is not found."""
    actor = accounts.keeper(request)
    account = accounts.known(actor, pk)
    return _page(request, actor, account, reverse("households:user_ties", args=[pk]))


def _page(request: HttpRequest, actor: User, account: User, url: str) -> HttpResponse:
    """Words to look for are posted, and answered with an address that holds no personal number."""
    if elsewhere := kept_words.sent_on(request):
        return redirect(elsewhere)
    problem, status = policies.why_not_declare_ties(actor, account) or "", 200
    if request.method == "POST":
        problem = problem or _declare(request, actor, account)
        if not problem:
            return redirect(url)
        status = 422
    searched = kept_words.searched(request)
    declared = tie_search.of_user(account, seen_by=actor)
    known = {row.tie.household_id for row in declared}
    found = tie_search.find(actor, account, searched.words)
    context = {
        "account": account,
        "is_own": account.pk == actor.pk,
        "declared": [(row, policies.why_not_end_tie(actor, row.tie)) for row in declared],
        "found": [(row, row.pk in known) for row in found],
        "kinds": TieKind,
        "searched": searched,
        "problem": problem,
        "is_reader": policies.why_not_read_households(actor) is None,
    }
    return render(request, "households/ties.html", context, status=status)


def _declare(request: HttpRequest, actor: User, account: User) -> str:
    """Why it was not declared; empty when it is."""
    form = TieForm(request.POST, households=policies.declarable_households(actor, account))
    if not form.is_valid():
        return _("Choose a household of your area, and what it is.")
    given = form.cleaned_data
    try:
        ties.declare(user=account, household=given["household"], kind=given["kind"], by=actor)
    except (Conflict, Refused) as refusal:
        return str(refusal.message)
    messages.success(request, _("Declared. Another person enters the review of this household."))
    return ""


@require_POST
def tie_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: why_not_end_tie; those of other areas' accounts are not found."""
    actor = accounts.keeper(request)
    declared = DeclaredTie.objects.select_related("user", "household")
    tie = get_object_or_404(declared.filter(user__in=accounts.known_users(actor)), pk=pk)
    try:
        ties.end(tie=tie, by=actor)
    except Refused as refusal:
        access.refuse_if(str(refusal.message))
    except Conflict as clash:
        messages.info(request, str(clash.message))
    else:
        messages.success(request, _("The declaration is taken back."))
    return redirect("households:user_ties", pk=tie.user_id)
