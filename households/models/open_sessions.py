"""The log-ins that are open: what their owner sees of them and ends."""

from django.contrib.sessions.models import Session
from django.db import models
from django.utils.translation import gettext_lazy as _

from households.models.users import User


class OpenSession(models.Model):
    """One finished log-in. It goes with its session, whoever deletes that: a log-out, an end from
    another device, the daily clearing. No history: the acts stand in the audit.

    `device` is what the browser called itself at the log-in ("Chrome, Windows"), "" when nothing
    known was in it. `last_seen_at` is the last time something was sent, to some minutes.
    """

    session = models.OneToOneField(Session, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="open_sessions")
    begun_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    device = models.CharField(max_length=60, blank=True)
    address = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        verbose_name = _("open log-in")

    def __str__(self) -> str:
        return f"{self.user_id} {self.begun_at}"
