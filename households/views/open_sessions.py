"""One's own open log-ins: where they are, and how they end."""

import datetime as dt

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import PasswordChangeForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from households.queries.open_sessions import open_sessions
from households.services import open_sessions as services
from households.views import access
from households.views.devices import device


def note(request: HttpRequest, begun_at: dt.datetime | None = None) -> None:
    """To be called where a log-in is finished: it stands in its owner's list from now on."""
    services.begin(
        session=request.session,
        by=access.actor(request),
        device=device(request.headers.get("user-agent", "")),
        address=get_client_ip_address(request),
        begun_at=begun_at,
    )


@never_cache
@require_safe
def my_sessions(request: HttpRequest) -> HttpResponse:
    """Policy: one's own."""
    rows = open_sessions(access.actor(request))
    key = request.session.session_key
    context = {
        "sessions": rows,
        "this_key": key,
        "has_others": any(one.session_id != key for one in rows),
    }
    return render(request, "registration/open_sessions.html", context)


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one of them; this very one is a log-out. Policy: one's own, else it does not exist."""
    user = access.actor(request)
    row = next((one for one in open_sessions(user) if one.pk == pk), None)
    if row is None:
        raise Http404
    services.end(session=row, by=user)
    if row.session_id == request.session.session_key:
        request.session.flush()
        return redirect("login")
    messages.success(request, _("The log-in is ended."))
    return redirect("my_sessions")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Policy: one's own."""
    services.end_others(session_key=request.session.session_key, by=access.actor(request))
    messages.success(request, _("All other log-ins are ended."))
    return redirect("my_sessions")


class ChangePassword(auth_views.PasswordChangeView):
    """Django ends the other log-ins by their hash and gives this one a new key; the list
    follows."""

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        begun_at = services.begun_at(self.request.session.session_key)
        response = super().form_valid(form)
        note(self.request, begun_at)
        services.end_others(
            session_key=self.request.session.session_key, by=access.actor(self.request)
        )
        return response
