"""Addresses as the pages read them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def readable_addresses(get_response: Answer) -> Answer:
    """Drop NULs from the questions of an address: no text of the database holds one, and PostgreSQL
    refuses to compare with it."""

    def answer(request: HttpRequest) -> HttpResponse:
        if any("\x00" in value for __, values in request.GET.lists() for value in values):
            cleaned = request.GET.copy()
            for name, values in request.GET.lists():
                cleaned.setlist(name, [str(value).replace("\x00", "") for value in values])
            request.GET = cleaned  # type: ignore[assignment]
        return get_response(request)

    return answer
