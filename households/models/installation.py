"""Whether this database is a demonstration or a real register; decided once."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices import InstallationKind


class Installation(models.Model):
    """The single row that says what this database is. A demo can never become a real register."""

    kind = models.CharField(max_length=4, choices=InstallationKind)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("installation")
        constraints = [
            models.CheckConstraint(name="households_installation_single", condition=Q(pk=1)),
            models.CheckConstraint(
                name="households_installation_kind_known",
                condition=Q(kind__in=InstallationKind.values),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="decided_once",
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate,
                func="""
                RAISE EXCEPTION 'povreg: a demonstration cannot be turned into a real register'
                  USING ERRCODE = '23514';
                """,
            )
        ]

    def __str__(self) -> str:
        return self.kind
