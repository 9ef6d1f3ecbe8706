"""Addresses that no reader can have meant."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def readable_addresses(get_response: Answer) -> Answer:
    """Refuse (400) an address whose questions hold a NUL: no text of the database holds one, and
    PostgreSQL refuses to compare with it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if any("\x00" in value for values in request.GET.lists() for value in values[1]):
            raise BadRequest("NUL in the address")
        return get_response(request)

    return answer
