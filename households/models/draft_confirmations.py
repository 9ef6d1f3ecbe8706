"""The chair's own word, in povreg, that a draft decision is what he will sign."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models.audit import Recorded
from households.models.rounds import CommuneReview
from households.models.triggers import keeps_history
from households.models.users import User


class DraftConfirmation(Recorded):
    """`digest` is of the lists as they stood: when they change, it confirms nothing any more."""

    commune_review = models.ForeignKey(
        CommuneReview, on_delete=models.PROTECT, related_name="draft_confirmations"
    )
    digest = models.CharField(max_length=64)
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("confirmation of a draft")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune_review", "digest"],
                name="households_draftconfirmation_once",
                violation_error_message=_("This draft is confirmed already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.commune_review_id} {self.digest[:8]}"
