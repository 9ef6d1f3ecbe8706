"""How many live where in a round's communes: typed in a table, pasted, or sent as a file."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import policies
from households.choices import AreaLevel
from households.errors import Invalid, Refused
from households.exchange import resident_sheet, small_sheets
from households.exchange.resident_sheet import TypedCount
from households.forms.steps import SaysFaults
from households.models import Area, ResidentCount, ReviewRound
from households.queries import resident_counts as queries
from households.queries.resident_counts import Residents
from households.services import resident_counts as services
from households.services.resident_counts import Count, Read
from households.views import access, way_offers

#: What each number is called on the page.
_LABELS = {
    "households": gettext_lazy("Households now"),
    "persons": gettext_lazy("People now"),
    "minority_households": gettext_lazy("Minority households"),
    "minority_persons": gettext_lazy("Minority people"),
    "local_minority_households": gettext_lazy("Local minority households"),
    "local_minority_persons": gettext_lazy("Local minority people"),
}


@dataclass(frozen=True)
class Field:
    """One number of a line: its name in the form, its label, and what stands in it."""

    name: str
    label: str | Promise
    value: str


@dataclass(frozen=True)
class Row:
    """A line of the table with what stands in its fields, by NUMBERS."""

    residents: Residents
    typed: Mapping[str, str]

    @property
    def key(self) -> str:
        return f"{self.residents.commune.pk}-{self.residents.settlement}"

    @property
    def fields(self) -> list[Field]:
        return [
            Field(f"{name}-{self.key}", label, self.typed[name]) for name, label in _LABELS.items()
        ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def residents(request: HttpRequest, round_pk: int) -> HttpResponse:
    """Policy: why_not_enter_residents; the communes of one's own areas, a round of one's own
    province (else 404)."""
    user = access.actor(request)
    branches = policies.rights(user).branches(policies.ENTERS_RESIDENTS)
    access.refuse_if(
        None if branches else _("Only the commune officer or the department enters residents.")
    )
    provinces = {int(path.split(".")[0]) for path in branches}
    round = get_object_or_404(
        ReviewRound.objects.select_related("province").filter(province__in=provinces), pk=round_pk
    )
    communes = Area.objects.under_any(branches).at(AreaLevel.COMMUNE).on(round.as_of)
    found = queries.of_round(round, communes.order_by("parent__folded_name", "folded_name"))
    if request.method == "POST":
        return _sent(request, round, found)
    return _show(request, round, [_row(one) for one in found])


def _row(one: Residents, typed: Mapping[str, str] | None = None) -> Row:
    if typed is None:
        return Row(one, _written(one.now))
    key = f"{one.commune.pk}-{one.settlement}"
    return Row(one, {name: typed.get(f"{name}-{key}", "").strip() for name in services.NUMBERS})


def _written(count: ResidentCount | Count | None) -> dict[str, str]:
    """As it stands in the fields; what is not entered is empty."""
    numbers = {name: getattr(count, name, None) for name in services.NUMBERS}
    return {name: "" if number is None else str(number) for name, number in numbers.items()}


def _sent(request: HttpRequest, round: ReviewRound, found: list[Residents]) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "save":
        return _save(request, round, found)
    form = SaysFaults(request.POST)
    form.is_valid()
    rows = [_row(one) for one in found]
    try:
        read = services.read_rows(_typed(request, act), round=round, by=access.actor(request))
    except (Invalid, Refused) as fault:
        form.add_error(None, str(fault.message))
        return _show(request, round, rows, form=form, status=422)
    return _show(request, round, _filled(found, read), read=read)


def _typed(request: HttpRequest, act: str) -> list[TypedCount]:
    if act == "paste":
        return resident_sheet.pasted(request.POST.get("text", "")[:200_000])
    sent = request.FILES.get("file")
    if sent is None:
        raise Invalid(_("Choose a file."))
    return resident_sheet.read(sent.read(small_sheets.MOST_BYTES + 1), sent.name or "")


def _filled(found: list[Residents], read: Read) -> list[Row]:
    """The table with what was read in its fields; nothing is saved yet."""
    given = {(one.commune.pk, one.settlement): one for one in read.counts}
    rows = []
    for one in found:
        count = given.get((one.commune.pk, one.settlement))
        rows.append(Row(one, _written(count)) if count else _row(one))
    return rows


def _save(request: HttpRequest, round: ReviewRound, found: list[Residents]) -> HttpResponse:
    form = SaysFaults(request.POST)
    rows = [_row(one, request.POST) for one in found]

    def act() -> str:
        counts = [_count(row, round) for row in rows if any(row.typed.values())]
        number = services.enter(counts=counts, by=access.actor(request))
        words = ngettext("%(count)s count is saved.", "%(count)s counts are saved.", number)
        return words % {"count": number} if number else _("Nothing was changed.")

    if way_offers.is_done(request, form, act, ""):
        return redirect("households:residents", round.pk)
    return _show(request, round, rows, form=form, status=422)


def _count(row: Row, round: ReviewRound) -> Count:
    one = row.residents
    texts = {name: text.replace(".", "").replace(" ", "") for name, text in row.typed.items()}
    given = {name: text for name, text in texts.items() if text or name not in services.OPTIONAL}
    if not all(text.isascii() and text.isdecimal() and len(text) < 9 for text in given.values()):
        raise Invalid(_("%(commune)s: whole numbers are needed.") % {"commune": one.commune.name})
    numbers = {name: int(text) for name, text in given.items()}
    return Count(one.commune, round.as_of, one.settlement, **numbers)


def _show(
    request: HttpRequest,
    round: ReviewRound,
    rows: list[Row],
    *,
    form: SaysFaults | None = None,
    read: Read | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = {
        "round": round,
        "rows": rows,
        "form": form,
        "read": read,
        "text": request.POST.get("text", ""),
        "missing": sum(row.residents.now is None for row in rows),
        "marked": sum(row.residents.is_marked for row in rows),
    }
    return render(request, "households/residents.html", shown, status=status)
