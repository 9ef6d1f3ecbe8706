"""What the department keeps of the calendar and of the procedure's terms."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.models.audit import Recorded
from households.models.triggers import keeps_history
from households.models.users import User


class SpecialDay(Recorded):
    """A day that differs from its weekday: a holiday, or a day worked to make up for one."""

    day = models.DateField(_("day"), unique=True)
    is_working = models.BooleanField(_("worked"))
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    source = models.CharField(_("source"), max_length=300)
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("special day")
        ordering = ["day"]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.day} {self.name_vi}"


class ProcedureTerm(Recorded):
    """A parameter of the procedure as the department set it, from a day on. What is not set here is
    as data/procedure.toml ships it. `value` is a number of days, a percentage, an ISO date, or a
    list of codes."""

    name = models.CharField(max_length=40)
    value = models.JSONField()
    valid_from = models.DateField(_("from"))
    source = models.CharField(_("source"), max_length=300)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_on = models.DateField()

    class Meta:
        verbose_name = _("term of the procedure")
        ordering = ["name", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "valid_from"],
                name="households_procedureterm_once_a_day",
                violation_error_message=_("This term is set from this day already."),
            ),
            models.CheckConstraint(
                name="households_procedureterm_has_source",
                condition=~Q(source=""),
                violation_error_message=_("Name the text it stands in."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.name} {self.valid_from}"
