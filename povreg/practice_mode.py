"""A session is in the practice area or at real work, never in both."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from households.views.practice import SESSION_KEY

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def practise(get_response: GetResponse) -> GetResponse:
    """Middleware: the user of a session that entered the practice area has rights there only, for
    this request (see households.rights)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.session.get(SESSION_KEY) and request.user.is_authenticated:
            request.user.is_practising = True
        return get_response(request)

    return answer
