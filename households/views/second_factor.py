"""The door: log-in, the code of the second factor, and its set-up."""

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth import views as auth_views
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from households.errors import Invalid, Refused
from households.forms.log_in import CodeForm, LogInForm
from households.services import passkeys, second_factor
from households.views import access, accounts, open_sessions

#: What a session still owes before any other page: "code" or "set_up".
SESSION_KEY = "second_factor_due"
_NEXT_KEY = "second_factor_next"


class LogIn(auth_views.LoginView):
    """Log-in name or phone, and password. A session that owes a second factor opens nothing else
    (povreg.second_door)."""

    form_class = LogInForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sends_mail=settings.POVREG_SENDS_MAIL, **kwargs)

    def form_valid(self, form: LogInForm) -> HttpResponse:  # type: ignore[override]
        response = super().form_valid(form)
        user = access.actor(self.request)
        if second_factor.is_on(user):
            self.request.session[SESSION_KEY] = "code"
        elif second_factor.must_be_set_up(user):
            self.request.session[SESSION_KEY] = "set_up"
        else:
            open_sessions.note(self.request)
            return response
        self.request.session[_NEXT_KEY] = response["Location"]
        return redirect(page_due(self.request))


def page_due(request: HttpRequest) -> str:
    """Where a session goes that owes something."""
    is_code = request.session.get(SESSION_KEY) == "code"
    return reverse("second_factor_code" if is_code else "second_factor")


def let_in(request: HttpRequest) -> HttpResponse:
    request.session.pop(SESSION_KEY, None)
    request.session.cycle_key()
    open_sessions.note(request)
    wanted = request.session.pop(_NEXT_KEY, "") or request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return redirect(wanted if is_ours else "households:home")


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Asked after the password. Policy: one's own; a session that owes none sees how it stands."""
    if request.session.get(SESSION_KEY) != "code":
        user = access.actor(request)
        context = {"is_on": second_factor.is_on(user), "passkeys": passkeys.of(user)}
        return render(request, "registration/second_factor.html", context)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if second_factor.check(code=form.cleaned_data["code"], by=access.actor(request)):
                return let_in(request)
            form.add_error("code", _("The code does not fit, or was used already."))
        except Refused as refusal:
            form.add_error("code", str(refusal.message))
    status = 422 if form.errors else 200
    shown = {"form": form, "has_passkeys": bool(passkeys.of(access.actor(request)))}
    return render(request, "registration/second_factor_code.html", shown, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def set_up(request: HttpRequest) -> HttpResponse:
    """One's own: how it stands, begin it (POST without a code), confirm it (POST with one)."""
    user = access.actor(request)
    context: dict[str, object] = {
        "is_on": second_factor.is_on(user),
        "passkeys": passkeys.of(user),
        "is_due": request.session.get(SESSION_KEY) == "set_up",
    }
    if request.method != "POST" or context["is_on"]:
        return render(request, "registration/second_factor.html", context)
    form = CodeForm(request.POST if "code" in request.POST else None)
    try:
        if form.is_bound and form.is_valid():
            codes = second_factor.confirm(code=form.cleaned_data["code"], by=user)
            if request.session.pop(SESSION_KEY, None):
                open_sessions.note(request)
            return _codes(request, codes)
        secret = second_factor.begin(by=user)
    except Invalid:
        form.add_error("code", _("The code does not fit."))
        secret = second_factor.begin(by=user)
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    address = second_factor.address_for_authenticator(user, secret)
    picture = segno.make(address, error="m").svg_data_uri(scale=4, border=2)
    context |= {"form": form, "secret": secret, "picture": picture}
    status = 422 if form.errors else 200
    return render(request, "registration/second_factor_set_up.html", context, status=status)


def _codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    return render(request, "registration/recovery_codes.html", {"codes": codes})


@never_cache
@sensitive_post_parameters("code")
@require_POST
def new_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Ten new ones, shown once. Policy: one's own account, a second factor on, and a code of it."""
    try:
        codes = second_factor.renew_recovery_codes(
            code=request.POST.get("code", ""), by=access.actor(request)
        )
    except (Refused, Invalid) as refusal:
        messages.error(request, str(refusal.message))
        return redirect("second_factor")
    return _codes(request, codes)


@sensitive_post_parameters("code")
@require_POST
def take_off(request: HttpRequest) -> HttpResponse:
    """Take one's own off with a code; where it is required, a new one is set up at once."""
    user = access.actor(request)
    try:
        second_factor.remove(user=user, by=user, code=request.POST.get("code", ""))
    except (Refused, Invalid) as refusal:
        messages.error(request, str(refusal.message))
        return redirect("second_factor")
    if second_factor.must_be_set_up(user):
        request.session[SESSION_KEY] = "set_up"
    messages.success(request, _("The second factor is off."))
    return redirect("second_factor")


@require_POST
def user_take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """For an account one manages whose telephone is lost. Policy: why_not_reset_password."""
    actor = accounts.keeper(request)
    account = accounts.known(actor, pk)
    try:
        second_factor.remove(user=account, by=actor)
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    messages.success(request, _("The second factor is off."))
    return redirect("households:user", pk=pk)
