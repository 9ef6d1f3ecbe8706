"""The practice area: enter and leave it, the ten stories, one's answers beside the right ones."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from households import policies
from households.errors import DomainError
from households.services import audit
from households.services.practice import answers, attempts, emptying, place, stories
from households.services.practice.stories import Story
from households.views import access, practice_words
from households.views.explanations import in_language

#: Of the session: whether it is in the practice area.
SESSION_KEY = "practises"


@never_cache
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What the practice area is, and inside it the ten stories. Policy: whoever is logged in."""
    return _page(request)


def _page(request: HttpRequest) -> HttpResponse:
    user = access.actor(request)
    is_inside = user.is_practising
    tried = attempts.of_user(user) if is_inside else []
    return render(
        request,
        "practice/practice.html",
        {
            "is_inside": is_inside,
            "tried": [practice_words.told(one) for one in tried],
            "complete": sum(one.is_complete for one in tried),
            "stories": len(stories.every()),
            "usual": in_language(stories.usual()),
            "why_not_practise": policies.why_not_practise(user),
            "why_not_empty": policies.why_not_empty_practice(user),
        },
    )


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """From here on the session sees the practice area only. Policy: why_not_practise."""
    access.refuse_if(policies.why_not_practise(request.user))
    try:
        place.enter(by=access.actor(request))
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
    else:
        request.session[SESSION_KEY] = True
    return redirect("households:practice")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Back to real work. Policy: whoever is logged in."""
    if request.session.pop(SESSION_KEY, None):
        with audit.act(by=access.actor(request), verb="practice.leave"):
            messages.success(
                request, _("You have left the practice area. This is real work again.")
            )
    return redirect("households:home")


@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Open one's own form of a story. Policy: inside the practice area; from outside one is led
    to its door."""
    story = _story(code)
    user = access.actor(request)
    if not user.is_practising:
        messages.info(request, _("Enter the practice area first."))
        return redirect("households:practice")
    try:
        survey = attempts.start(story=story, by=user)
    except DomainError as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal
    return redirect("households:survey_form", uuid=survey.uuid)


@never_cache
@require_safe
def answer(request: HttpRequest, code: str) -> HttpResponse:
    """One's own form beside the right answers. Policy: inside the practice area; before the form
    is begun, and from outside, the page of the practice area."""
    story = _story(code)
    user = access.actor(request)
    attempt = attempts.attempt_of(story, user) if user.is_practising else None
    if attempt is None or attempt.survey is None:
        return _page(request)
    comparison = answers.compare(attempt.survey, story)
    shown: dict[str, Any] = {
        "story": practice_words.told(attempt),
        "survey": attempt.survey,
        "comparison": comparison,
        "rows": practice_words.rows(comparison),
        "indicators": practice_words.indicators(comparison),
    }
    return render(request, "practice/answer.html", shown)


@require_POST
def empty(request: HttpRequest) -> HttpResponse:
    """Clear the practice area for everybody. Policy: why_not_empty_practice."""
    access.refuse_if(policies.why_not_empty_practice(request.user))
    done = emptying.empty(by=access.actor(request))
    told = ngettext(
        "The practice area is empty: %(count)s household cleared. The ten stories begin anew.",
        "The practice area is empty: %(count)s households cleared. The ten stories begin anew.",
        done.households,
    )
    messages.success(request, told % {"count": done.households})
    return redirect("households:practice")


def _story(code: str) -> Story:
    found = stories.find(code)
    if found is None:
        raise Http404
    return found
