"""Whoever asks without a token or a log-in, where the installation gives out open data."""

from django.conf import settings
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from households.services import open_data
from households.services.api_callers import Caller


class OpenData(BaseAuthentication):
    """The last that is asked: nobody else knew the caller. Closed unless POVREG_OPEN_DATA=1."""

    def authenticate(self, request: Request) -> tuple[Caller, None] | None:
        if not settings.OPEN_DATA:
            return None
        return open_data.caller(BaseThrottle().get_ident(request)), None
