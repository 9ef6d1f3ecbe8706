"""The code of a first-log-in slip, as a digest only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from households.models.audit import Recorded
from households.models.users import User


class FirstLoginCode(Recorded):
    """With it the owner of an account sets a password, once, until `expires_at`. An account has
    one at a time; a newer code replaces the older. No history: a digest is worth nothing later."""

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="first_code"
    )
    digest = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("code for the first log-in")

    def __str__(self) -> str:
        return f"{self.user_id} {self.expires_at}"
