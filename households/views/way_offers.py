"""A step as a page offers it, and doing what a form of a review's way asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from households import policies
from households.errors import Conflict, Invalid, Refused
from households.forms.steps import SaysFaults, StepForm
from households.models import Area, ReviewRound, User
from households.services import posted_once
from households.views import access, way_words
from households.workflow import Step


@dataclass(frozen=True)
class Offer:
    """A step the page offers: its form, or the reason why not."""

    step: Step
    button: Promise
    form: StepForm
    why_not: str | None
    is_onward: bool


def form_of(
    step: Step,
    area: Area,
    user: User,
    request: HttpRequest | None = None,
    kind: type[StepForm] = StepForm,
    **more: Any,
) -> StepForm:
    """The step's form, filled from the request when there is one."""
    if request is not None:
        more |= {"data": request.POST, "files": request.FILES}
    needs_paper = policies.takes_for_another(user, step, area)
    return kind(step=step, needs_paper=needs_paper, prefix=step.verb.replace(".", "-"), **more)


def offer(
    step: Step, form: StepForm, *, round: ReviewRound, area: Area, user: User, is_onward: bool
) -> Offer:
    """The step with its button, and why the user cannot take it now."""
    why_not = policies.why_not_take_step(user, step, area)
    if round.is_closed:
        why_not = why_not or _("The review round %(round)s is closed.") % {"round": round.key}
    return Offer(step, way_words.BUTTONS[step.verb], form, why_not, is_onward)


def is_done(
    request: HttpRequest, form: SaysFaults, act: Callable[[], str | None], done: str
) -> bool:
    """Do it when the form is readable. True: done (told by what `act` gives, else by `done`), or
    somebody else was first, or the same page came before (told too): the page is read anew. False:
    the service's words stand on the form, which is shown again with what was typed."""
    if not form.is_valid():
        return False
    token = request.POST.get("once", "")
    try:
        with posted_once.once(token, by=access.actor(request)):
            said = act()
    except Invalid as fault:
        form.add_faults(fault.fields, fault.message)
        return False
    except Refused as refusal:
        form.add_error(None, str(refusal.message))
        return False
    except Conflict as clash:
        messages.error(request, str(clash.message))
    else:
        messages.success(request, said or done)
    return True
