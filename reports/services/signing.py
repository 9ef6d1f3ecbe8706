"""Putting on record that the paper of an edition was signed: from then on it is closed."""

import datetime as dt
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from households import clock
from households.choices.webhooks import WebhookKind
from households.errors import Conflict, Invalid, Refused
from households.models import User
from households.services import audit, webhook_messages
from households.services.constraint_messages import told_plainly
from reports.contents import canonical
from reports.contents.content import Broken
from reports.models import Edition, EditionSignature
from reports.policies.editions import why_not_sign
from reports.services import editions, public_patterns


@dataclass(frozen=True)
class Signer:
    """As the paper has it."""

    signed_by: str
    position: str
    signed_on: dt.date
    document_number: str = ""


def broken(edition: Edition) -> tuple[Broken, ...]:
    """The identities that do not hold in the edition's tables, as when it was made. No query where
    its content is read."""
    return canonical.head_of(bytes(edition.content)).broken


def sign(
    *, edition: Edition, signer: Signer, broken_reason: str = "", by: User
) -> EditionSignature:
    """Record the signature; the figures of a signed edition change only by a correction with its
    reason. Raises Refused, Invalid (no signer, a day to come, identities broken and no reason),
    Conflict (signed already, not the newest, not as it was made)."""
    if refusal := why_not_sign(by, edition.area):
        raise Refused(refusal)
    _check(signer)
    found = broken(edition)
    if found and not broken_reason.strip():
        raise Invalid(
            _("Say why it is signed although the tables do not fit."),
            fields={"broken_reason": [_("This is missing.")]},
        )
    if not editions.is_whole(edition):
        raise Conflict(_("What is stored of this edition is not what was made."))
    details = {"report": edition.report, "number": edition.number, "broken": len(found)}
    with told_plainly(EditionSignature), audit.act(
        by=by, verb="report.sign", area=edition.area, subject=edition, details=details,
        reason=broken_reason.strip(),
    ):  # fmt: skip
        editions.hold(edition)
        _refuse_old(edition)
        # What is signed goes out: what of it everybody may read is worked out now.
        if public_patterns.is_for_everybody(edition):
            public_patterns.fire_at_commit(edition)
        signature = EditionSignature.objects.create(
            edition=edition,
            signed_by=signer.signed_by.strip(),
            position=signer.position.strip(),
            signed_on=signer.signed_on,
            document_number=signer.document_number.strip(),
            broken_identities=[asdict(one) for one in found],
            broken_reason=broken_reason.strip(),
            recorded_by=by,
        )
        _tell_other_systems(edition, signature)
        return signature


def _tell_other_systems(edition: Edition, signature: EditionSignature) -> None:
    """Those that find the edition at the API. A report with names is none of theirs."""
    if edition.has_names:
        return
    found = {"report": edition.report, "round": edition.round.key, "area_id": edition.area_id}
    told = {
        "edition": edition.pk,
        "report": edition.report,
        "number": edition.number,
        "corrects": edition.corrects_id,
        "round": edition.round.key,
        "standard": edition.standard.code,
        "status": edition.status,
        "signed_on": signature.signed_on.isoformat(),
        "ask": f"/api/v1/reports/?{urlencode(found)}",
    }
    webhook_messages.say(kind=WebhookKind.EDITION, about=edition.pk, area=edition.area, told=told)


def _check(signer: Signer) -> None:
    missing = [name for name in ("signed_by", "position") if not getattr(signer, name).strip()]
    if missing:
        raise Invalid(
            _("Write who signed, and as what."),
            fields={name: [_("This is missing.")] for name in missing},
        )
    if signer.signed_on > clock.today():
        raise Invalid(
            _("The day of the signature is still to come."),
            fields={"signed_on": [_("The day of the signature is still to come.")]},
        )


def _refuse_old(edition: Edition) -> None:
    if EditionSignature.objects.filter(edition=edition).exists():
        raise Conflict(_("This edition is signed already."))
    newest = editions.newest_like(edition)
    if newest.pk != edition.pk:
        raise Conflict(
            _("Edition %(number)s is newer: look at its figures and sign that one.")
            % {"number": newest.number}
        )
