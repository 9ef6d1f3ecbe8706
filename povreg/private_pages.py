"""What a logged-in person sees stays in no cache, not even in that of his own browser."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def keep_private(get_response: GetResponse) -> GetResponse:
    """Middleware: on a shared computer nobody finds a family's page again after the log-out. A
    view that says something of its own about caching is left as it is."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return answer
