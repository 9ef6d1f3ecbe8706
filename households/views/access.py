"""Finding what a page is about, within what the user may see. Everything else does not exist."""

import uuid as uuids

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from households import clock, policies
from households.choices import AreaLevel
from households.models import Area, Household, Survey, User


def actor(request: HttpRequest) -> User:
    """The logged-in user; views are closed to all others."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def refuse_if(reason: policies.Reason) -> None:
    """403 with the policy's reason, if there is one."""
    if reason:
        raise PermissionDenied(reason)


def readable_household(request: HttpRequest, pk: int) -> Household:
    """403 for a role that reads no families, 404 for those of other areas."""
    refuse_if(policies.why_not_read_households(request.user))
    found: Household = get_object_or_404(policies.visible_households(request.user), pk=pk)
    return found


def readable_survey(request: HttpRequest, uuid: uuids.UUID) -> Survey:
    """A survey of a household the user may see; else 404. Two queries: joined into one, the
    database takes longer to plan them (9 ms) than to run both (1 ms)."""
    refuse_if(policies.why_not_read_households(request.user))
    surveys = Survey.objects.select_related("household", "round__province", "village", "commune")
    survey = get_object_or_404(surveys, uuid=uuid)
    if not policies.visible_households(request.user).filter(pk=survey.household_id).exists():
        raise Http404
    return survey


def readable_survey_id(request: HttpRequest, uuid: uuids.UUID) -> int:
    """As readable_survey, for what reads the survey itself when it holds it. One query."""
    refuse_if(policies.why_not_read_households(request.user))
    found = policies.visible_survey_id(request.user, uuid)
    if found is None:
        raise Http404
    return found


def editable_survey(request: HttpRequest, uuid: uuids.UUID) -> Survey:
    """As readable_survey; 403 with the reason for who may not write it now."""
    survey = readable_survey(request, uuid)
    refuse_if(policies.why_not_edit_survey(request.user, survey))
    return survey


def readable_commune(request: HttpRequest, pk: int) -> Area:
    """403 for a role that reads no families, 404 for a commune of another area."""
    refuse_if(policies.why_not_read_households(request.user))
    branches = policies.rights(request.user).branches(policies.READS_HOUSEHOLDS)
    own = Area.objects.at(AreaLevel.COMMUNE).under_any(branches).select_related("parent")
    found: Area = get_object_or_404(own, pk=pk)
    return found


def writable_villages(user: User) -> list[Area]:
    """The villages of today's map in which the user enters reviews, with their communes."""
    branches = policies.rights(user).branches(policies.WRITES_SURVEYS)
    villages = Area.objects.at(AreaLevel.VILLAGE).under_any(branches).on(clock.today())
    return list(villages.select_related("parent").order_by("parent__folded_name", "folded_name"))
