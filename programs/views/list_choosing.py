"""Who of a village stands on a list, ticked; and what is asked for each row."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households.forms.steps import SaysFaults
from households.models.people import code_of
from households.views import access, way_offers
from programs.choices import ProgrammeKind
from programs.forms.keys import is_key
from programs.forms.support_lists import AskedForm
from programs.models import ProgrammeTerms, SupportList
from programs.queries import list_candidates, support_lists
from programs.queries.list_candidates import DUE, Candidate, Key, Stands
from programs.queries.support_lists import Listed
from programs.services import list_rows
from programs.views import list_words
from programs.views.support_lists import kept_list, village_of

_ROWS_A_PAGE = 100

STANDS_WORDS = {
    Stands.GAP: gettext_lazy("entitled, not served"),
    Stands.LAPSING: gettext_lazy("its card ends soon"),
    Stands.ON_THE_WAY: gettext_lazy("on another list or waiting"),
    Stands.SERVED: gettext_lazy("served already"),
}


@dataclass(frozen=True)
class Tick:
    """A line of the page: one recipient. `value` is what his tick sends."""

    one: Candidate
    value: str
    name: str
    code: str
    terms: ProgrammeTerms
    stands: str
    is_ticked: bool
    is_busy: bool
    is_due: bool


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_list_village(request: HttpRequest, uuid: UUID, area_pk: int) -> HttpResponse:
    """Everybody entitled of a village, the gap first and ticked; a POST leaves exactly the ticked
    on the list. Policy: why_not_keep_list."""
    found = kept_list(request, uuid)
    village = village_of(found, area_pk)
    if not found.is_draft:
        return redirect("programs:support_list", found.uuid)
    form = SaysFaults(request.POST if request.method == "POST" else None)
    entitled = list_candidates.candidates(
        found.programme, found.listed_on, school_year=found.school_year,
        commune=found.commune, village=village, apart_from=found.pk,
    )  # fmt: skip
    chosen = _chosen(request.POST) if request.method == "POST" else None

    def act() -> str:
        came, went = list_rows.choose(
            support_list=found, village=village, chosen=chosen or set(), by=access.actor(request)
        )
        return _("%(came)s came on the list, %(went)s went off.") % {"came": came, "went": went}

    if request.method == "POST" and way_offers.is_done(request, form, act, ""):
        return redirect("programs:support_list", found.uuid)
    shown = {
        "list": found,
        "village": village,
        "ticks": _ticks(found, village.pk, entitled, chosen),
        "form": form,
        "reasons": list_words.reasons(
            list_candidates.undecided(
                found.programme, found.listed_on, commune=found.commune, village=village
            )
        ),
    }
    status = 422 if form.errors else 200
    return render(request, "programs/support_list_village.html", shown, status=status)


def _chosen(given: QueryDict) -> set[Key]:
    """The ticks "<household>.<person>", without a person where households are served; what is none
    is passed over."""
    found: set[Key] = set()
    for text in given.getlist("on"):
        household, __, person = text.partition(".")
        if is_key(household) and (not person or is_key(person)):
            found.add((int(household), int(person) if person else None))
    return found


def _ticks(
    found: SupportList, village: int, entitled: list[Candidate], chosen: set[Key] | None
) -> list[Tick]:
    """As the list has them; in a village of which nothing is listed yet those who are due (of a
    loan, those of them who wish it)."""
    listed: set[Key] = set(found.rows.filter(village=village).values_list("household", "person"))
    asks = found.programme.kind == ProgrammeKind.LOAN
    due = {one.key for one in entitled if one.stands in DUE and (one.wishes or not asks)}
    ticked = chosen if chosen is not None else listed or due
    names = list_candidates.names([one.key for one in entitled])
    terms = ProgrammeTerms.objects.in_bulk({one.terms_id for one in entitled})
    ticks = [
        Tick(
            one=one,
            value=f"{one.household_id}.{one.person_id}" if one.person_id else f"{one.household_id}",
            name=names[one.key],
            code=code_of(one.household_id),
            terms=terms[one.terms_id],
            stands=str(STANDS_WORDS[one.stands]),
            is_ticked=one.key in ticked,
            is_busy=one.stands is Stands.ON_THE_WAY,
            is_due=one.stands in DUE,
        )
        for one in entitled
    ]
    order = list(list_words.STANDS_ORDER)
    return sorted(
        ticks,
        key=lambda tick: (order.index(tick.one.stands), asks and not tick.one.wishes),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support_list_asked(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is asked for each row of a draft, a page of rows at a time (?page=). Policy:
    why_not_keep_list."""
    found = kept_list(request, uuid)
    if not found.is_draft:
        return redirect("programs:support_list", found.uuid)
    in_order = support_lists.in_order(found.rows.all())
    page = Paginator(in_order, _ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = support_lists.listed(found, page.object_list, start=page.start_index())  # type: ignore[arg-type]
    form = AskedForm(
        request.POST if request.method == "POST" else None,
        kind=found.programme.kind,
        rows=[one.row for one in rows],
    )

    def act() -> None:
        list_rows.ask(support_list=found, asked=form.asked(), by=access.actor(request))

    if request.method == "POST" and way_offers.is_done(request, form, act, _("It is recorded.")):
        if page.has_next():
            address = reverse("programs:support_list_asked", args=[found.uuid])
            return redirect(f"{address}?page={page.next_page_number()}")
        return redirect("programs:support_list", found.uuid)
    shown = {"list": found, "page": page, "form": form, "rows": _with_cells(rows, form)}
    status = 422 if form.errors else 200
    return render(request, "programs/support_list_asked.html", shown, status=status)


def _with_cells(rows: list[Listed], form: AskedForm) -> list[tuple[Listed, list[object]]]:
    return [(one, list(form.cells(one.row))) for one in rows]
