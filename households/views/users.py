"""Accounts and assignments, for administrators and the department in their own areas."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import clock, policies
from households.choices import AreaLevel
from households.errors import Conflict, Invalid, Refused
from households.forms.users import AssignmentForm, NewUserForm
from households.models import Area, Assignment, User
from households.services import users
from households.views import access


def _assigner(request: HttpRequest) -> User:
    """403 for who assigns nobody."""
    user = access.actor(request)
    if not policies.rights(user).holds_anywhere(policies.ASSIGNS_USERS):
        raise PermissionDenied(
            _("Only the administrator or the department assigns users, in their own area.")
        )
    return user


def _own_areas(user: User, level: AreaLevel | None = None):  # type: ignore[no-untyped-def]
    branches = policies.rights(user).branches(policies.ASSIGNS_USERS)
    areas = Area.objects.under_any(branches)
    return areas.at(level) if level else areas


def _units(user: User) -> list[Area]:
    """Provinces, districts and communes of today in the user's areas."""
    units = _own_areas(user).on(clock.today()).exclude(level=AreaLevel.VILLAGE)
    return list(units.order_by("path", "folded_name"))


def _known_users(user: User):  # type: ignore[no-untyped-def]
    """Those who have or had an assignment in the user's areas."""
    held = Assignment.objects.filter(area__in=_own_areas(user))
    return User.objects.filter(pk__in=held.values("user"))


@require_safe
def user_list(request: HttpRequest) -> HttpResponse:
    """Policy: ASSIGNS_USERS; accounts of the user's own areas. A fixed number of queries."""
    known = _known_users(_assigner(request)).order_by("full_name", "username")
    words = request.GET.get("q", "").replace("\x00", "").strip()
    if words:
        known = known.filter(full_name__icontains=words) | known.filter(username__icontains=words)
    shown = list(known[:MOST_SHOWN])
    current: dict[int, list[Assignment]] = {}
    held = Assignment.objects.on(clock.today()).filter(user__in=shown).select_related("area")
    for assignment in held.order_by("pk"):
        current.setdefault(assignment.user_id, []).append(assignment)
    rows = [(one, current.get(one.pk, [])) for one in shown]
    return render(request, "households/user_list.html", {"rows": rows, "words": words})


MOST_SHOWN = 200


@require_http_methods(["GET", "HEAD", "POST"])
def user_new(request: HttpRequest) -> HttpResponse:
    """Policy: why_not_give_role for the chosen role and area."""
    actor = _assigner(request)
    form = NewUserForm(request.POST or None, units=_units(actor))
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
    """Policy: ASSIGNS_USERS; an account of other areas is not found."""
    actor = _assigner(request)
    return _page(request, actor, _known(actor, pk), AssignmentForm(units=_units(actor)))


def _known(actor: User, pk: int) -> User:
    found: User = get_object_or_404(_known_users(actor), pk=pk)
    return found


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
    today = clock.today()
    return render(
        request,
        "households/user.html",
        {
            "account": account,
            "assignments": [
                (one, one.valid_to is None or one.valid_to >= today) for one in assignments
            ],
            "form": form,
            "link": link,
            "why_no_link": policies.why_not_reset_password(actor, account),
        },
        status=status,
    )


@require_POST
@never_cache
def user_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows a one-time link once, to be handed over; audited. Policy: why_not_reset_password."""
    actor = _assigner(request)
    account = _known(actor, pk)
    try:
        uid, token = users.one_time_link(user=account, by=actor)
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    path = reverse("password_reset_confirm", args=[uid, token])
    form = AssignmentForm(units=_units(actor))
    return _page(request, actor, account, form, link=request.build_absolute_uri(path))


@require_POST
def user_assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: why_not_give_role."""
    actor = _assigner(request)
    account = _known(actor, pk)
    form = AssignmentForm(request.POST, units=_units(actor))
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
    actor = _assigner(request)
    held = Assignment.objects.filter(area__in=_own_areas(actor)).select_related("area", "user")
    assignment = get_object_or_404(held, pk=pk)
    try:
        users.end_assignment(assignment=assignment, by=actor)
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    messages.success(request, _("The assignment has ended."))
    return redirect("households:user", pk=assignment.user_id)
