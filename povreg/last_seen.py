"""When somebody last sent something, for the list of his open log-ins."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from households.services import open_sessions

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def note_last_seen(get_response: GetResponse) -> GetResponse:
    """Middleware: notes a form that was taken or sent back. Reading writes nothing here either, and
    a form another site sent (refused: 403) says nothing about the owner."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        key = request.session.session_key
        is_his = request.method == "POST" and request.user.is_authenticated
        if is_his and key and response.status_code != 403:
            open_sessions.seen(session_key=key)
        return response

    return answer
