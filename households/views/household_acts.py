"""Changes of a household between two reviews: fill in, see what will happen, then do it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.errors import Conflict, Invalid, Refused
from households.forms import act_members, household_acts
from households.forms.household_acts import ActForm
from households.models import Household, Membership, Residence, User
from households.services.household_acts import (
    closing,
    corrections,
    members,
    merges,
    moves,
    newcomers,
    rehearsal,
    splits,
)
from households.services.household_acts.roster import Done
from households.views import access, act_words

Words = str | Promise


@dataclass(frozen=True)
class Act:
    """A kind of change: its page's words, what is filled in, and who does it."""

    title: Words
    form: type[ActForm]
    service: Callable[..., Done]
    done: Words
    #: The page is about one member, chosen before it.
    of_member: bool = False
    is_told_first: bool = True


ACTS: dict[str, Act] = {
    "move": Act(
        gettext_lazy("Move to another village"),
        household_acts.MoveForm,
        moves.move,
        gettext_lazy("The household has moved."),
    ),
    "split": Act(
        gettext_lazy("Split the household"),
        household_acts.SplitForm,
        splits.split,
        gettext_lazy("The household is split. This is the new one."),
    ),
    "merge": Act(
        gettext_lazy("Merge into another household"),
        household_acts.MergeForm,
        merges.merge,
        gettext_lazy("The households are one now."),
    ),
    "close": Act(
        gettext_lazy("End the household"),
        household_acts.CloseForm,
        closing.close,
        gettext_lazy("The household has ended."),
    ),
    "join": Act(
        gettext_lazy("Add a member"),
        act_members.JoinForm,
        newcomers.join,
        gettext_lazy("The member is added."),
    ),
    "leave": Act(
        gettext_lazy("A member leaves"),
        household_acts.LeaveForm,
        members.leave,
        gettext_lazy("The member has left."),
    ),
    "die": Act(
        gettext_lazy("A member has died"),
        household_acts.DieForm,
        members.die,
        gettext_lazy("The death is recorded."),
    ),
    "head": Act(
        gettext_lazy("Change the head"),
        household_acts.HeadForm,
        members.change_head,
        gettext_lazy("The household has another head."),
    ),
    "correct": Act(
        gettext_lazy("Correct a member's facts"),
        act_members.CorrectForm,
        corrections.correct,
        gettext_lazy("The facts are corrected; the old ones stay in the history."),
        of_member=True,
    ),
    "phone": Act(
        gettext_lazy("Change the telephone number"),
        act_members.PhoneForm,
        corrections.set_phone,
        gettext_lazy("The telephone number is saved."),
        is_told_first=False,
    ),
}
#: What is sent besides the fields.
_NOT_FIELDS = frozenset({"csrfmiddlewaretoken", "step"})
#: What an address may fill in beforehand.
_ASKED = ("reason", "to_commune")
#: Fields of services that are called otherwise on the page.
_FIELDS = {"person": "person_id", "new_head": "new_head_id", "members": "who"}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """One change, in two steps on one address. Policy: why_not_change_household."""
    household = access.readable_household(request, pk)
    access.refuse_if(policies.why_not_change_household(request.user, household))
    page = Page(request, household, name)
    if request.method != "POST":
        return page.first()
    if request.POST.get("step") in ("find", "back"):
        return page.filled_in(page.form(initial=page.sent_values()))
    return page.sent(page.form(request.POST))


class Page:
    """The two steps of one change of one household."""

    def __init__(self, request: HttpRequest, household: Household, name: str) -> None:
        self.request, self.household = request, household
        self.name, self.act = name, ACTS[name]
        self.user: User = access.actor(request)
        homes = household.residences.filter(valid_to__isnull=True)
        self.home: Residence = homes.select_related("village__parent").get()
        self.members: list[Membership] = list(
            household.memberships.filter(valid_to__isnull=True)
            .select_related("person__ethnic_group")
            .order_by("pk")
        )

    def form(self, *args: Any, **kwargs: Any) -> ActForm:
        return self.act.form(
            *args,
            household=self.household,
            home=self.home.village,
            members=self.members,
            **kwargs,
        )

    def first(self) -> HttpResponse:
        """The empty page; for a correction of one member his facts, or first who it is."""
        wanted = self.request.GET.get("person", "")
        chosen = next((one for one in self.members if str(one.person_id) == wanted), None)
        if self.act.of_member and chosen is None:
            return self._render("choose_member.html", {"members": self.members})
        if self.act.of_member and chosen is not None:
            return self.filled_in(self.form(initial=act_members.as_typed(chosen)))
        asked = {name: self.request.GET[name] for name in _ASKED if name in self.request.GET}
        return self.filled_in(self.form(initial=asked))

    def sent_values(self) -> dict[str, Any]:
        """What was sent, as the start of the same page again."""
        many = {"who"}
        return {
            key: given if key in many else given[-1]
            for key, given in self.request.POST.lists()
            if key not in _NOT_FIELDS
        }

    def filled_in(self, form: ActForm) -> HttpResponse:
        return self._render("act.html", {"form": form}, status=422 if form.errors else 200)

    def sent(self, form: ActForm) -> HttpResponse:
        """Tell what will happen, or do it; errors go to their fields."""
        if not form.is_valid():
            return self.filled_in(form)
        run = partial(self.act.service, household=self.household, by=self.user, **form.arguments())
        is_done = self.request.POST.get("step") == "do" or not self.act.is_told_first
        try:
            if is_done:
                return self._done(run())
            outlooks = rehearsal.rehearse(run)
        except Refused as refusal:
            access.refuse_if(str(refusal.message))
        except Conflict as clash:
            form.add_error(None, str(clash.message))
        except Invalid as fault:
            _put_to_fields(form, fault)
        else:
            return self._told(outlooks)
        return self.filled_in(form)

    def _told(self, outlooks: list[rehearsal.Outlook]) -> HttpResponse:
        sent = [
            (key, value)
            for key, given in self.request.POST.lists()
            if key not in _NOT_FIELDS
            for value in given
        ]
        return self._render(
            "what_will_happen.html", {"told": act_words.told(outlooks), "sent": sent}
        )

    def _done(self, done: Done) -> HttpResponse:
        if done.offered:
            told = _("The household is offered to %(commune)s; it stays here until then.")
            messages.success(self.request, told % {"commune": done.offered.to_commune.name})
            return redirect("households:household", pk=done.household.pk)
        messages.success(self.request, str(self.act.done))
        shown = done.other or done.household
        return redirect("households:household", pk=shown.pk)

    def _render(self, template: str, more: dict[str, Any], status: int = 200) -> HttpResponse:
        head = next((one for one in self.members if one.relation == "head"), None)
        context = {
            "household": self.household,
            "village": self.home.village,
            "head_name": head.person.full_name if head else self.household.code,
            "act": self.act,
            **more,
        }
        return render(self.request, f"households/acts/{template}", context, status=status)


def _put_to_fields(form: ActForm, fault: Invalid) -> None:
    for name, sentences in fault.fields.items():
        field = _FIELDS.get(name, name)
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, str(sentence))
    if not fault.fields:
        form.add_error(None, str(fault.message))
