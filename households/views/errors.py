"""Pages for what cannot be shown: each says why in a sentence and where to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the policy's reason."""
    reason = str(exception) if exception and str(exception) else _("Your role does not allow this.")
    return render(request, "errors/403.html", {"reason": reason}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404; the same words for what does not exist and for what belongs to another area."""
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500; rendered without the context processors, for the database may be what is broken."""
    return render(None, "errors/500.html", status=500)


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open through a log-out or with cookies off: nothing was saved."""
    words = _(
        "The form is no longer valid, nothing was saved. Go back, reload the page and try again."
    )
    return render(request, "errors/403.html", {"reason": words}, status=403)
