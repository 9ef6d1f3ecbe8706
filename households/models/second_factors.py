"""The second factor of a log-in: an authenticator's secret, encrypted, and recovery codes."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models.audit import Recorded
from households.models.users import User


class SecondFactor(Recorded):
    """The authenticator of one account. Without `confirmed_at` it is being set up and asks nothing.

    `secret` is the cipher of services.second_factor. `last_step` is the 30-second step of the code
    used last: no code works twice. `failures` in a row make `blocked_until`. No history: an old
    secret is worth nothing, and the acts stand in the audit.
    """

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="second_factor"
    )
    secret = models.BinaryField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_step = models.BigIntegerField(default=0)
    failures = models.SmallIntegerField(default=0)
    blocked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("second factor")

    def __str__(self) -> str:
        return f"{self.user_id} {self.confirmed_at}"


class Passkey(Recorded):
    """A key kept by a telephone, a computer or a stick (WebAuthn), to be used in place of a code.

    It hangs on the authenticator and goes with it. `credential_id` and `public_key` are as the key
    gave them; `sign_count` grows with each use where the key counts, so that a copy is seen.
    """

    factor = models.ForeignKey(SecondFactor, on_delete=models.CASCADE, related_name="passkeys")
    name = models.CharField(_("name of the key"), max_length=60)
    credential_id = models.BinaryField(unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("passkey")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["factor", "name"],
                name="households_passkey_name_once",
                violation_error_message=_("You have a key of this name already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.factor_id} {self.name}"


class RecoveryCode(models.Model):
    """One code for the day the telephone is lost: a digest, used once."""

    factor = models.ForeignKey(
        SecondFactor, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")

    def __str__(self) -> str:
        return f"{self.factor_id} {self.used_at}"
