"""Users, and in which area they may do what, from when to when."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from households.choices import Role
from households.models.areas import Area, DatedQuerySet, validity
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history

#: Acts of commands and jobs that no person started are recorded under this name.
SYSTEM_USERNAME = "system"


class User(AbstractUser):
    """A person (or the system, or an API client) that acts. Rights come from Assignment only."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    #: Whether this session is in the practice area: then the user has no right anywhere else. Set
    #: by the middleware for one request, never stored.
    is_practising: bool = False

    full_name = models.CharField(_("full name"), max_length=120, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("user")
        constraints = [
            # A link for a forgotten password goes to it: shared, it would open both accounts.
            models.UniqueConstraint(
                Lower("email"),
                name="households_user_email_once",
                condition=~Q(email=""),
                violation_error_message=_("Another account has this e-mail address."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)


class Assignment(Recorded):
    """A role of a user in an area, both days included."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=Role)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="assignments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        constraints = [
            known("assignment", "role", Role),
            models.CheckConstraint(
                name="households_assignment_ends_after_start",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("The last day lies before the first day."),
            ),
            ExclusionConstraint(
                name="households_assignment_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (validity(), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The user has this role there at that time already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.area}"
