"""Lists of houses on paper: the village's minutes and the commune's list, asked what for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from households import clock, policies
from households.choices import Purpose
from households.errors import Invalid
from households.exchange import paper_printing, word_printing
from households.exchange.sheets import Cell, Head, Part
from households.forms.disclosures import DisclosureForm
from households.models import Area
from households.services import disclosures, word_templates
from households.templatetags.povreg import number
from households.views import access, file_answers, paper_places
from households.views.list_out import foot_of
from programs.choices.houses import Build
from programs.models import HousingCriterion
from programs.policies.houses import visible_cases
from programs.queries import houses as queries
from programs.queries.houses import HouseRow
from programs.views.house_pages import cases_of, narrowed, visible_meeting

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class _Out:
    """A list that leaves the screen: its template, title, rows and words around them."""

    template: str
    title: str
    back: tuple[Any, ...]
    rows: list[HouseRow]
    filters: dict[str, Any]
    words: Callable[[], dict[str, Any]]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def housing_out(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The commune's list as PDF, Word or Excel, narrowed as the page; what for is asked and
    recorded. Policy: readable_commune."""
    commune = access.readable_commune(request, pk)
    rows = narrowed(request, queries.rows(cases_of(request, commune), clock.today()))
    filters = {"commune": commune.pk, **{k: request.GET.get(k, "") for k in ("village", "stage")}}
    out = _Out(
        "housing_list",
        _("Houses: list of the commune"),
        ("programs:housing_list", commune.pk),
        rows,
        filters,
        lambda: _common(commune),
    )
    return _answer(request, out)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def housing_meeting_out(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The minutes of a village's meeting with its list. Policy: visible_meetings."""
    found = visible_meeting(request, uuid)
    commune = found.village.parent
    assert commune is not None
    cases = visible_cases(request.user).filter(meeting=found)

    def words() -> dict[str, Any]:
        return _common(commune) | {
            "village": paper_places.village_name(found.village),
            "held": f"{found.held_on:%d/%m/%Y}",
            "number": found.minutes_number,
            "chair": found.chaired_by,
            "present": found.present or "",
        }

    out = _Out(
        "housing_minutes",
        _("Houses: minutes of the village meeting"),
        ("programs:housing_meeting", found.uuid),
        queries.rows(cases, clock.today()),
        {"meeting": str(found.uuid)},
        words,
    )
    return _answer(request, out)


def _answer(request: HttpRequest, out: _Out) -> HttpResponseBase:
    user = access.actor(request)
    form = DisclosureForm(request.POST or None, initial={"purpose": Purpose.REPORT})
    if request.method == "POST" and form.is_valid():
        purpose, note = Purpose(form.cleaned_data["purpose"]), form.cleaned_data["note"]
        kept = request.POST.get("format", "pdf")
        try:
            disclosures.record(
                verb=disclosures.DOWNLOAD if kept == "xlsx" else disclosures.PAPER,
                filters=out.filters, count=len(out.rows), purpose=purpose, note=note, by=user,
            )  # fmt: skip
        except Invalid as fault:
            form.add_error("note", str(fault.message))
        else:
            with override("vi"):  # as every paper
                return _file(request, out, kept, foot_of(user, purpose, note))
    context = {"form": form, "title": out.title, "back": out.back, "count": len(out.rows)}
    status = 422 if form.errors else 200
    return render(request, "programs/houses_out.html", context, status=status)


def _file(request: HttpRequest, out: _Out, kept: str, foot: str) -> HttpResponseBase:
    words = out.words() | {"title": out.title, "foot": foot}
    names = {one.code: one.name_vi for one in HousingCriterion.objects.all()}
    words["rows"] = [_line(at, row, names) for at, row in enumerate(_built(out.rows), start=1)]
    if kept == "xlsx":
        part = Part(out.title, _HEADS, _cells(words["rows"]), count=len(out.rows), top=foot)
        return file_answers.sheet(f"povreg-{out.template}", part, as_csv=False)
    if kept == "word":
        province = policies.province_of(access.actor(request))
        source = word_templates.in_use(province=province, paper=out.template)
        answer = HttpResponse(word_printing.docx(source, words), content_type=_WORD)
        answer["Content-Disposition"] = f'attachment; filename="povreg-{out.template}.docx"'
        return answer
    answer = HttpResponse(paper_printing.pdf(out.template, words), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="povreg-{out.template}.pdf"'
    return answer


def _built(rows: list[HouseRow]) -> list[HouseRow]:
    """Without those that are not built any more."""
    return [row for row in rows if not row.is_void]


_HEADS = (
    Head("TT", Cell.WHOLE, 5), Head("Họ và tên chủ hộ", width=24), Head("Mã hộ", width=12),
    Head("Thôn", width=18), Head("Số khẩu", Cell.WHOLE, 8), Head("Xây mới / sửa chữa", width=14),
    Head("Thứ tự ưu tiên", Cell.WHOLE, 8), Head("Lý do ưu tiên", width=34),
    Head("Đã đến bước", width=24), Head("Ngày", width=12),
    Head("Kế hoạch (đồng)", Cell.WHOLE, 16), Head("Đã chi (đồng)", Cell.WHOLE, 16),
)  # fmt: skip


#: Papers speak the language of the law, whatever the screen does.
_BUILDS = {Build.NEW: "Xây mới", Build.REPAIR: "Sửa chữa"}


def _line(at: int, row: HouseRow, names: dict[str, str]) -> dict[str, Any]:
    case = row.case
    return {
        "at": at,
        "head_name": row.card.head_name,
        "code": row.card.code,
        "village": case.benefit.village.name if case.benefit.village else "",
        "members": row.card.members,
        "build": _BUILDS[Build(case.build)],
        "priority": case.priority,
        "why": ", ".join(names.get(code, code) for code in case.criteria),
        "stage": case.stage.name_vi,
        "stage_on": f"{case.stage_on:%d/%m/%Y}",
        "planned": number(case.planned_vnd),
        "paid": number(row.paid_vnd or None),
        "planned_vnd": case.planned_vnd,
        "paid_vnd": row.paid_vnd,
    }


_IN_SHEET = (
    "at", "head_name", "code", "village", "members", "build", "priority", "why", "stage",
    "stage_on", "planned_vnd", "paid_vnd",
)  # fmt: skip


def _cells(lines: list[dict[str, Any]]) -> Any:
    return ([line[name] for name in _IN_SHEET] for line in lines)


def _common(commune: Area) -> dict[str, Any]:
    return {
        "mark": paper_places.mark_of(commune),
        "issuer-above": paper_places.commune_committee(commune),
        "issuer": "",
        "place": commune.name,
        "commune": paper_places.commune_name(commune),
        "year": clock.today().year,
        "today": f"{clock.today():%d/%m/%Y}",
    }
