"""Households that no list names and that were asked whether they wish to be reviewed."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.asking import AskAnswer
from households.models.audit import Recorded
from households.models.codes import known
from households.models.people import Household
from households.models.rounds import ReviewRound
from households.models.triggers import keeps_history
from households.models.users import User


class HouseholdAsked(Recorded):
    """A household ticked off in a round: somebody thought of it, and no form is needed."""

    round = models.ForeignKey(ReviewRound, on_delete=models.PROTECT, related_name="asked")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="asked")
    answer = models.CharField(_("what was said"), max_length=20, choices=AskAnswer)
    asked_on = models.DateField(_("asked on"))
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("household asked")
        constraints = [
            known("householdasked", "answer", AskAnswer),
            models.UniqueConstraint(
                fields=["round", "household"],
                name="households_householdasked_once",
                violation_error_message=_("The household was asked in this round already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.household_id} {self.answer}"
