"""The second factor: set up with an authenticator, asked at each log-in, never a way in alone.

The codes are those of RFC 6238 (pyotp). The secret is kept encrypted with the field key, so that
a copy of the database alone opens no account.
"""

import datetime as dt
import secrets
from collections.abc import Callable
from typing import Final

import pyotp
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from households import policies
from households.choices import InstallationKind, Role
from households.errors import Invalid, Refused
from households.models import Installation, RecoveryCode, SecondFactor, User
from households.models.personal_id import decrypt_personal_id, encrypt_personal_id
from households.rights import rights
from households.services import audit

ISSUER: Final = "povreg"
#: Who logs in with a second factor or not at all.
REQUIRED_OF: Final = frozenset({Role.DEPARTMENT, Role.ADMINISTRATOR})
MOST_FAILURES: Final = 5
BLOCKED_FOR: Final = dt.timedelta(minutes=5)
RECOVERY_CODES: Final = 10
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
_STEP_SECONDS: Final = 30
_SALT: Final = "households.second_factor"
#: The first bytes say what the cipher holds; a personal number is never read as a secret.
_MARK: Final = "totp:"


def is_on(user: User) -> bool:
    """Whether a log-in asks for it. One query."""
    return SecondFactor.objects.filter(user=user, confirmed_at__isnull=False).exists()


def must_be_set_up(user: User) -> bool:
    """Whether the user may do nothing before he has one: by his role, anywhere but in a
    demonstration, whose passwords stand on the screen. At most three queries."""
    if not rights(user).holds_anywhere(REQUIRED_OF) or is_on(user):
        return False
    return not Installation.objects.filter(kind=InstallationKind.DEMO).exists()


def begin(*, by: User) -> str:
    """A secret to put into the authenticator (base32); the same one until it is confirmed.

    Raises Refused when a second factor is on already.
    """
    with transaction.atomic():
        found = SecondFactor.objects.select_for_update().filter(user=by).first()
        if found and found.confirmed_at:
            raise Refused(_("Your second factor is on. Take it off first."))
        if found:
            return _secret_of(found)
        secret = pyotp.random_base32()
        SecondFactor.objects.create(user=by, secret=encrypt_personal_id(_MARK + secret))
    return secret


def address_for_authenticator(user: User, secret: str) -> str:
    """What the square picture says: otpauth://…"""
    return pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=ISSUER)


def confirm(*, code: str, by: User) -> list[str]:
    """Turn it on with a first code; gives the recovery codes, which are shown only now.

    Raises Invalid (code), Refused (nothing was begun, or it is on).
    """
    with transaction.atomic():
        found = SecondFactor.objects.select_for_update().filter(user=by).first()
        if found is None or found.confirmed_at:
            raise Refused(_("Begin the set-up again."))
        step = _step_of(found, code)
        if step is None:
            raise Invalid(
                _("The code does not fit."), fields={"code": [_("The code does not fit.")]}
            )
        with audit.act(by=by, verb="user.second_factor_on", subject=by):
            found.confirmed_at, found.last_step = timezone.now(), step
            found.save(update_fields=["confirmed_at", "last_step"])
            return _new_recovery_codes(found)


def check(*, code: str, by: User) -> bool:
    """Whether a code of the authenticator, or a recovery code, is right. Each works once.

    After MOST_FAILURES wrong ones in a row nothing is right for BLOCKED_FOR.
    Raises Refused while that lasts.
    """

    def is_right(found: SecondFactor) -> bool:
        step = _step_of(found, code)
        found.last_step = step or found.last_step
        return step is not None or _use_recovery_code(found, code, by)

    return tried(by=by, is_right=is_right)


def tried(*, by: User, is_right: Callable[[SecondFactor], bool]) -> bool:
    """Ask `is_right` of the user's factor, locked, and count what it says: wrong ones in a row
    close the door for a while, whatever kind they are. Raises Refused while that lasts."""
    with transaction.atomic():
        found = SecondFactor.objects.select_for_update().get(user=by, confirmed_at__isnull=False)
        now = timezone.now()
        if found.blocked_until and found.blocked_until > now:
            raise Refused(_("Too many wrong codes. Wait five minutes."))
        right = is_right(found)
        if right:
            found.failures, found.blocked_until = 0, None
        else:
            found.failures += 1
            if found.failures >= MOST_FAILURES:
                found.failures, found.blocked_until = 0, now + BLOCKED_FOR
        found.save(update_fields=["last_step", "failures", "blocked_until"])
    return right


def renew_recovery_codes(*, code: str, by: User) -> list[str]:
    """Ten new recovery codes; the older ones no longer work. A code proves who asks.

    Raises Refused (none is on), Invalid (code).
    """
    prove(by, code)
    with transaction.atomic():
        found = SecondFactor.objects.select_for_update().filter(user=by).first()
        if found is None or not found.confirmed_at:
            raise Refused(_("Begin the set-up again."))
        with audit.act(by=by, verb="user.recovery_codes", subject=by):
            return _new_recovery_codes(found)


def remove(*, user: User, by: User, code: str = "") -> None:
    """Take it off: one's own with a code, or (a lost telephone) that of an account one manages.

    Raises Refused, Invalid (code): a session left open takes nothing off.
    """
    if user.pk == by.pk:
        prove(by, code)
    elif reason := policies.why_not_reset_password(by, user):
        raise Refused(reason)
    with audit.act(by=by, verb="user.second_factor_off", subject=user):
        SecondFactor.objects.filter(user=user).delete()


def prove(user: User, code: str) -> None:
    """Raise Refused (none is on) or Invalid (code): who asks holds the authenticator."""
    if not is_on(user):
        raise Refused(_("Begin the set-up again."))
    if not check(code=code, by=user):
        words = _("The code does not fit, or was used already.")
        raise Invalid(words, fields={"code": [words]})


def _secret_of(factor: SecondFactor) -> str:
    return decrypt_personal_id(bytes(factor.secret)).removeprefix(_MARK)


def _step_of(factor: SecondFactor, code: str) -> int | None:
    """The time step that a code belongs to, one step of a slow or fast clock allowed; None when it
    fits none or was used already."""
    typed = "".join(code.split())
    totp, now = pyotp.TOTP(_secret_of(factor)), int(timezone.now().timestamp())
    for step in range(now // _STEP_SECONDS - 1, now // _STEP_SECONDS + 2):
        is_same = constant_time_compare(totp.at(step * _STEP_SECONDS), typed)
        if is_same and step > factor.last_step:
            return step
    return None


def _new_recovery_codes(factor: SecondFactor) -> list[str]:
    codes = ["".join(secrets.choice(_ALPHABET) for __ in range(10)) for __ in range(RECOVERY_CODES)]
    factor.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(factor=factor, digest=_digest(factor, code)) for code in codes
    )
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _use_recovery_code(factor: SecondFactor, code: str, by: User) -> bool:
    typed = "".join(code.lower().split()).replace("-", "")
    unused = factor.recovery_codes.filter(digest=_digest(factor, typed), used_at__isnull=True)
    if not unused.update(used_at=timezone.now()):
        return False
    with audit.act(by=by, verb="user.recovery_code_used", subject=by):
        return True


def _digest(factor: SecondFactor, code: str) -> str:
    return salted_hmac(_SALT, f"{factor.pk}:{code}", algorithm="sha256").hexdigest()
