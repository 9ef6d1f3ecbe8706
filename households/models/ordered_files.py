"""Files of more households than one waits for: ordered, written by a job, fetched."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.ordered_files import (
    BEING_WRITTEN,
    OrderedForm,
    OrderedKind,
    OrderedState,
)
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from households.models.users import User


class OrderedFile(Recorded):
    """`wanted` says what of the register, by keys and codes alone; `key` is the same for the same
    order, so that one is written once. `rows` are those that it will have."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=12, choices=OrderedKind)
    form = models.CharField(max_length=5, choices=OrderedForm)
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="ordered_files")
    ordered_at = models.DateTimeField(db_default=Now(), editable=False)
    title = models.CharField(max_length=200)
    file_name = models.CharField(max_length=200)
    wanted = models.JSONField()
    key = models.CharField(max_length=64)
    rows = models.IntegerField()
    state = models.CharField(max_length=10, choices=OrderedState, default=OrderedState.TO_WRITE)
    #: Why it could not be written.
    failure = models.TextField(blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("ordered file")
        ordering = ["-pk"]
        constraints = [
            known("orderedfile", "kind", OrderedKind),
            known("orderedfile", "form", OrderedForm),
            known("orderedfile", "state", OrderedState),
            models.UniqueConstraint(
                fields=["ordered_by", "key"],
                condition=Q(state__in=sorted(BEING_WRITTEN)),
                name="households_orderedfile_once",
                violation_error_message=_("This file is being written already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.file_name

    @property
    def path(self) -> Path:
        return Path(settings.POVREG_IMPORTS) / f"{self.uuid}.ordered"
