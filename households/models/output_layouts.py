"""Sheets that a province defined for others: a ministry's system, an insurer, a bank, a school."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.layouts import LayoutWhom, RowKind
from households.models.areas import Area, Fold
from households.models.audit import Recorded
from households.models.codes import known
from households.models.triggers import keeps_history
from households.models.users import User


class OutputLayout(Recorded):
    """Columns of a sheet in their order. `columns` holds objects of field, heading and codes, as
    exchange.layout_fields reads them; whoever reads families of the province uses a shared one."""

    province = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("name of the layout"), max_length=80)
    folded_name = models.GeneratedField(
        expression=Fold(F("name")), output_field=models.TextField(), db_persist=True
    )
    row_kind = models.CharField(_("rows"), max_length=10, choices=RowKind)
    whom = models.CharField(
        _("households"), max_length=10, choices=LayoutWhom, default=LayoutWhom.LISTED
    )
    columns = models.JSONField()
    is_shared = models.BooleanField(_("shared with the province"), default=False)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("output layout")
        ordering = ["folded_name"]
        constraints = [
            known("outputlayout", "row_kind", RowKind),
            known("outputlayout", "whom", LayoutWhom),
            models.CheckConstraint(
                name="households_outputlayout_has_a_name",
                condition=~Q(folded_name=""),
                violation_error_message=_("Give the layout a name."),
            ),
            models.CheckConstraint(
                name="households_outputlayout_has_columns",
                condition=~Q(columns=[]),
                violation_error_message=_("A layout has at least one column."),
            ),
            models.UniqueConstraint(
                fields=["province", "folded_name"],
                name="households_outputlayout_name_once",
                violation_error_message=_("The province has a layout of this name already."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.name
