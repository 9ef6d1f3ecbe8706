"""The slip that tells a household its result, and the token on it by which it can be checked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from households.models.audit import Recorded
from households.models.surveys import Survey
from households.models.triggers import keeps_history
from households.models.users import User


class ResultSlip(Recorded):
    """What was told to a household of one state of its form (`revision`).

    `token` is random and stands in the address on the slip: it tells nothing but whether the slip
    still holds. `wrong_tries` counts who answered the questions about the head wrongly.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="slips")
    revision = models.IntegerField()
    token = models.CharField(max_length=32, unique=True)
    issued_on = models.DateField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    wrong_tries = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = _("slip of a result")
        constraints = [
            models.UniqueConstraint(
                fields=["survey", "revision"],
                name="households_resultslip_once",
                violation_error_message=_("This result has its slip already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.survey_id}.{self.revision}"
