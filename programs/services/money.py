"""Booking money of programmes: entries that are never changed, and what takes one back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from households.errors import Invalid, Refused
from households.models import Area, User
from households.services import audit
from households.services.constraint_messages import told_plainly
from programs.choices.money import EntrySource, MoneyStage
from programs.models import MoneyEntry, Programme
from programs.policies.money import why_not_keep_money
from programs.services import money_checks as checks

_LONGEST_REASON = 300


@dataclass(frozen=True)
class Document:
    """What entries are booked by: its number, the day it counts from, where it was read."""

    number: str
    booked_on: dt.date
    source: EntrySource = EntrySource.TYPED


@dataclass(frozen=True)
class Line:
    """Which money: of which budget year, from whom (FundingLine), how far it has come."""

    year: int
    funding: str
    stage: MoneyStage


@dataclass(frozen=True)
class Sum:
    """Money in đồng for an area; less than nothing where it was lowered."""

    area: Area
    amount_vnd: int


def book(
    *, programme: Programme, line: Line, document: Document, sums: Sequence[Sum], by: User,
    because: str = "",
) -> list[MoneyEntry]:  # fmt: skip
    """Book these sums, all or none, of areas of one province.

    On every day disbursed ≤ committed ≤ allocated, and what the areas below are allocated is part
    of what an area is; an entry that breaks it is refused with the rule, unless `because` says why
    it is so. Raises Refused (no right there), Invalid. Four queries and three of the audit.
    """
    if not sums:
        raise Invalid(_("Nothing is typed."))
    because = because.strip()[:_LONGEST_REASON]
    for one in sums:
        if reason := why_not_keep_money(by, one.area):
            raise Refused(f"{one.area.name}: {reason}")
    made = [_entry(programme, line, document, one, by, because) for one in sums]
    province = _province(made[0].area)
    if any(_province(entry.area) != province for entry in made):
        raise Invalid(_("All areas must lie in one province."))
    with told_plainly(MoneyEntry), audit.act(
        by=by, verb="money.book", area=made[0].area, subject=programme,
        details={
            "programme": programme.code, "year": line.year, "stage": line.stage,
            "funding": line.funding, "entries": len(made),
            "vnd": sum(entry.amount_vnd for entry in made),
        },
        reason=because,
    ):  # fmt: skip
        _locked(programme)
        known = checks.bookings(programme, line.year, line.funding, f"{province}.")
        # More goes from the top down, less from below upwards.
        for entry in sorted(made, key=_from_the_top):
            checks.check_entry(entry)
            known.append(checks.check_rules(known, entry, excused=bool(because)))
        MoneyEntry.objects.bulk_create(made)
    return made


def counter(*, entry: MoneyEntry, document: Document, reason: str, by: User) -> MoneyEntry:
    """Take an entry back by one of the opposite sum on a day of its own; what was asked of the days
    before stays as it was told. The other rules do not hinder it: a mistake is taken back first.

    Raises Refused, Invalid (no reason, taken back already, a counter-entry itself, a day before
    the entry's, less than nothing would stand).
    """
    if why_not := why_not_keep_money(by, entry.area):
        raise Refused(why_not)
    reason = reason.strip()[:_LONGEST_REASON]
    if not reason:
        raise Invalid(_("Write why."), fields={"reason": [_("missing")]})
    if entry.counters_id:
        raise Invalid(_("This entry takes another back; book the right sum anew."))
    line = Line(entry.year, entry.funding, MoneyStage(entry.stage))
    made = _entry(entry.programme, line, document, Sum(entry.area, -entry.amount_vnd), by, reason)
    made.counters = entry
    checks.check_entry(made)
    if document.booked_on < entry.booked_on:
        raise Invalid(_("This day lies before the day of the entry."))
    with audit.act(
        by=by, verb="money.counter", area=entry.area, subject=entry, reason=reason,
        details={"programme": entry.programme.code, "year": entry.year, "vnd": made.amount_vnd},
    ):  # fmt: skip
        _locked(entry.programme)
        if MoneyEntry.objects.filter(counters=entry).exists():
            raise Invalid(_("It was taken back already."))
        known = checks.bookings(
            entry.programme, entry.year, entry.funding, f"{_province(entry.area)}."
        )
        checks.check_rules(known, made, excused=True)
        made.save()
    return made


def _entry(
    programme: Programme, line: Line, document: Document, one: Sum, by: User, reason: str
) -> MoneyEntry:
    return MoneyEntry(
        programme=programme, area=one.area, year=line.year, funding=line.funding,
        stage=line.stage, amount_vnd=one.amount_vnd, booked_on=document.booked_on,
        document_number=document.number.strip(), source=document.source, reason=reason,
        booked_by=by,
    )  # fmt: skip


def _from_the_top(entry: MoneyEntry) -> tuple[int, int]:
    depth = entry.area.inner_path.count(".")
    return (0, depth) if entry.amount_vnd > 0 else (1, -depth)


def _province(area: Area) -> int:
    return int(area.inner_path.split(".")[0])


def _locked(programme: Programme) -> None:
    """Entries of a programme are booked one after the other: their rules look at all of them."""
    Programme.objects.select_for_update().only("pk").get(pk=programme.pk)
