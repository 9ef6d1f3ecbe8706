"""Passkeys: the questions a browser asks its key, adding one, using one at the log-in."""

import time

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from households.errors import Conflict, Invalid, Refused
from households.models import Passkey
from households.services import passkeys
from households.services.passkeys import Question, Site
from households.views import access, second_factor

_KEY = "passkey_question"
_GOOD_FOR_SECONDS = 300


def _site(request: HttpRequest) -> Site:
    """The host was checked against ALLOWED_HOSTS; a key is bound to it without its port."""
    host = request.get_host()
    return Site(host=host.rsplit(":", 1)[0], origin=f"{request.scheme}://{host}")


def _asked(request: HttpRequest, question: Question, what: str) -> HttpResponse:
    """Keep the challenge in the session; the options go to the browser."""
    request.session[_KEY] = {"what": what, "challenge": question.challenge, "at": time.time()}
    return HttpResponse(question.options, content_type="application/json")


def _challenge(request: HttpRequest, what: str) -> str:
    """The challenge kept for this, once and for a while; "" when there is none."""
    kept = request.session.pop(_KEY, None) or {}
    is_fresh = kept.get("what") == what and time.time() - kept["at"] < _GOOD_FOR_SECONDS
    return str(kept["challenge"]) if is_fresh else ""


def _told(message: object, status: int) -> JsonResponse:
    return JsonResponse({"message": str(message)}, status=status)


@never_cache
@sensitive_post_parameters("code")
@require_POST
def begin_adding(request: HttpRequest) -> HttpResponse:
    """Policy: one's own account, with a code of its authenticator."""
    try:
        question = passkeys.begin_adding(
            code=request.POST.get("code", ""), site=_site(request), by=access.actor(request)
        )
    except Invalid as fault:
        return _told(fault.message, 422)
    except Refused as refusal:
        return _told(refusal.message, 403)
    return _asked(request, question, "add")


@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Policy: one's own account, within five minutes of the code."""
    challenge = _challenge(request, "add")
    try:
        if not challenge:
            raise Invalid(_("The key's answer does not fit. Try again."))
        passkeys.add(
            name=request.POST.get("name", "")[:60],
            answer=request.POST.get("answer", ""),
            challenge=challenge,
            site=_site(request),
            by=access.actor(request),
        )
    except (Invalid, Conflict, Refused) as fault:
        messages.error(request, str(fault.message))
    else:
        messages.success(request, _("The key is added. It can be used at the next log-in."))
    return redirect("second_factor")


@sensitive_post_parameters("code")
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Policy: one's own key, with a code; somebody else's does not exist."""
    user = access.actor(request)
    key = get_object_or_404(Passkey, pk=pk, factor=user.pk)
    try:
        passkeys.remove(passkey=key, code=request.POST.get("code", ""), by=user)
    except (Invalid, Refused) as fault:
        messages.error(request, str(fault.message))
    else:
        messages.success(request, _("The key is removed."))
    return redirect("second_factor")


def _owes_code(request: HttpRequest) -> None:
    """403 for a session that owes no second step."""
    if request.session.get(second_factor.SESSION_KEY) != "code":
        raise PermissionDenied(_("This session owes no second step."))


@never_cache
@require_POST
def begin_using(request: HttpRequest) -> HttpResponse:
    """Policy: a session that has given its password and owes the second step."""
    _owes_code(request)
    try:
        question = passkeys.begin_using(site=_site(request), by=access.actor(request))
    except Refused as refusal:
        return _told(refusal.message, 403)
    return _asked(request, question, "use")


@never_cache
@require_POST
def log_in(request: HttpRequest) -> HttpResponse:
    """Policy: as begin_using, within five minutes of it."""
    _owes_code(request)
    challenge = _challenge(request, "use")
    try:
        is_right = bool(challenge) and passkeys.use(
            answer=request.POST.get("answer", ""),
            challenge=challenge,
            site=_site(request),
            by=access.actor(request),
        )
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("second_factor_code")
    if is_right:
        return second_factor.let_in(request)
    messages.error(request, _("The key's answer does not fit. Try again."))
    return redirect("second_factor_code")
