"""Confirmations of what a household is or was on a day: for one purpose, numbered."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import (
    ConfirmationPurpose,
    ConfirmedStatus,
    DecisionOrigin,
    HowOut,
    PovertyClass,
)
from households.errors import Invalid, Refused, Words
from households.models import Area, Household, Person, StatusConfirmation, StatusPeriod, User
from households.models.certificates import STATUS_ESCAPED, STATUS_IN_FORCE
from households.queries import complete_from
from households.services import audit, commune_numbers, list_rules, standards


@dataclass(frozen=True)
class Standing:
    """What can be confirmed of a household on a day, and the place on the list it rests on."""

    status: ConfirmedStatus
    period: StatusPeriod


@dataclass(frozen=True)
class Asked:
    """What somebody needs a confirmation for; `person` None: for the household."""

    on_day: dt.date
    purpose: ConfirmationPurpose
    purpose_note: str = ""
    person: Person | None = None


def standing_on(household: Household, commune: Area, day: dt.date) -> Standing | str:
    """What the household was on the day by the national list, or why nothing can be confirmed. At
    most seven queries."""
    periods = StatusPeriod.objects.filter(
        household=household, list_owner__isnull=True, poverty_class__in=list(STATUS_IN_FORCE)
    ).select_related("standard", "decision_in", "decision_out")
    now = periods.on(day).first()
    if now is not None:
        return Standing(STATUS_IN_FORCE[PovertyClass(now.poverty_class)], now)
    last = periods.filter(valid_to__lt=day).order_by("valid_to").last()
    if last is None:
        return _("The household was not on the list by this day.")
    if last.how_out != HowOut.ESCAPED:
        return _("The household left the list otherwise than by escaping.")
    if not _is_sure(last, commune):
        return _(
            "Not enough data: it went off between two lists taken over, and the commune has not"
            " said that they are complete."
        )
    until = list_rules.newly_escaped_until(last.standard, last.valid_to)
    if day > until:
        return _("It counts as newly escaped until %(day)s only.") % {"day": f"{until:%d/%m/%Y}"}
    months = list_rules.newly_escaped_months(last.standard)
    if reason := standards.why_not_rest_on(last.standard, months, commune):
        return reason
    return Standing(STATUS_ESCAPED[PovertyClass(last.poverty_class)], last)


def _is_sure(escaped: StatusPeriod, commune: Area) -> bool:
    """Whether it is known when: a decision says so itself, or the lists are complete. At most two
    queries."""
    assert escaped.decision_out is not None
    assert escaped.valid_to is not None
    if escaped.decision_out.origin != DecisionOrigin.ADOPTED_FROM_PAPER:
        return True
    year = complete_from.known([commune.pk]).get(commune.pk)
    return year is not None and escaped.valid_to >= complete_from.since(year)


def issue(*, household: Household, commune: Area, asked: Asked, by: User) -> StatusConfirmation:
    """Give it the commune's next number of the year. Raises Refused (not the commune's, or the list
    does not say so), Invalid with the fields."""
    if reason := policies.why_not_issue_certificates(by, commune):
        raise Refused(reason)
    today = clock.today()
    fields: dict[str, list[Words]] = {}
    if asked.on_day > today:
        fields["on_day"] = [_("This day is still to come.")]
    if asked.purpose == ConfirmationPurpose.OTHER and not asked.purpose_note.strip():
        fields["purpose_note"] = [_("Write what it is for.")]
    if fields:
        raise Invalid(_("The confirmation is not issued yet."), fields=fields)
    standing = standing_on(household, commune, asked.on_day)
    if isinstance(standing, str):
        raise Refused(standing)
    with audit.act(
        by=by, verb="confirmation.issue", area=commune, household=household,
        details={"purpose": str(asked.purpose), "status": str(standing.status)},
    ):  # fmt: skip
        return StatusConfirmation.objects.create(
            household=household,
            person=asked.person,
            commune=commune,
            period=standing.period,
            year=today.year,
            serial=commune_numbers.following(StatusConfirmation.objects.all(), commune, today.year),
            issued_on=today,
            on_day=asked.on_day,
            status=standing.status,
            purpose=asked.purpose,
            purpose_note=asked.purpose_note.strip(),
            issued_by=by,
        )
