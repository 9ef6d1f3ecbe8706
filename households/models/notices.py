"""What people are told of: a notice for the roles of an area, who read it, what was mailed."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.notices import NoticeKind
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.rounds import ReviewRound
from households.models.users import User


class Notice(Recorded):
    """Told once (`key`) to whoever has one of its kind's roles in `area`. `facts` are plain values
    for its sentence and link: ids, numbers, days; no names of families."""

    kind = models.CharField(max_length=20, choices=NoticeKind)
    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey(
        ReviewRound, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    key = models.CharField(max_length=120)
    facts = models.JSONField(default=dict, blank=True)
    told_on = models.DateField()
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("notice")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["area", "-id"], name="households_notice_area")]
        constraints = [
            known("notice", "kind", NoticeKind),
            models.UniqueConstraint(fields=["key"], name="households_notice_once"),
        ]

    def __str__(self) -> str:
        return self.key


class NoticeReading(models.Model):
    """Up to which notice a user has read, and up to which he was mailed. One row a user."""

    user = models.OneToOneField(
        User, primary_key=True, on_delete=models.CASCADE, related_name="notice_reading"
    )
    read_to = models.BigIntegerField(default=0)
    mailed_to = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("how far notices were read")

    def __str__(self) -> str:
        return f"{self.user_id} {self.read_to}"
