"""A session that still owes its second factor opens no page but the one that takes it."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve

from households.views.second_factor import SESSION_KEY, page_due

GetResponse = Callable[[HttpRequest], HttpResponseBase]
#: What stays open, by what the session owes.
_OPEN = {
    "code": frozenset(
        {
            "second_factor_code",
            "passkey_begin_using",
            "passkey_log_in",
            "logout",
            "set_language",
            "health",
        }
    ),
    "set_up": frozenset({"second_factor", "logout", "set_language", "health"}),
}


def ask_second_factor(get_response: GetResponse) -> GetResponse:
    """Middleware: everything else leads to the page that is due."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        due = request.session.get(SESSION_KEY) if request.user.is_authenticated else None
        if due and resolve(request.path_info).view_name not in _OPEN[due]:
            return redirect(page_due(request))
        return get_response(request)

    return answer
