"""Passkeys (WebAuthn): added with a code of the authenticator, used in its place at a log-in.

The library checks signature, challenge, origin and counter; here stands who may, and what is kept.
"""

import json
import secrets
from dataclasses import dataclass
from typing import Final

import webauthn
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import PublicKeyCredentialDescriptor

from households.errors import Conflict, Invalid, Refused
from households.models import Passkey, SecondFactor, User
from households.services import audit, second_factor
from households.services.constraint_messages import told_plainly

MOST: Final = 10
_CHALLENGE_BYTES: Final = 32
_SALT: Final = "households.passkeys"


@dataclass(frozen=True)
class Site:
    """Where the browser is: its host is what a key is bound to, its origin what it signs."""

    host: str
    origin: str


@dataclass(frozen=True)
class Question:
    """What the browser asks its key, as JSON, and the challenge to be kept until its answer."""

    options: str
    challenge: str


def of(user: User) -> list[Passkey]:
    """Those of the account, in the order they came. One query."""
    return list(Passkey.objects.filter(factor=user.pk).order_by("pk"))


def begin_adding(*, code: str, site: Site, by: User) -> Question:
    """The question a new key answers. A code of the authenticator proves who asks.

    Raises Refused (no authenticator, too many keys), Invalid (code).
    """
    second_factor.prove(by, code)
    there = of(by)
    if len(there) >= MOST:
        raise Refused(_("Ten keys are the most; remove one first."))
    challenge = secrets.token_bytes(_CHALLENGE_BYTES)
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=second_factor.ISSUER,
        user_name=by.username,
        user_id=_handle(by),
        challenge=challenge,
        exclude_credentials=_known(there),
    )
    return Question(webauthn.options_to_json(options), bytes_to_base64url(challenge))


def add(*, name: str, answer: str, challenge: str, site: Site, by: User) -> Passkey:
    """Keep the key that answered. Raises Invalid (name, or an answer that does not fit), Conflict
    (a key or a name that is there already), Refused (no authenticator)."""
    if not name.strip():
        missing = _("This is missing.")
        raise Invalid(missing, fields={"name": [missing]})
    factor = SecondFactor.objects.filter(user=by, confirmed_at__isnull=False).first()
    if factor is None:
        raise Refused(_("Begin the set-up again."))
    try:
        found = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError) as fault:
        raise Invalid(_("The key's answer does not fit. Try again.")) from fault
    if Passkey.objects.filter(credential_id=found.credential_id).exists():
        raise Conflict(_("This key is known already."))
    with told_plainly(Passkey), audit.act(by=by, verb="user.passkey_added", subject=by):
        return Passkey.objects.create(
            factor=factor,
            name=name.strip(),
            credential_id=found.credential_id,
            public_key=found.credential_public_key,
            sign_count=found.sign_count,
        )


def begin_using(*, site: Site, by: User) -> Question:
    """The question one of the account's keys answers. Raises Refused (it has none)."""
    there = of(by)
    if not there:
        raise Refused(_("This account has no key."))
    challenge = secrets.token_bytes(_CHALLENGE_BYTES)
    options = webauthn.generate_authentication_options(
        rp_id=site.host, challenge=challenge, allow_credentials=_known(there)
    )
    return Question(webauthn.options_to_json(options), bytes_to_base64url(challenge))


def use(*, answer: str, challenge: str, site: Site, by: User) -> bool:
    """Whether one of the account's keys gave this answer. Wrong ones are counted together with
    wrong codes. Raises Refused while the door is closed."""

    def is_right(factor: SecondFactor) -> bool:
        try:
            credential_id = base64url_to_bytes(str(json.loads(answer)["id"]))
            key = factor.passkeys.select_for_update().filter(credential_id=credential_id).first()
            if key is None:
                return False
            found = webauthn.verify_authentication_response(
                credential=answer,
                expected_challenge=base64url_to_bytes(challenge),
                expected_rp_id=site.host,
                expected_origin=site.origin,
                credential_public_key=bytes(key.public_key),
                credential_current_sign_count=key.sign_count,
            )
        except (WebAuthnException, ValueError, KeyError, TypeError):
            return False
        key.sign_count, key.last_used_at = found.new_sign_count, timezone.now()
        key.save(update_fields=["sign_count", "last_used_at"])
        return True

    return second_factor.tried(by=by, is_right=is_right)


def remove(*, passkey: Passkey, code: str, by: User) -> None:
    """Take one's own key away, with a code. Raises Refused, Invalid (code)."""
    if passkey.factor_id != by.pk:
        raise Refused(_("This key is not yours."))
    second_factor.prove(by, code)
    with audit.act(by=by, verb="user.passkey_removed", subject=by):
        Passkey.objects.filter(pk=passkey.pk).delete()


def _known(there: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=bytes(one.credential_id)) for one in there]


def _handle(user: User) -> bytes:
    """What the key stores of the account: says nothing of the person."""
    return salted_hmac(_SALT, str(user.pk), algorithm="sha256").digest()
