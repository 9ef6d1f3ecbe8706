"""Pages of the programmes: the list, and one with its terms, their sources and doubts."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from households import clock
from households.errors import Invalid
from households.services import standards
from households.views import access
from programs import policies
from programs.choices import Doubt, FundingLine
from programs.forms.programmes import ConfirmTermsForm
from programs.models import Programme, ProgrammeTerms
from programs.queries.entitlement import rule_of
from programs.services import programmes
from programs.views import ground_words
from programs.views.ground_words import Given
from programs.views.sections import links_of, sections


@dataclass(frozen=True)
class ProgrammeRow:
    """A line of the list: how many grounds are in force today, and how many decide nothing yet."""

    programme: Programme
    in_force: int
    in_doubt: int
    waiting: int


@dataclass(frozen=True)
class DoubtRow:
    """One part of the terms that nobody vouches for, with the form for those who may."""

    stated: str
    words: str
    doubt: str
    form: ConfirmTermsForm | None


@dataclass(frozen=True)
class TermsRow:
    """One ground for a time, in words."""

    terms: ProgrammeTerms
    who: list[str]
    gives: list[Given]
    doubts: list[DoubtRow]
    is_in_force: bool
    may_state: bool


@require_safe
def programme_list(request: HttpRequest) -> HttpResponse:
    """Policy: whoever is logged in reads the programmes. Two queries besides the page's own."""
    today = clock.today()
    found = Programme.objects.prefetch_related("terms")
    return render(
        request,
        "programs/programme_list.html",
        {
            "rows": [_row(one, today) for one in found],
            "today": today,
            "sections": list(sections(request.user)),
        },
    )


def _row(programme: Programme, today: dt.date) -> ProgrammeRow:
    valid = [terms for terms in programme.terms.all() if _in_force(terms, today)]
    return ProgrammeRow(
        programme=programme,
        in_force=len(valid),
        in_doubt=sum(not terms.decides for terms in valid),
        waiting=sum(len(terms.doubts) for terms in valid),
    )


def _in_force(terms: ProgrammeTerms, today: dt.date) -> bool:
    return terms.valid_from <= today and (terms.valid_to is None or terms.valid_to >= today)


@require_safe
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Policy: whoever is logged in; the form of a doubt is for those who may confirm."""
    return _page(request, get_object_or_404(Programme, code=code))


@require_POST
def confirm(request: HttpRequest, pk: int, stated: str) -> HttpResponse:
    """Vouch for one doubtful part of the terms. Policy: why_not_confirm_terms."""
    terms = get_object_or_404(ProgrammeTerms.objects.select_related("programme", "owner"), pk=pk)
    access.refuse_if(policies.why_not_confirm_terms(request.user, terms))
    if stated not in terms.doubts:
        raise Http404
    form = _form(terms, stated, request.POST)
    if form.is_valid():
        try:
            programmes.confirm(
                terms=terms,
                stated=stated,
                source=form.cleaned_data["source"],
                by=access.actor(request),
            )
        except Invalid as invalid:
            form.add_error("source", str(invalid.message))
    if form.errors:
        return _page(request, terms.programme, form, status=422)
    messages.success(request, _("Confirmed: %(label)s.") % {"label": terms.name})
    return redirect("programs:programme", terms.programme.code)


def _form(terms: ProgrammeTerms, stated: str, typed: QueryDict | None = None) -> ConfirmTermsForm:
    return ConfirmTermsForm(typed, auto_id=f"t{terms.pk}_{stated}_%s")


def _page(
    request: HttpRequest,
    found: Programme,
    typed: ConfirmTermsForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    today = clock.today()
    rows = list(_terms_rows(request, found, today, typed))
    return render(
        request,
        "programs/programme.html",
        {
            "programme": found,
            "today": today,
            "parts": [
                (_("In force today"), [row for row in rows if row.is_in_force]),
                (_("At other times"), [row for row in rows if not row.is_in_force]),
            ],
            "links": links_of(found, request.user),
            "funding": [FundingLine(code).label for code in found.funding],
        },
        status=status,
    )


def _terms_rows(
    request: HttpRequest, found: Programme, today: dt.date, typed: ConfirmTermsForm | None
) -> Iterable[TermsRow]:
    standard = standards.in_force(today)
    rules = standards.rules_of(standard) if standard else None
    terms = found.terms.select_related("owner").order_by("rank", "ground", "-valid_from")
    for one in terms:
        may_confirm = policies.why_not_confirm_terms(request.user, one) is None
        yield TermsRow(
            terms=one,
            who=ground_words.conditions(rule_of(one).conditions, rules),
            gives=ground_words.gives(one),
            doubts=list(_doubts(one, typed, may_confirm=may_confirm)),
            is_in_force=_in_force(one, today),
            may_state=may_confirm,
        )


def _doubts(
    terms: ProgrammeTerms, typed: ConfirmTermsForm | None, *, may_confirm: bool
) -> Iterable[DoubtRow]:
    words = {one.field: one.words for one in ground_words.gives(terms)} | {"who": _("for whom")}
    for stated, doubt in terms.doubts.items():
        form = _form(terms, stated) if may_confirm else None
        if typed and form and typed.auto_id == form.auto_id:
            form = typed
        yield DoubtRow(stated, words.get(stated, stated), str(Doubt(doubt).label), form)
