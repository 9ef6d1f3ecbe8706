"""Finding an edition that a page is about, within what the user may see."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from households.views import access
from reports.models import Edition
from reports.policies.editions import (
    visible_editions,
    why_not_read_names,
    why_not_read_reports,
)


def readable(request: HttpRequest, pk: int, *, with_content: bool = True) -> Edition:
    """403 for who reads no reports, or no names where it has some; 404 for one of an area that is
    not the user's. Two queries."""
    access.refuse_if(why_not_read_reports(request.user))
    own = visible_editions(request.user).select_related(
        "area", "round", "standard", "made_by", "signature__recorded_by", "corrects"
    )
    own = own.defer("standard__document", "corrects__content")
    found: Edition = get_object_or_404(own if with_content else own.defer("content"), pk=pk)
    if found.has_names:
        access.refuse_if(why_not_read_names(request.user, found.area))
    return found
