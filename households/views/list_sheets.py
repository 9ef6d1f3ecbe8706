"""The lists that leave the screen as files: what of each is seen, its columns, its rows.

Each entry of LISTS reads the address of its page as the page itself does, with the same refusals,
so that a file holds what was on the screen: filters, columns, order.
"""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from households.choices import PovertyClass, RequestState
from households.exchange.sheets import Cell, Head
from households.models import StatusConfirmation
from households.queries import certificates as register
from households.queries import requests, transfers
from households.queries.round_monitor import CommuneProgress
from households.views import access, certificates, list_sheets_of_checks, round_monitor
from households.views.listed import Listed, of_commune


def _requests(request: HttpRequest, pk: int) -> Listed:
    commune = access.readable_commune(request, pk)
    state = request.GET.get("state", RequestState.OPEN.value)
    found = requests.of_commune(commune, state)
    columns: list[tuple[Head, Callable[[Any], object]]] = [
        (Head(_("Number"), width=16), lambda one: one.number),
        (Head(_("Who asks"), width=26), lambda one: one.from_name),
        (Head(_("Village"), width=22), lambda one: one.village.name),
        (Head(_("What is asked for"), width=30), lambda one: one.get_kind_display()),
        (Head(_("Received on"), Cell.DAY), lambda one: one.received_on),
        (Head(_("Answer due on"), Cell.DAY), lambda one: one.due_on),
        (Head(_("State"), width=20), lambda one: one.get_state_display()),
        (Head(_("Answered on"), Cell.DAY), lambda one: one.answered_on),
    ]
    known = (*RequestState.values, requests.LATE)
    return of_commune(
        "households:request_list", request, commune, _("Requests"), found, columns,
        state=state if state in known else "",
    )  # fmt: skip


def _certificates(request: HttpRequest, pk: int) -> Listed:
    commune = access.readable_commune(request, pk)
    filters = certificates.chosen(request, commune)
    village = filters["village"]
    found = register.register(
        commune,
        village=village.pk if village else None,
        state=filters["state"],
        words=filters["words"],
    )
    columns: list[tuple[Head, Callable[[Any], object]]] = [
        (Head(_("Number"), width=16), lambda one: one.number),
        (Head(_("Head"), width=26), lambda one: one.household.card.head_name),
        (Head(_("Village"), width=22), lambda one: one.household.card.village.name),
        (Head(_("Class"), width=16), lambda one: str(PovertyClass(one.poverty_class).label)),
        (Head(_("Issued on"), Cell.DAY), lambda one: one.issued_on),
        (Head(_("State"), width=18), lambda one: one.get_state_display()),
        (Head(_("Ended on"), Cell.DAY), lambda one: one.ended_on),
        (Head(_("Handed over"), Cell.DAY), lambda one: one.handed_over_on),
        (Head(_("Handed over to"), width=26), lambda one: one.handed_to),
    ]
    return of_commune(
        "households:certificate_register", request, commune, _("Certificates"), found, columns,
        village=village.pk if village else None, searched=bool(filters["words"].strip()),
        state=filters["state"] if filters["state"].isascii() else "",
    )  # fmt: skip


def _confirmations(request: HttpRequest, pk: int) -> Listed:
    commune = access.readable_commune(request, pk)
    found = StatusConfirmation.objects.filter(commune=commune).select_related(
        "household__card", "person", "issued_by"
    )
    columns: list[tuple[Head, Callable[[Any], object]]] = [
        (Head(_("Number"), width=16), lambda one: one.number),
        (Head(_("Issued on"), Cell.DAY), lambda one: one.issued_on),
        (Head(_("Household"), width=26), lambda one: one.household.card.head_name),
        (Head(_("For whom"), width=26), _for_whom),
        (Head(_("Status"), width=18), lambda one: one.get_status_display()),
        (Head(_("On the day"), Cell.DAY), lambda one: one.on_day),
        (Head(_("What for"), width=26), _what_for),
        (Head(_("By"), width=22), lambda one: str(one.issued_by)),
    ]
    return of_commune(
        "households:status_confirmations", request, commune, _("Confirmations"), found, columns
    )


def _for_whom(one: StatusConfirmation) -> str:
    return one.person.full_name if one.person else _("The whole household")


def _what_for(one: StatusConfirmation) -> str:
    return one.purpose_note or str(one.get_purpose_display())


def _transfers(request: HttpRequest, pk: int) -> Listed:
    commune = access.readable_commune(request, pk)
    columns: list[tuple[Head, Callable[[Any], object]]] = [
        (
            Head(_("Household"), width=26),
            lambda one: one.household.card.head_name or one.household.code,
        ),
        (
            Head(pgettext("move", "From"), width=34),
            lambda one: f"{one.from_village.name}, {one.from_commune.name}",
        ),
        (
            Head(pgettext("move", "To"), width=34),
            lambda one: f"{one.to_village.name}, {one.to_commune.name}",
        ),
        (Head(_("Moved on"), Cell.DAY), lambda one: one.moved_on),
        (Head(_("State"), width=18), lambda one: one.get_state_display()),
        (Head(_("Settled on"), Cell.DAY), lambda one: one.settled_on),
    ]
    found = transfers.of_commune(commune)
    title = _("Moves between communes")
    return of_commune("households:transfer_list", request, commune, title, found, columns)


def _monitor(request: HttpRequest, pk: int) -> Listed:
    seen = round_monitor.seen_of(request, pk)
    columns: list[tuple[Head, Callable[[CommuneProgress], object]]] = [
        (Head(_("District"), width=22), lambda one: one.group.name if one.group else ""),
        (Head(_("Commune code"), width=12), lambda one: one.commune.code),
        (Head(_("Commune"), width=22), lambda one: one.commune.name),
        (Head(_("Step"), width=24), _stage),
        (Head(_("Last day"), Cell.DAY), lambda one: one.due_on),
        (Head(_("Forms complete"), Cell.WHOLE), lambda one: one.complete),
        (Head(_("Forms in all"), Cell.WHOLE), lambda one: one.total),
        (Head(_("Villages met"), Cell.WHOLE), lambda one: one.met),
        (Head(_("Villages done"), Cell.WHOLE), lambda one: one.closed),
        (Head(_("Villages in all"), Cell.WHOLE), lambda one: one.villages),
        (Head(_("Complaints"), Cell.WHOLE), lambda one: one.complaints_open),
        (Head(_("Last step"), Cell.DAY), lambda one: one.last_step_on),
    ]
    in_order = sorted(seen.shown, key=lambda one: one.group is None)
    back = reverse("households:round_monitor", args=[pk])
    title = _("Progress of the round")
    kept = {"list": "round_monitor", "round": pk, "step": seen.step}
    return Listed(
        title, seen.round.key, back, kept, len(in_order), columns, in_order, has_names=False
    )


def _stage(one: CommuneProgress) -> str:
    words = {1: _("Survey"), 2: _("Meetings and posting"), 3: _("Sent up, decision")}
    return f"{one.stage}. {words.get(one.stage) or _('Decided')}"


#: By the word of their address. The number in it is a commune; of "progress" a round, of "returned"
#: a returned sheet, of lists of all that the user may see 0.
LISTS: Final[dict[str, Callable[[HttpRequest, int], Listed]]] = {
    "requests": _requests,
    "certificates": _certificates,
    "confirmations": _confirmations,
    "transfers": _transfers,
    "progress": _monitor,
    **list_sheets_of_checks.LISTS,
}
