"""Việc cần làm: what is due in one's own area."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Policy: whoever is logged in; each role sees its own area only."""
    return render(request, "home.html")
