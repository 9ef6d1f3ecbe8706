"""Pages of a point table: its points, entering it, and the steps until it is in force."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households import policies
from households.choices import PointTableState
from households.errors import DomainError, Invalid, Refused
from households.exchange import point_grid
from households.forms.point_tables import NewTableForm, PointsForm
from households.models import PointTable, PovertyStandard, User
from households.scoring import PointTable as PointRules
from households.services import point_tables, standards, worked_households
from households.views import access, standard_words


def find(code: str) -> PointTable:
    """The table with this code, its standard and people; else 404."""
    tables = PointTable.objects.select_related("standard__owner", "entered_by", "agreed_by")
    return get_object_or_404(tables, code=code)


@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """The table by area variant, its worked households and its steps. Policy: whoever is logged
    in reads it."""
    table = find(code)
    rules = standards.rules_of_table(table)
    variant = request.GET.get("variant", _usual_variant(request, rules))
    shown = [variant] if variant in rules.variants else list(rules.variants)
    user = access.actor(request)
    return render(
        request,
        "households/standards/point_table.html",
        {
            "table": table,
            "name": standard_words.label(rules.name),
            "standard_name": standard_words.label(standards.rules_of(table.standard).name),
            "incomplete": standard_words.label(rules.incomplete_because),
            "doubt": standard_words.label(rules.stated.doubt),
            "variants": _named(rules, list(rules.variants)),
            "shown": _named(rules, shown),
            "shown_code": variant if variant in rules.variants else "",
            "questions": _questions(rules, shown),
            "checks": [
                (check, standard_words.label(rules.variant_names.get(check.worked.variant)))
                for check in worked_households.check(table)
            ],
            "is_draft": table.state == PointTableState.DRAFT,
            "is_proposed": table.state == PointTableState.PROPOSED,
            "why_not_change": worked_households.why_not_change_draft(user, table),
            "why_not_propose": point_tables.why_not_propose(user, table),
            "why_not_withdraw": point_tables.why_not_withdraw(user, table),
            "why_not_agree": point_tables.why_not_agree(user, table),
            "may_keep": policies.why_not_confirm(user, table.standard) is None,
        },
    )


def _usual_variant(request: HttpRequest, rules: PointRules) -> str:
    """The rural variant of the user's own province; "" shows all."""
    for assignment in policies.rights(request.user).assignments:
        if variant := rules.variant_by_province.get(assignment.area.code):
            return variant
    return ""


def _named(rules: PointRules, variants: list[str]) -> list[tuple[str, str]]:
    return [(code, standard_words.label(rules.variant_names[code])) for code in variants]


def _questions(rules: PointRules, shown: list[str]) -> list[dict[str, object]]:
    columns = [rules.variants.index(variant) for variant in shown]
    return [
        {
            "number": question.number,
            "code": question.code,
            "name": standard_words.label(question.name),
            "is_asked": question.is_asked,
            "options": [
                (standard_words.label(option.name), [option.points[c] for c in columns])
                for option in question.options
            ],
        }
        for question in rules.questions
    ]


@require_safe
def points_csv(request: HttpRequest, code: str) -> HttpResponse:
    """The points as a grid to fill in a spreadsheet. Policy: whoever is logged in."""
    table = find(code)
    grid = point_grid.write(standards.rules_of_table(table))
    response = HttpResponse("\ufeff" + grid, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.code}.csv"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a table of a standard, on the questions of an existing one or as a whole file.
    Policy: why_not_confirm."""
    standard = get_object_or_404(PovertyStandard, code=code)
    user = access.actor(request)
    access.refuse_if(policies.why_not_confirm(user, standard))
    pattern = _pattern(standard, request.GET.get("pattern", ""))
    start = {"grid": _grid(pattern), "name_vi": "", "source": ""}
    form = NewTableForm(request.POST or None, request.FILES or None, pattern=pattern, initial=start)
    if request.method == "POST" and form.is_valid():
        table = _written(
            form,
            lambda document: point_tables.enter(standard=standard, document=document, by=user),
        )
        if table:
            messages.success(request, _("The table is entered as a draft."))
            return redirect("households:point_table", table.code)
    return render(
        request,
        "households/standards/point_table_form.html",
        {
            "standard": standard,
            "standard_name": standard_words.label(standards.rules_of(standard).name),
            "pattern": pattern,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _pattern(standard: PovertyStandard, code: str) -> PointTable | None:
    """The table whose questions are taken over: the one asked for, the one in force, the newest."""
    tables = list(standard.point_tables.order_by("-pk"))
    for wanted in tables:
        if wanted.code == code:
            return wanted
    in_force = [table for table in tables if table.state == PointTableState.IN_FORCE]
    return next(iter(in_force + tables), None)


def _grid(pattern: PointTable | None) -> str:
    return point_grid.write(standards.rules_of_table(pattern)) if pattern else ""


def _written(
    form: PointsForm, write: Callable[[dict[str, object]], PointTable]
) -> PointTable | None:
    """Write the form's document; whatever is wrong goes to its field, and nothing is written."""
    try:
        document = form.document()
        return write(document) if document else None
    except Invalid as invalid:
        for name, told in invalid.fields.items() or [("", [invalid.message])]:
            form.add_error(name if name in form.fields else None, [str(one) for one in told])
    except DomainError as error:
        form.add_error(None, str(error.message))
    return None


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Other points for a draft. Policy: why_not_change_draft."""
    table = find(code)
    user = access.actor(request)
    access.refuse_if(worked_households.why_not_change_draft(user, table))
    form = PointsForm(
        request.POST or None,
        request.FILES or None,
        pattern=table,
        initial={"grid": _grid(table)},
    )
    if request.method == "POST" and form.is_valid():
        written = _written(
            form, lambda document: point_tables.change(table=table, document=document, by=user)
        )
        if written:
            messages.success(request, _("The points are saved."))
            return redirect("households:point_table", table.code)
    return render(
        request,
        "households/standards/point_table_form.html",
        {
            "standard": table.standard,
            "standard_name": standard_words.label(standards.rules_of(table.standard).name),
            "table": table,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _step(
    request: HttpRequest, code: str, take: Callable[[PointTable, User], object], done: str
) -> HttpResponse:
    """Take one step; a refusal is a 403 with its reason, what is wrong comes back as a message."""
    table = find(code)
    try:
        take(table, access.actor(request))
    except Refused as refusal:
        access.refuse_if(str(refusal.message))
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, done)
    if not PointTable.objects.filter(pk=table.pk).exists():
        return redirect("households:standard", table.standard.code)
    return redirect("households:point_table", code)


@require_POST
def propose(request: HttpRequest, code: str) -> HttpResponse:
    """Put the draft to a second person. Policy: why_not_propose."""
    done = _("The table waits for a second person.")
    return _step(request, code, lambda table, by: point_tables.propose(table=table, by=by), done)


@require_POST
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Back to a draft. Policy: why_not_withdraw."""
    reason = request.POST.get("reason", "")
    done = _("The table is a draft again.")
    return _step(
        request,
        code,
        lambda table, by: point_tables.withdraw(table=table, reason=reason, by=by),
        done,
    )


@require_POST
def agree(request: HttpRequest, code: str) -> HttpResponse:
    """Put the table in force. Policy: why_not_agree."""
    done = _("The table is in force.")
    return _step(request, code, lambda table, by: point_tables.agree(table=table, by=by), done)


@require_POST
def discard(request: HttpRequest, code: str) -> HttpResponse:
    """Throw the draft away. Policy: why_not_change_draft."""
    done = _("The draft is thrown away.")
    return _step(request, code, lambda table, by: point_tables.discard(table=table, by=by), done)
