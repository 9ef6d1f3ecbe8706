"""Personal numbers at rest, of 12 digits and of 9: one deterministic authenticated cipher, AES-SIV.

Deterministic, so that one column serves storage, exact search and uniqueness. The price: equal
numbers have equal ciphertexts, which a unique column shows anyway.
"""

import base64
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

_PURPOSE = [b"povreg personal_id v1"]


@lru_cache(maxsize=2)
def _cipher(key: str) -> AESSIV:
    """`key` is 64 random bytes in base64url, as povreg.env makes them."""
    return AESSIV(base64.urlsafe_b64decode(key))


def encrypt_personal_id(number: str) -> bytes:
    """12 digits to 28 bytes, 9 to 25. Same number, same bytes."""
    return _cipher(settings.POVREG_FIELD_KEY).encrypt(number.encode(), _PURPOSE)


def decrypt_personal_id(stored: bytes) -> str:
    """The bytes back to the digits.

    Raises ValueError when the key is not the one that wrote them (POVREG_FIELD_KEY).
    """
    try:
        return _cipher(settings.POVREG_FIELD_KEY).decrypt(bytes(stored), _PURPOSE).decode()
    except InvalidTag as error:
        raise ValueError("POVREG_FIELD_KEY does not fit this database") from error


def mask_personal_id(number: str) -> str:
    """What is shown unless the task needs the number: "•••••••••950"."""
    return "•" * (len(number) - 3) + number[-3:] if number else ""


class PersonalIdField(models.BinaryField):  # type: ignore[type-arg]
    """A personal number: digits in Python, cipher in the database. Exact look-up only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value: Any) -> Any:
        if value in (None, ""):
            return None
        return encrypt_personal_id(value) if isinstance(value, str) else value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        return super().get_db_prep_value(self.get_prep_value(value), connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        return None if value is None else decrypt_personal_id(value)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        return self.value_from_object(obj) or ""


#: 16 bytes of proof, then one for each digit.
_OLD_NUMBER_BYTES = 16 + 9


def has_old_length(model: str) -> models.CheckConstraint:
    """Constraint of a model (its lower-case name): `old_number` is of 9 digits, or not known."""
    length = Func(F("old_number"), function="octet_length", output_field=models.IntegerField())
    return models.CheckConstraint(
        name=f"households_{model}_old_number_has_9_digits",
        condition=Q(old_number__isnull=True) | Q(Exact(length, _OLD_NUMBER_BYTES)),
        violation_error_message=_("The number of an old identity card has 9 digits."),
    )
