"""Certificates of poor and near-poor households: issued by the list, handed over, replaced,
withdrawn by the decision that ends the place on the list (Decision 24/2021/QĐ-TTg, form 03)."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import CertificateState, SignerTitle
from households.errors import Conflict, Invalid, Refused, Words
from households.models import (
    Area,
    Certificate,
    CertificateChange,
    HouseholdCard,
    HouseholdEvent,
    User,
)
from households.models.area_reach import made_of
from households.models.certificates import CERTIFIED
from households.services import audit, commune_numbers


@dataclass(frozen=True)
class Signed:
    """Who signs the certificates, and the day on them."""

    issued_on: dt.date
    signed_by: str
    signer_title: SignerTitle


# Numbers run by village and in walking order, so that a pile is handed out as it lies.
_ISSUE = """
WITH wanted AS (
  SELECT p.id AS period_id, p.household_id, p.poverty_class,
         row_number() OVER (ORDER BY v.folded_name, v.id, h.walking_no NULLS LAST, h.id) AS place
  FROM households_statusperiod p
  JOIN households_householdcard c ON c.household_id = p.household_id AND NOT c.is_ended
  JOIN households_household h ON h.id = p.household_id
  JOIN households_area v ON v.id = c.village_id AND v.parent_id = %(commune)s
  WHERE p.valid_to IS NULL AND p.list_owner_id IS NULL AND p.poverty_class = ANY(%(classes)s)
    AND NOT EXISTS (SELECT 1 FROM households_certificate x
                    WHERE x.household_id = p.household_id AND x.state = 'IN_FORCE')
), last AS (
  SELECT coalesce(max(serial), 0) AS serial FROM households_certificate
  WHERE commune_id = %(commune)s AND year = %(year)s
)
INSERT INTO households_certificate
  (household_id, commune_id, period_id, poverty_class, year, serial, issued_on, signed_by,
   signer_title, state, reissue_reason, handed_to, recorded_by_id, replaces_id)
SELECT household_id, %(commune)s, period_id, poverty_class, %(year)s, last.serial + place,
       %(issued_on)s, %(signed_by)s, %(signer_title)s, 'IN_FORCE', '', '', %(by)s,
       -- That of the commune it was taken over from, for the same place on the list.
       (SELECT max(x.id) FROM households_certificate x
        WHERE x.household_id = wanted.household_id AND x.period_id = wanted.period_id
          AND x.state = 'REPLACED'
          AND NOT EXISTS (SELECT 1 FROM households_certificate y WHERE y.replaces_id = x.id))
FROM wanted, last
"""


def issue_all(*, commune: Area, signed: Signed, by: User) -> int:
    """A certificate for every listed household of the commune that has none in force; the number
    issued, in one statement. Done again it issues nothing.

    Raises Refused, Invalid with the fields, Conflict (nobody waits for one).
    """
    _check(commune, signed, by)
    details: dict[str, int] = {"year": signed.issued_on.year}
    with audit.act(by=by, verb="certificate.issue", area=commune, details=details):
        commune_numbers.locked(commune)
        with connection.cursor() as cursor:
            cursor.execute(
                _ISSUE,
                {
                    "commune": commune.pk,
                    "classes": [str(one) for one in CERTIFIED],
                    "year": signed.issued_on.year,
                    "issued_on": signed.issued_on,
                    "signed_by": signed.signed_by.strip(),
                    "signer_title": signed.signer_title,
                    "by": by.pk,
                },
            )
            issued: int = cursor.rowcount
        if not issued:
            raise Conflict(_("Every listed household has its certificate."))
    return issued


def reissue(*, certificate: Certificate, reason: str, signed: Signed, by: User) -> Certificate:
    """Another one instead of a lost, damaged or full one. Raises Refused, Invalid, Conflict (it is
    not in force any more)."""
    commune = certificate.commune
    _check(commune, signed, by)
    if not reason.strip():
        told = _("Write the reason.")
        raise Invalid(told, fields={"reason": [told]})
    with audit.act(
        by=by, verb="certificate.reissue", area=commune, household=certificate.household,
        subject=certificate, reason=reason,
    ):  # fmt: skip
        old = Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        if old.state != CertificateState.IN_FORCE:
            raise Conflict(_("This certificate is not in force any more."))
        old.state, old.ended_on = CertificateState.REPLACED, signed.issued_on
        old.save(update_fields=["state", "ended_on"])
        year = signed.issued_on.year
        return Certificate.objects.create(
            household=old.household,
            commune=commune,
            period=old.period,
            poverty_class=old.poverty_class,
            year=year,
            serial=commune_numbers.following(Certificate.objects.all(), commune, year),
            issued_on=signed.issued_on,
            signed_by=signed.signed_by.strip(),
            signer_title=signed.signer_title,
            reissue_reason=reason.strip(),
            replaces=old,
            recorded_by=by,
        )


def hand_over(
    *, commune: Area, ids: Sequence[int], handed_over_on: dt.date, by: User, handed_to: str = ""
) -> int:
    """Record that certificates were taken, by `handed_to` or each by the head of its household; how
    many. Raises Refused, Invalid (day), Conflict (all of them were handed over before)."""
    if reason := policies.why_not_issue_certificates(by, commune):
        raise Refused(reason)
    if handed_over_on > clock.today():
        told = _("This day is still to come.")
        raise Invalid(told, fields={"handed_over_on": [told]})
    head = HouseholdCard.objects.filter(household=OuterRef("household")).values("head_name")[:1]
    waiting = Certificate.objects.filter(
        pk__in=ids, commune=commune, handed_over_on__isnull=True, state=CertificateState.IN_FORCE
    )
    with audit.act(
        by=by, verb="certificate.hand_over", area=commune, details={"certificates": len(ids)}
    ):
        done = waiting.update(
            handed_over_on=handed_over_on, handed_to=handed_to.strip() or Subquery(head)
        )
        if not done:
            raise Conflict(_("These certificates were handed over already."))
    return done


def withdraw_ended(*, commune: Area) -> int:
    """Certificates whose place on the list was ended by a decision end with it; how many. One
    statement; to be called inside the act that wrote the decision. Those that a commune issued
    which this one was made of end too."""
    ended = Certificate.objects.filter(
        commune__in=made_of(commune),
        state=CertificateState.IN_FORCE,
        period__valid_to__isnull=False,
    )
    return ended.update(
        state=CertificateState.WITHDRAWN,
        ended_on=_of_its_period("valid_to"),
        ended_by=_of_its_period("decision_out"),
    )


def _of_its_period(column: str) -> Subquery:
    periods = Certificate.objects.filter(pk=OuterRef("pk")).annotate(found=F(f"period__{column}"))
    return Subquery(periods.values("found")[:1])


def note_changes(*, certificate: Certificate, written_on: dt.date, by: User) -> int:
    """Every change of the members since it was issued stands on the paper now; how many were new.
    Raises Refused, Conflict (all are noted)."""
    if reason := policies.why_not_issue_certificates(by, certificate.commune):
        raise Refused(reason)
    with audit.act(
        by=by, verb="certificate.note_changes", area=certificate.commune,
        household=certificate.household, subject=certificate,
    ):  # fmt: skip
        Certificate.objects.select_for_update(of=("self",)).get(pk=certificate.pk)
        missing = changes_to_write(certificate)
        if not missing:
            raise Conflict(_("Every change is written on it already."))
        CertificateChange.objects.bulk_create(
            CertificateChange(
                certificate=certificate, event=event, written_on=written_on, recorded_by=by
            )
            for event in missing
        )
    return len(missing)


def changes_to_write(certificate: Certificate) -> list[HouseholdEvent]:
    """What became of the members since it was issued and is not written on it. One query."""
    written = CertificateChange.objects.filter(certificate=certificate).values("event")
    since = HouseholdEvent.objects.filter(
        household=certificate.household_id,
        person__isnull=False,
        happened_on__gt=certificate.issued_on,
    )
    return list(since.exclude(pk__in=written).select_related("person").order_by("happened_on"))


def _check(commune: Area, signed: Signed, by: User) -> None:
    if reason := policies.why_not_issue_certificates(by, commune):
        raise Refused(reason)
    fields: dict[str, list[Words]] = {}
    if not signed.signed_by.strip():
        fields["signed_by"] = [_("This is missing.")]
    if signed.issued_on > clock.today():
        fields["issued_on"] = [_("This day is still to come.")]
    if fields:
        raise Invalid(_("The certificates are not issued yet."), fields=fields)
