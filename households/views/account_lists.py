"""Accounts by an Excel list: template, check, create, slips to print."""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households.errors import Invalid, Refused
from households.exchange import account_sheet, small_sheets
from households.forms.account_lists import AccountFileForm, CheckedListForm, signed
from households.services import account_lists, first_login
from households.services.first_login import Slip
from households.views import accounts

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_list(request: HttpRequest) -> HttpResponse:
    """Send a list and see it checked; nothing is made yet. Policy: MANAGES_ACCOUNTS, for each row
    why_not_give_role."""
    actor = accounts.keeper(request)
    form = AccountFileForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            rows = account_sheet.read(sent.read(small_sheets.MOST_BYTES + 1), sent.name)
        except Invalid as fault:
            form.add_error("file", str(fault.message))
        else:
            context |= _checked(account_lists.check(rows=rows, by=actor)) | {"rows": signed(rows)}
    status = 422 if request.method == "POST" and form.errors else 200
    return render(request, "households/account_list.html", context, status=status)


def _checked(found: Sequence[account_lists.CheckedRow]) -> dict[str, object]:
    cells = [
        (
            one,
            [
                (label, one.row.cells.get(name, ""), one.problems.get(name, ""))
                for name, label in account_sheet.COLUMNS.items()
            ],
        )
        for one in found
    ]
    good = sum(one.is_good for one in found)
    return {
        "checked": cells,
        "good": good,
        "bad": len(found) - good,
        "headings": list(account_sheet.COLUMNS.values()),
    }


@require_safe
def account_template(request: HttpRequest) -> HttpResponse:
    """The empty list with the allowed values in its cells. Policy: MANAGES_ACCOUNTS."""
    actor = accounts.keeper(request)
    answer = HttpResponse(account_sheet.template(account_lists.choices(actor)), content_type=EXCEL)
    answer["Content-Disposition"] = 'attachment; filename="povreg-tai-khoan.xlsx"'
    return answer


@require_POST
@never_cache
def account_list_create(request: HttpRequest) -> HttpResponse:
    """Make the checked accounts and show their slips, once. Policy: as account_list."""
    actor = accounts.keeper(request)
    form = CheckedListForm(request.POST)
    if form.is_valid():
        rows, only_good = form.cleaned_data["rows"], form.cleaned_data["only_good"]
        try:
            return slips(request, account_lists.create(rows=rows, by=actor, only_good=only_good))
        except Invalid as fault:
            context = _checked(account_lists.check(rows=rows, by=actor))
            context |= {"rows": signed(rows), "problem": fault.message}
    else:
        context = {"problem": _("The check is too old. Send the file again.")}
    context["form"] = AccountFileForm()
    return render(request, "households/account_list.html", context, status=422)


@require_POST
@never_cache
def user_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """A new first-log-in slip of one account, shown once. Policy: why_not_reset_password."""
    actor = accounts.keeper(request)
    account = accounts.known(actor, pk)
    try:
        return slips(request, [first_login.issue(user=account, by=actor)])
    except Refused as refusal:
        raise PermissionDenied(str(refusal.message)) from refusal


def slips(request: HttpRequest, made: Sequence[Slip]) -> HttpResponse:
    """The page of slips, several on a sheet of A4; their codes are shown only now."""
    address = request.build_absolute_uri(reverse("first_login"))
    return render(request, "households/slips.html", {"slips": made, "address": address})
