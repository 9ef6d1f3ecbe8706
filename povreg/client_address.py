"""From where somebody calls: the caller's own address, also with a proxy in front."""

from ipaddress import ip_address

from django.http import HttpRequest
from rest_framework.throttling import BaseThrottle


def client_address(request: HttpRequest) -> str | None:
    """The address a failed log-in is counted at: what the outermost of POVREG_PROXIES saw.

    Whatever stands further left in X-Forwarded-For was written by the caller and may be invented.
    """
    named = BaseThrottle().get_ident(request)  # reads META only
    try:
        return str(ip_address(named))
    except ValueError:  # a proxy that writes names or ports: better its own address than a guess
        return request.META.get("REMOTE_ADDR")
