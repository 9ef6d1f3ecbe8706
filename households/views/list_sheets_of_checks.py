"""Lists of what is checked and settled, as files: complaints, forms to be checked again, likely
duplicates, accounts, moves within the province, rows of a returned sheet.

As list_sheets: each reads the address as its page does, with the same refusals.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from households import policies
from households.choices.returns import WhyNotFound
from households.exchange.sheets import Cell, Head
from households.models import Area, Complaint, DuplicatePair, ReviewRound, User
from households.models.people import code_of
from households.queries import layout_returns as returns
from households.templatetags.povreg import day
from households.views import (
    access,
    duplicates,
    layout_returns,
    oddities,
    returned_words,
    transfers,
    users,
)
from households.views.listed import Listed, of_commune

Columns = list[tuple[Head, Callable[[Any], object]]]
_PIECE: Final = 500


def _number(request: HttpRequest, name: str) -> int:
    """A number of the address. Raises Http404."""
    asked = request.GET.get(name, "")
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 10):
        raise Http404
    return int(asked)


def _complaints(request: HttpRequest, pk: int) -> Listed:
    """Of a commune in the ?round=, of one ?village= where it is named."""
    held = policies.rights(request.user)
    if not held.holds_anywhere(policies.SETTLES_COMPLAINTS):
        access.refuse_if(_("Complaints are settled by the commune."))
    branches = held.branches(policies.SETTLES_COMPLAINTS)
    commune = get_object_or_404(Area.objects.under_any(branches), pk=pk)
    round = get_object_or_404(ReviewRound, pk=_number(request, "round"))
    found = Complaint.objects.filter(commune=commune, round=round)
    village = None
    if request.GET.get("village"):
        village = get_object_or_404(Area, pk=_number(request, "village"), parent=commune)
        found = found.filter(village=village)
    found = found.select_related("village", "household__card", "recorded_by", "settled_by")
    columns: Columns = [
        (Head(_("Received on"), Cell.DAY), lambda one: one.received_on),
        (Head(_("Kind"), width=18), lambda one: one.get_kind_display()),
        (Head(_("From whom"), width=26), lambda one: one.from_name),
        (Head(_("Village"), width=22), lambda one: one.village.name),
        (Head(_("About which household"), width=26), _about),
        (Head(_("What is said"), width=44), lambda one: one.words),
        (Head(_("Answer due on"), Cell.DAY), lambda one: one.due_on),
        (Head(_("State"), width=20), lambda one: one.get_state_display()),
        (Head(_("Answered on"), Cell.DAY), lambda one: one.answered_on),
        (Head(_("Number of the answer"), width=18), lambda one: one.answer_number),
        (Head(_("Answer"), width=44), lambda one: one.answer),
    ]
    return of_commune(
        "households:commune_way", request, commune, _("Remarks, complaints, denunciations"), found,
        columns, arguments=[round.pk, commune.pk], round=round.pk,
        village=village.pk if village else None,
    )  # fmt: skip


def _about(one: Complaint) -> str:
    return f"{one.household.card.head_name} ({one.household.code})" if one.household else ""


def _oddities(request: HttpRequest, pk: int) -> Listed:
    """Of a commune in the ?round=: what is open first, as the page has them."""
    round, commune = oddities.place_of(request, _number(request, "round"), pk)
    rows = sorted(oddities.rows_of(round, commune), key=lambda row: row.dismissal is not None)
    columns: Columns = [
        (Head(pgettext("oddity", "Kind"), width=26), lambda row: str(row.oddity.kind.label)),
        (Head(_("What stands out"), width=60), lambda row: row.sentence),
        (Head(_("Households"), width=40), _households),
        (Head(_("Looked at"), width=26), _reason),
        (Head(pgettext("oddity", "Looked at by"), width=22), _looked_at_by),
        (Head(_("Day"), Cell.DAY), _looked_at_on),
    ]
    back = reverse("households:commune_oddities", args=[round.pk, commune.pk])
    kept = {"list": "commune_oddities", "commune": commune.pk, "round": round.pk}
    return Listed(_("To be checked again"), commune.name, back, kept, len(rows), columns, rows)


def _households(row: oddities.Row) -> str:
    """Heads where the page names them, else codes."""
    named = {card.household_id: card.head_name for card in row.cards}
    told = [f"{named.get(pk, '')} {code_of(pk)}".strip() for pk in row.oddity.households]
    return ", ".join(told)


def _looked_at_by(row: oddities.Row) -> str:
    return str(row.dismissal.dismissed_by) if row.dismissal else ""


def _looked_at_on(row: oddities.Row) -> object:
    return row.dismissal.dismissed_at.date() if row.dismissal else None


def _reason(row: oddities.Row) -> str:
    return row.dismissal.get_reason_display() if row.dismissal else ""


def _duplicates(request: HttpRequest, pk: int) -> Listed:
    user, found, kind, state = duplicates.queue_of(request)
    columns: Columns = [
        (Head(pgettext("pair", "One"), width=26), lambda row: row.a.name),
        (Head(_("Where the one lives"), width=34), lambda row: str(row.a.place)),
        (Head(pgettext("pair", "The other"), width=26), lambda row: row.b.name),
        (Head(_("Where the other lives"), width=34), lambda row: str(row.b.place)),
        (Head(pgettext("pair", "Kind"), width=18), lambda row: row.pair.get_kind_display()),
        (Head(pgettext("pair", "Why"), width=44), _why_alike),
        (Head(_("Points of 100"), Cell.WHOLE), lambda row: row.pair.score or None),
        (Head(_("State"), width=20), lambda row: row.pair.get_state_display()),
    ]
    rows = (duplicates.row_of(user, one) for one in _pairs(found))
    kept = {"list": "duplicate_list", "kind": kind, "state": str(state)}
    back = f"{reverse('households:duplicate_list')}?{request.GET.urlencode()}"
    return Listed(_("Likely duplicates"), "", back, kept, found.count(), columns, rows)


def _pairs(found: Any) -> Any:
    return found.iterator(_PIECE)


def _why_alike(row: duplicates.Row) -> str:
    pair: DuplicatePair = row.pair
    return pair.claim or ", ".join(map(str, row.reasons))


def _users(request: HttpRequest, pk: int) -> Listed:
    """Accounts, without anything by which one logs in."""
    known, words = users.known_as_asked(request)
    rows = users.account_rows(list(known))
    columns: Columns = [
        (Head(_("Full name"), width=26), lambda row: row.account.full_name),
        (Head(_("Log-in name"), width=20), lambda row: row.account.username),
        (Head(_("Phone"), width=14), lambda row: row.account.phone),
        (Head(_("Works as"), width=50), _works_as),
        (Head(_("Last log-in"), Cell.DAY), lambda row: _day_of(row.account)),
        (Head(_("State"), width=24), _account_state),
    ]
    kept = {"list": "user_list", "searched": bool(words)}
    back = f"{reverse('households:user_list')}?{request.GET.urlencode()}"
    return Listed(_("Users"), "", back, kept, len(rows), columns, rows)


def _works_as(row: users.AccountRow) -> str:
    return "; ".join(
        f"{held.assignment.get_role_display()}: {held.unit} {held.assignment.area.name}"
        for held in row.held
    )


def _day_of(account: User) -> object:
    return account.last_login.date() if account.last_login else None


def _account_state(row: users.AccountRow) -> str:
    if not row.account.is_active:
        return _("account closed")
    if not row.held:
        return _("no assignment")
    return _("in use") if row.has_password else _("has not set a password")


def _moved(request: HttpRequest, pk: int) -> Listed:
    province, year, rows = transfers.moved_in_year(request)
    columns: Columns = [
        (Head(_("Household"), width=26), lambda one: one.transfer.household.card.head_name
         or one.transfer.household.code),
        (Head(_("Decrease in"), width=24), lambda one: one.transfer.from_commune.name),
        (Head(_("Increase in"), width=24), lambda one: one.transfer.to_commune.name),
        (Head(_("Moved on"), Cell.DAY), lambda one: one.transfer.moved_on),
        (Head(_("Class when taken over"), width=22), lambda one: str(one.poverty_class.label)
         if one.poverty_class else _("on no list")),
    ]  # fmt: skip
    back = f"{reverse('households:moved_within')}?year={year}"
    kept = {"list": "moved_within", "province": province.pk, "year": year}
    title = _("Moved within the province")
    return Listed(title, province.name, back, kept, len(rows), columns, rows)


def _returned(request: HttpRequest, pk: int) -> Listed:
    """Rows of a returned sheet by ?show=, so that what was not found can go back to its sender."""
    user = access.actor(request)
    returned = layout_returns.seen_of(user, pk=pk)
    show = request.GET.get("show", "")
    show = show if show in layout_returns.TABS else ""
    found = returns.rows(user, returned, show)
    rows = (
        told
        for at in range(0, found.count(), _PIECE)
        for told in returned_words.told(user, returned, list(found[at : at + _PIECE]))
    )
    columns: Columns = [
        (Head(_("Row"), Cell.WHOLE), lambda one: one.row.line),
        (Head(_("Household"), width=14), lambda one: one.row.household.code if one.row.household
         else ""),
        (Head(pgettext("returned row", "Of whom"), width=26), _of_whom),
        (Head(_("Why not found"), width=36), lambda one: str(WhyNotFound(one.row.why_not).label)
         if one.row.why_not else ""),
        (Head(_("What differs"), width=50), lambda one: "; ".join(
            f"{it.label}: {it.theirs} ({it.ours})" for it in one.differences)),
        (Head(_("Cells that cannot be read"), width=40), lambda one: _pairs_told(one.faults)),
        (Head(_("What stood there"), width=50), lambda one: _pairs_told(one.said)),
        (Head(_("What the receiver answers"), width=40), lambda one: _pairs_told(one.answers)),
    ]  # fmt: skip
    back = f"{reverse('households:layout_return', args=[returned.uuid])}?show={show}"
    kept = {"list": "layout_return", "return": returned.pk, "show": show}
    return Listed(returned.file_name, returned.area.name, back, kept, found.count(), columns, rows)


def _of_whom(one: returned_words.RowWords) -> str:
    if one.row.person:
        return str(one.row.person.full_name)
    return one.row.household.card.head_name if one.row.household else ""


def _pairs_told(pairs: Sequence[tuple[str, Any]]) -> str:
    return "; ".join(
        f"{heading}: {day(value) if hasattr(value, 'year') else value}" for heading, value in pairs
    )


LISTS: Final[dict[str, Callable[[HttpRequest, int], Listed]]] = {
    "complaints": _complaints,
    "oddities": _oddities,
    "duplicates": _duplicates,
    "users": _users,
    "moved": _moved,
    "returned": _returned,
}
