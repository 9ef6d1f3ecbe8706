"""Who asks, what he may ask, and how often."""

from typing import Any, Final

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import (
    BaseAuthentication,
    SessionAuthentication,
    get_authorization_header,
)
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from households.choices.api import ApiScope
from households.models import User
from households.services import api_callers, api_use
from households.services.api_callers import Caller

_REALM: Final = 'Bearer realm="povreg"'
_SECONDS: Final = 60


class BadToken(AuthenticationFailed):
    default_detail = _("This token is not valid, or not valid any longer.")


def secret_in(request: HttpRequest | Request) -> str | None:
    """None where no token is sent: `Authorization: Bearer povreg_…`"""
    word, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
    return secret.strip() if word.lower() == "bearer" else None


class TokenAuthentication(BaseAuthentication):
    """Other systems."""

    def authenticate(self, request: Request) -> tuple[Caller, None] | None:
        """None where no token is sent; raises BadToken for one that is not valid."""
        if (secret := secret_in(request)) is None:
            return None
        caller = api_callers.of_token(secret)
        if caller is None:
            raise BadToken
        return caller, None

    def authenticate_header(self, request: Request) -> str:
        return _REALM


class LogInAuthentication(SessionAuthentication):
    """Somebody who is logged in asks in his browser, as he may on the pages."""

    def authenticate(self, request: Request) -> tuple[Caller, None] | None:
        found = super().authenticate(request)
        if found is None or not isinstance(found[0], User):
            return None
        return api_callers.of_user(found[0]), None


def caller_of(request: Request) -> Caller:
    """Whom the request is from; only after MayAsk let it in."""
    caller = request.user
    if not isinstance(caller, Caller):
        raise PermissionDenied
    return caller


class MayAsk(BasePermission):
    """Closed by default: a view names the scope it needs as `scope`."""

    message = _("The token does not have the right to ask this.")

    def has_permission(self, request: Request, view: Any) -> bool:
        scope: ApiScope | None = getattr(view, "scope", None)
        return scope is not None and isinstance(request.user, Caller) and request.user.may(scope)


class CallsAMinute(BaseThrottle):
    """As many as the client may."""

    def allow_request(self, request: Request, view: Any) -> bool:
        caller = request.user
        if not isinstance(caller, Caller):
            return True  # refused already
        return api_use.counts_call(caller.key) <= caller.calls_per_minute

    def wait(self) -> float:
        return _SECONDS
