"""Accounts and assignments: administrators and departments in their areas, the commune in its."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.errors import Conflict, Invalid, Refused
from households.forms.users import AssignmentForm, NewUserForm
from households.models import Assignment, User
from households.queries import area_types
from households.services import second_factor, users
from households.views import accounts


@dataclass(frozen=True)
class Held:
    """An assignment as pages tell it: with the word for its unit, and whether it still holds."""

    assignment: Assignment
    unit: str
    is_current: bool


@dataclass(frozen=True)
class AccountRow:
    """A line of the list of accounts."""

    account: User
    held: list[Held]

    @property
    def has_password(self) -> bool:
        return self.account.has_usable_password()


@require_safe
def user_list(request: HttpRequest) -> HttpResponse:
    """Policy: MANAGES_ACCOUNTS; accounts of the user's own areas. A fixed number of queries."""
    known, words = known_as_asked(request)
    rows = account_rows(list(known[:MOST_SHOWN]))
    shown = {
        "rows": rows,
        "words": words,
        "changes_map": policies.why_not_see_reorganisations(request.user) is None,
        "keeps_systems": policies.why_not_keep_api_clients(request.user) is None,
    }
    return render(request, "households/user_list.html", shown)


def known_as_asked(request: HttpRequest) -> tuple[QuerySet[User], str]:
    """Accounts of the user's own areas as the address narrows them, and the words it has."""
    known = accounts.known_users(accounts.keeper(request)).order_by("full_name", "username")
    words = request.GET.get("q", "").replace("\x00", "").strip()
    if words:
        known = known.filter(
            Q(full_name__icontains=words) | Q(username__icontains=words) | Q(phone__contains=words)
        )
    return known, words


def account_rows(shown: list[User]) -> list[AccountRow]:
    """With what each holds today. Two queries, whatever their number."""
    held = Assignment.objects.on(clock.today()).filter(user__in=shown).select_related("area")
    current: dict[int, list[Held]] = {}
    for one in _told(list(held.order_by("pk"))):
        current.setdefault(one.assignment.user_id, []).append(one)
    return [AccountRow(one, current.get(one.pk, [])) for one in shown]


MOST_SHOWN = 200


def _told(assignments: list[Assignment]) -> list[Held]:
    words = area_types.type_words(one.area for one in assignments)
    today = clock.today()
    return [
        Held(one, words[one.area_id], one.valid_to is None or one.valid_to >= today)
        for one in assignments
    ]


def _form(actor: User, given: QueryDict | None = None) -> AssignmentForm:
    return AssignmentForm(given, **_choices(actor))


def _choices(actor: User) -> dict[str, Any]:
    units = accounts.units(actor)
    return {
        "units": units,
        "unit_types": area_types.type_words(units),
        "roles": policies.roles_to_give(actor),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def user_new(request: HttpRequest) -> HttpResponse:
    """Policy: why_not_give_role for the chosen role and area."""
    actor = accounts.keeper(request)
    form = NewUserForm(request.POST or None, **_choices(actor))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = users.create_user(
                username=given["username"],
                full_name=given["full_name"],
                phone=given["phone"],
                role=given["role"],
                area=given["area"],
                by=actor,
            )
        except Conflict as clash:
            form.add_error("username", str(clash.message))
        except (Refused, Invalid) as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The account is made. Now make its one-time link."))
            return redirect("households:user", pk=made.pk)
    status = 422 if form.errors else 200
    return render(request, "households/user_new.html", {"form": form}, status=status)


@require_safe
def user(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: MANAGES_ACCOUNTS; an account of other areas is not found."""
    actor = accounts.keeper(request)
    return _page(request, actor, accounts.known(actor, pk), _form(actor))


def _page(
    request: HttpRequest,
    actor: User,
    account: User,
    form: AssignmentForm,
    *,
    link: str = "",
    status: int = 200,
) -> HttpResponse:
    assignments = account.assignments.select_related("area").order_by("-valid_from", "-pk")
    return render(
        request,
        "households/user.html",
        {
            "account": account,
            "assignments": _told(list(assignments)),
            "form": form,
            "link": link,
            "why_no_link": policies.why_not_reset_password(actor, account),
            "has_second_factor": second_factor.is_on(account),
        },
        status=status,
    )


@require_POST
@never_cache
def user_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows a one-time link once, to be handed over; audited. Policy: why_not_reset_password."""
    actor = accounts.keeper(request)
    account = accounts.known(actor, pk)
    try:
        uid, token = users.one_time_link(user=account, by=actor)
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    path = reverse("password_reset_confirm", args=[uid, token])
    form = _form(actor)
    return _page(request, actor, account, form, link=request.build_absolute_uri(path))


@require_POST
def user_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: why_not_give_role."""
    actor = accounts.keeper(request)
    account = accounts.known(actor, pk)
    form = _form(actor, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            users.assign(user=account, role=given["role"], area=given["area"], by=actor)
        except (Refused, Conflict) as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The assignment holds from today."))
            return redirect("households:user", pk=account.pk)
    return _page(request, actor, account, form, status=422)


@require_POST
def assignment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: why_not_give_role; nobody ends his own."""
    actor = accounts.keeper(request)
    held = Assignment.objects.filter(area__in=accounts.areas_of(actor)).select_related(
        "area", "user"
    )
    assignment = get_object_or_404(held, pk=pk)
    try:
        users.end_assignment(assignment=assignment, by=actor)
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    messages.success(request, _("The assignment has ended."))
    return redirect("households:user", pk=assignment.user_id)
