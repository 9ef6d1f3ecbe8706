"""The first log-in of somebody without e-mail: a short code on a printed slip sets the password."""

import datetime as dt
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from households import policies
from households.errors import Invalid, Refused
from households.models import FirstLoginCode, User
from households.services import audit, open_sessions

#: No letter or figure that is taken for another one when it is typed from paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10
_SALT = "households.first_login"


@dataclass(frozen=True)
class Slip:
    """What is printed for the owner; `code` exists nowhere else."""

    user: User
    code: str
    expires_at: dt.datetime

    @property
    def written_code(self) -> str:
        """In two halves, easier to type."""
        half = CODE_LENGTH // 2
        return f"{self.code[:half]}-{self.code[half:]}"


def issue(*, user: User, by: User) -> Slip:
    """A new code for the account; an older one no longer works, the password still does.

    Raises Refused. The audit says that a code was made, not what it is.
    """
    if reason := policies.why_not_reset_password(by, user):
        raise Refused(reason)
    code = "".join(secrets.choice(ALPHABET) for __ in range(CODE_LENGTH))
    expires_at = timezone.now() + settings.POVREG_FIRST_CODE_LIFETIME
    with audit.act(by=by, verb="user.first_code", subject=user):
        FirstLoginCode.objects.filter(user=user).delete()
        FirstLoginCode.objects.create(user=user, digest=_digest(user, code), expires_at=expires_at)
    return Slip(user, code, expires_at)


def set_first_password(*, user: User, password: str) -> None:
    """Use up the account's code. Only for a user whom FirstCodeBackend has just let in.

    Raises Invalid (new_password1: a password too weak), Refused (the code was used meanwhile).
    """
    try:
        validate_password(password, user)
    except ValidationError as fault:
        raise Invalid(fault.messages[0], fields={"new_password1": list(fault.messages)}) from fault
    with audit.act(by=user, verb="user.first_password", subject=user):
        unused = FirstLoginCode.objects.filter(user=user, used_at__isnull=True)
        if not unused.update(used_at=timezone.now()):
            raise Refused(_("This code was used already."))
        user.set_password(password)
        user.save(update_fields=["password"])
        open_sessions.end_all(user=user, by=user)


def _digest(user: User, code: str) -> str:
    return salted_hmac(_SALT, f"{user.pk}:{code}", algorithm="sha256").hexdigest()


def _as_printed(typed: str) -> str:
    return "".join(typed.upper().split()).replace("-", "")


class FirstCodeBackend(BaseBackend):
    """Knows a user by log-in name or phone and the code of his slip; tried only where a code is
    given, so that failures count for the lock-out as wrong passwords do."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        secret_code: str | None = None,
        **credentials: object,
    ) -> User | None:
        if not username or not secret_code:
            return None
        code = _as_printed(secret_code)
        for one in _named(username):
            if constant_time_compare(one.digest, _digest(one.user, code)):
                return one.user
        return None


def _named(typed: str) -> list[FirstLoginCode]:
    """Codes that still work, of those whom the name or phone means; at most a few."""
    name = User.normalize_username(typed).strip()
    usable = FirstLoginCode.objects.select_related("user").filter(
        user__is_active=True, used_at__isnull=True, expires_at__gt=timezone.now()
    )
    meant = Q(user__username__iexact=name)
    digits = "".join(name.split()).replace(".", "")
    if digits.isdecimal():
        meant |= Q(user__phone=digits)
    return list(usable.filter(meant)[:5])
