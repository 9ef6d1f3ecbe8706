"""Next year's plan list of a commune, and one household on it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock
from households.forms.steps import SaysFaults
from households.models import Area, User
from households.views import access, way_offers
from programs.forms.plan_list import AgreedForm, CompanionForm, DoneForm, RuleForm, TakeOffForm
from programs.models import Companion, PlanEntry, Programme
from programs.policies.plan_list import (
    planning_commune,
    visible_entries,
    why_not_plan,
    why_not_set_rule,
)
from programs.queries import homes
from programs.queries import plan_list as queries
from programs.queries.plan_list import Nearness, PlanList
from programs.queries.positions import open_round
from programs.services import companions, plan_list, plan_rules
from programs.views import chosen_places
from programs.views.chosen_places import Chosen

#: So many of a list are shown; of more one chooses a village.
_MOST = 30


def place_of(request: HttpRequest) -> tuple[Chosen, Area | None]:
    """The commune and year of the address; None where one is to be chosen yet. Policy:
    why_not_plan."""
    access.refuse_if(chosen_places.why_plans_nowhere(access.actor(request)))
    chosen = chosen_places.chosen(request, years_ahead=1)
    if chosen.commune is not None:
        access.refuse_if(why_not_plan(request.user, chosen.commune))
    return chosen, chosen.commune


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """The list, and who stands near enough to be put on it; a POST puts those ticked on it, or
    sets a province's own rule. Policy: why_not_plan, why_not_set_rule."""
    chosen, commune = place_of(request)
    if commune is None:
        return render(request, "programs/plan_commune.html", {"chosen": chosen})
    form, rule_form = SaysFaults(), RuleForm(rule=queries.rule_for(commune))
    if request.method == "POST":
        if request.POST.get("act") == "rule":
            rule_form = RuleForm(request.POST, rule=None)
            done = _sets_rule(request, commune, rule_form)
        else:
            form = SaysFaults(request.POST)
            done = _puts_on(request, commune, chosen.year, form)
        if done:
            return redirect(request.get_full_path())
    failed = bool(form.errors or rule_form.errors)
    shown = _shown(request, commune, chosen) | {"form": form, "rule_form": rule_form}
    return render(request, "programs/plan.html", shown, status=422 if failed else 200)


def _puts_on(request: HttpRequest, commune: Area, year: int, form: SaysFaults) -> bool:
    ticked = request.POST.getlist("household")
    ids = {int(one) for one in ticked if one.isascii() and one.isdecimal() and len(one) < 10}

    def act() -> str:
        by = access.actor(request)
        number = plan_list.put_on(commune=commune, year=year, households=ids, by=by)
        words = ngettext("%(count)s is on the list.", "%(count)s are on the list.", number)
        return words % {"count": number}

    return way_offers.is_done(request, form, act, "")


def _sets_rule(request: HttpRequest, commune: Area, form: RuleForm) -> bool:
    province = _province(commune)
    access.refuse_if(why_not_set_rule(request.user, province))

    def act() -> None:
        plan_rules.set_own(province=province, by=access.actor(request), **form.cleaned_data)

    return way_offers.is_done(request, form, act, _("The rule is set."))


def _province(commune: Area) -> Area:
    return Area.objects.get(pk=int(commune.path.split(".")[0]))


def _shown(request: HttpRequest, commune: Area, chosen: Chosen) -> dict[str, Any]:
    today = clock.today()
    told = told_of(chosen, commune)
    on_it = {one.entry.household_id for one in told.standing}
    running, rule = open_round(commune, today), queries.rule_for(commune)
    near = None
    if running is None and rule is not None:
        near = queries.nearness(commune, today, rule, get_language() or "vi")
    return {
        "chosen": chosen,
        "commune": commune,
        "told": told,
        "opens": _opened(request, told),
        "nearness": near,
        **_narrowed(request, near, on_it),
        "rule": rule,
        "waiting": plan_list.why_waiting(running.key) if running else "",
        "may_set_rule": why_not_set_rule(request.user, _province(commune)) is None,
        "today": today,
    }


def _narrowed(request: HttpRequest, near: Nearness | None, on_it: set[int]) -> dict[str, Any]:
    """The three lists without those `on_it`, of one village where ?village= names one, whole; of
    all villages the first of each, and how many more there are."""
    if near is None:
        return {}
    wanted = request.GET.get("village", "")
    found = {"near": near.near, "far": near.far, "apart": near.apart}
    villages = {one.position.village_id for rows in found.values() for one in rows}
    shown: dict[str, Any] = {
        "villages": Area.objects.filter(pk__in=villages).order_by("folded_name"),
        "village": wanted,
    }
    for name, rows in found.items():
        here = [
            one
            for one in rows
            if wanted in ("", str(one.position.village_id))
            and (name == "apart" or one.position.household_id not in on_it)
        ]
        most = len(here) if wanted else _MOST
        shown |= {name: here[:most], f"{name}_all": len(here), f"{name}_more": len(here[most:])}
    return shown


def told_of(chosen: Chosen, commune: Area) -> PlanList:
    """The plan list of the chosen year."""
    on = queries.shown_on(chosen.year, clock.today())
    return queries.planned(chosen.communes_then() or [commune], chosen.year, on)


def _opened(request: HttpRequest, told: PlanList) -> set[int]:
    """Keys of the entries whose page the user opens: those of who moved away belong to where they
    live now. One query."""
    keys = [one.entry.pk for one in [*told.standing, *told.away]]
    return set(visible_entries(request.user).filter(pk__in=keys).values_list("pk", flat=True))


def _entry(request: HttpRequest, pk: int) -> PlanEntry:
    access.refuse_if(chosen_places.why_plans_nowhere(access.actor(request)))
    rows = visible_entries(request.user).select_related(
        "household__card__village__parent", "commune"
    )
    found: PlanEntry = get_object_or_404(rows, pk=pk)
    return found


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_entry(request: HttpRequest, pk: int) -> HttpResponse:
    """One household of the list: who accompanies it, what was agreed and done. Policy:
    why_not_plan."""
    found = _entry(request, pk)
    if request.method != "POST":
        return _entry_page(request, found)
    act = request.POST.get("act", "")
    if act not in _ACTS:
        return HttpResponseBadRequest()
    form, service = _forms(found)[act](request.POST), _ACTS[act]
    by = access.actor(request)

    def do() -> None:
        service(found, form, by, request.POST)

    if way_offers.is_done(request, form, do, _("It is recorded.")):
        return redirect("programs:plan_entry", found.pk)
    return _entry_page(request, found, act, form)


def _forms(found: PlanEntry) -> dict[str, Callable[..., SaysFaults]]:
    return {
        "companion": lambda given=None: CompanionForm(
            given, users=companions.users_of(planning_commune(found.household), clock.today())
        ),
        "agree": lambda given=None: AgreedForm(given, programmes=list(Programme.objects.all())),
        "done": lambda given=None: DoneForm(given),
        "take_off": lambda given=None: TakeOffForm(given),
    }


def _accompany(found: PlanEntry, form: SaysFaults, by: User, _posted: Any) -> None:
    assert isinstance(form, CompanionForm)
    companions.assign(
        household=found.household, commune=planning_commune(found.household), who=form.who(),
        valid_from=form.cleaned_data["valid_from"], by=by,
    )  # fmt: skip


def _agree(found: PlanEntry, form: SaysFaults, by: User, _posted: Any) -> None:
    assert isinstance(form, AgreedForm)
    given = form.cleaned_data
    plan_list.agree(
        entry=found, words=given["words"], programme=form.chosen(), due_on=given["due_on"], by=by
    )


def _done(found: PlanEntry, form: SaysFaults, by: User, posted: Any) -> None:
    wanted = posted.get("action", "")
    pk = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 10 else 0
    action = get_object_or_404(found.actions.select_related("entry"), pk=pk)
    plan_list.mark_done(action=action, done_on=form.cleaned_data["done_on"], by=by)


def _take_off(found: PlanEntry, form: SaysFaults, by: User, _posted: Any) -> None:
    plan_list.take_off(entry=found, reason=form.cleaned_data["reason"], by=by)


_ACTS: dict[str, Callable[[PlanEntry, SaysFaults, User, Any], None]] = {
    "companion": _accompany,
    "agree": _agree,
    "done": _done,
    "take_off": _take_off,
}


def _entry_page(
    request: HttpRequest, found: PlanEntry, act: str = "", filled: SaysFaults | None = None
) -> HttpResponse:
    forms = {name: filled if name == act else make() for name, make in _forms(found).items()}
    rows = Companion.objects.filter(household=found.household).select_related("user", "act")
    accompanied = list(rows.order_by("-valid_from"))
    today = clock.today()
    asked = (found.household_id, found.commune_id)
    home = homes.homes([asked], today).get(asked)
    there = queries.named_there(accompanied, today)
    shown = {
        "entry": found,
        "commune": planning_commune(found.household),
        "home": home,
        "accompanied": accompanied,
        "there": there,
        "now": next((one for one in accompanied if one.pk in there and _is_now(one)), None),
        "actions": found.actions.select_related("programme"),
        "today": today,
        **{f"{name}_form": form for name, form in forms.items()},
    }
    return render(request, "programs/plan_entry.html", shown, status=422 if filled else 200)


def _is_now(one: Companion) -> bool:
    today = clock.today()
    return one.valid_from <= today and (one.valid_to is None or one.valid_to >= today)
