"""What the columns of a sheet mean, as its sender corrected it: remembered for the next one."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.models.users import User


class ImportColumns(models.Model):
    """For sheets with the same headings (`signature`) sent by the same user: the column of the
    exchange format for each heading ("" for one that is not read), and values of columns that the
    sheet does not have. A way of working, no fact of the register: it has no history."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="import_columns")
    signature = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    constants = models.JSONField(default=dict, blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("columns of a sheet")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "signature"],
                name="households_importcolumns_once",
                violation_error_message=_("The columns of this sheet are known already."),
            )
        ]

    def __str__(self) -> str:
        return self.signature
