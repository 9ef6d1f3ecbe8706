"""Files as they are imported in the browser: sent, checked, looked at, written."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.importing import ImportKind, ImportState
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from households.models.users import User


class ImportBatch(Recorded):
    """Two CSV files of the exchange format, or one workbook, in a folder of their own. `created`,
    `updated` and `unchanged` count households: what would be, once checked, and what was, once
    written. `household_file` and `member_file` are the names the files came under."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    kind = models.CharField(max_length=10, choices=ImportKind, default=ImportKind.REVIEW)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="import_batches")
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
    household_file = models.CharField(max_length=200)
    member_file = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.TO_CHECK)
    round_key = models.CharField(max_length=10, blank=True)
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    errors = models.IntegerField(default=0)
    warnings = models.IntegerField(default=0)
    #: Households left out whole when only the good rows were written; of an import with errors how
    #: many of them there are (None: the files themselves are at fault).
    left_out = models.IntegerField(null=True)
    #: The act that wrote it, by which it can be undone.
    written_act = models.BigIntegerField(null=True)
    #: Why it cannot be read at all, or could not be undone.
    failure = models.TextField(blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("import of a review")
        ordering = ["-pk"]
        constraints = [
            known("importbatch", "kind", ImportKind),
            known("importbatch", "state", ImportState),
            models.CheckConstraint(
                name="households_importbatch_clean_when_written",
                condition=~Q(state=ImportState.WRITTEN) | Q(errors=0),
                violation_error_message=_("Files with errors are not written."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.household_file

    @property
    def folder(self) -> Path:
        return Path(settings.POVREG_IMPORTS) / str(self.uuid)
