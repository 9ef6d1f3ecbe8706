"""What the department sets of the procedure: terms from a day on, and days of the calendar."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from households import clock, policies, procedure
from households.errors import Invalid, Refused, Words
from households.models import EthnicGroup, ProcedureTerm, SpecialDay, User
from households.services import audit
from households.services.constraint_messages import told_plainly

_MOST_DAYS = 60


def set_term(*, name: str, value: str, valid_from: dt.date, source: str, by: User) -> ProcedureTerm:
    """Set a term from a day on, which also confirms it. `value` as typed: days, per cent, a day
    (dd/mm/yyyy), or codes of ethnic groups. Steps taken before keep the term they were taken under.

    Raises Refused, Invalid with the fields, Conflict (set from this day already).
    """
    if reason := policies.why_not_set_terms(by):
        raise Refused(reason)
    fields: dict[str, list[Words]] = {}
    if name not in procedure.TERMS:
        fields["name"] = [_("This code does not exist.")]
    read = _read(name, value) if name in procedure.TERMS else None
    if read is None:
        fields["value"] = [_("This value cannot be right.")]
    if not source.strip():
        fields["source"] = [_("Name the text it stands in.")]
    if fields:
        raise Invalid(_("The term is not set yet."), fields=fields)
    details = {"name": name, "value": read, "valid_from": valid_from.isoformat()}
    with told_plainly(ProcedureTerm), audit.act(by=by, verb="term.set", details=details):
        return ProcedureTerm.objects.create(
            name=name,
            value=read,
            valid_from=valid_from,
            source=source.strip(),
            set_by=by,
            set_on=clock.today(),
        )


def _read(name: str, value: str) -> Any:
    """The value as it is stored, or None when it cannot be right."""
    text = value.strip()
    if name == "district_opinion_until":
        return _day(text)
    if procedure.parameters()[name]["unit"] == "codes":
        return _minorities(text)
    if choices := procedure.parameters()[name].get("words_vi"):
        is_one = text.isascii() and text.isdigit() and int(text[:3]) < len(choices)
        return int(text) if is_one else None
    most = 100 if name == "meeting_share_percent" else _MOST_DAYS
    if text.isascii() and text.isdigit() and len(text) <= len(str(most)) and 1 <= int(text) <= most:
        return int(text)
    return None


def _minorities(text: str) -> list[str] | None:
    """Codes of minorities, each once. One query."""
    codes = sorted(set(text.replace(",", " ").replace(";", " ").split()))
    known = EthnicGroup.objects.filter(is_minority=True, code__in=codes).count()
    return codes if codes and known == len(codes) else None


def _day(text: str) -> str | None:
    """dd/mm/yyyy, as officers write it, or as it is stored."""
    for pattern in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, pattern).date().isoformat()  # noqa: DTZ007  a day
        except ValueError:
            continue
    return None


def set_day(*, day: dt.date, is_working: bool, name: str, source: str, by: User) -> SpecialDay:
    """Say of a day that it is worked or not, whatever its weekday. Raises Refused, Invalid."""
    if reason := policies.why_not_set_terms(by):
        raise Refused(reason)
    fields: dict[str, list[Words]] = {}
    if not name.strip():
        fields["name"] = [_("This is missing.")]
    if not source.strip():
        fields["source"] = [_("Name the text it stands in.")]
    if fields:
        raise Invalid(_("The day is not set yet."), fields=fields)
    with audit.act(
        by=by, verb="day.set", details={"day": day.isoformat(), "is_working": is_working}
    ):
        row, __ = SpecialDay.objects.update_or_create(
            day=day,
            defaults={
                "is_working": is_working,
                "name_vi": name.strip(),
                "name_en": name.strip(),
                "source": source.strip(),
                "is_confirmed": True,
            },
        )
    return row
