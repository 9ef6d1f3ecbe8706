"""Sheets that the receiver of a layout sends back: their rows, what they say otherwise than the
register, and what they answer."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.returns import (
    AnswerKind,
    DifferenceState,
    FoundBy,
    ReturnState,
    WhyNotFound,
)
from households.models.areas import Area
from households.models.audit import Recorded
from households.models.codes import known
from households.models.output_layouts import OutputLayout
from households.models.people import Household, Person
from households.models.personal_id import PersonalIdField
from households.models.triggers import keeps_history
from households.models.users import User

#: States in which a sheet counts as here: the same one is not taken again.
HERE = (ReturnState.TO_READ, ReturnState.READING, ReturnState.CHECKED, ReturnState.KEPT)


class LayoutReturn(Recorded):
    """One sheet that came back, in a folder of its own. `columns` are the layout's columns as it
    was read with; `counts` are rows by what became of them. Its answers count while it is KEPT."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    layout = models.ForeignKey(OutputLayout, on_delete=models.PROTECT, related_name="returns")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    receiver = models.CharField(_("who sent it back"), max_length=120)
    returned_on = models.DateField(_("sent back on"))
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(db_default=Now(), editable=False)
    file_name = models.CharField(max_length=200)
    file_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ReturnState, default=ReturnState.TO_READ)
    columns = models.JSONField(default=list)
    missing = models.JSONField(default=list)
    not_read = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    #: Why it cannot be read at all.
    failure = models.TextField(blank=True)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("returned sheet")
        ordering = ["-pk"]
        constraints = [
            known("layoutreturn", "state", ReturnState),
            models.UniqueConstraint(
                fields=["layout", "area", "file_hash"],
                condition=Q(state__in=HERE),
                name="households_layoutreturn_file_once",
                violation_error_message=_("This very file is here already."),
            ),
            models.CheckConstraint(
                name="households_layoutreturn_has_a_receiver",
                condition=~Q(receiver=""),
                violation_error_message=_("Write who sent it back."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return self.file_name

    @property
    def folder(self) -> Path:
        return Path(settings.POVREG_IMPORTS) / str(self.uuid)


class ReturnedRow(Recorded):
    """One row of it, with the household or person it is about, or why nobody was found. `cells`
    are what stood there by heading, personal numbers left out: that one is in `personal_id`."""

    returned = models.ForeignKey(LayoutReturn, on_delete=models.PROTECT, related_name="rows")
    line = models.IntegerField()
    household = models.ForeignKey(
        Household, null=True, on_delete=models.PROTECT, related_name="returned_rows"
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    found_by = models.CharField(max_length=20, choices=FoundBy, blank=True)
    why_not = models.CharField(max_length=20, choices=WhyNotFound, blank=True)
    cells = models.JSONField(default=dict)
    personal_id = PersonalIdField(null=True)
    #: Heading → why its cell cannot be read.
    faults = models.JSONField(default=dict)
    differs = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("row of a returned sheet")
        ordering = ["line"]
        constraints = [
            known("returnedrow", "found_by", FoundBy, or_empty=True),
            known("returnedrow", "why_not", WhyNotFound, or_empty=True),
            models.UniqueConstraint(
                fields=["returned", "line"],
                name="households_returnedrow_line_once",
                violation_error_message=_("A row of a sheet is kept once."),
            ),
            models.CheckConstraint(
                name="households_returnedrow_found_or_told_why",
                condition=Q(household__isnull=False, why_not="") & ~Q(found_by="")
                | (Q(household__isnull=True, person__isnull=True, found_by="") & ~Q(why_not="")),
                violation_error_message=_("A row is about somebody, or it is told why not."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.returned_id}:{self.line}"


class ReturnedDifference(Recorded):
    """A fact that the receiver has otherwise: `theirs` against `ours` on the day it was read,
    personal numbers masked. What a signed review says is only shown."""

    row = models.ForeignKey(ReturnedRow, on_delete=models.PROTECT, related_name="differences")
    field = models.CharField(max_length=60)
    theirs = models.TextField(blank=True)
    ours = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=DifferenceState)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("difference of a returned sheet")
        ordering = ["row__line", "pk"]
        constraints = [
            known("returneddifference", "state", DifferenceState),
            models.UniqueConstraint(
                fields=["row", "field"],
                name="households_returneddifference_once",
                violation_error_message=_("A field of a row differs once."),
            ),
            models.CheckConstraint(
                name="households_returneddifference_settled_by_somebody",
                condition=Q(
                    state__in=[DifferenceState.SHOWN, DifferenceState.OPEN],
                    settled_by__isnull=True,
                    settled_at__isnull=True,
                )
                | (
                    ~Q(state__in=[DifferenceState.SHOWN, DifferenceState.OPEN])
                    & Q(settled_by__isnull=False, settled_at__isnull=False)
                ),
                violation_error_message=_("Who settled the difference, and when, is known."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.row_id} {self.field}"


class LayoutAnswer(Recorded):
    """What a receiver answered about a household, or a person of it, in one of his own columns.
    A code is kept as povreg's side of the layout has it, with the receiver's word beside it."""

    row = models.ForeignKey(ReturnedRow, on_delete=models.PROTECT, related_name="answers")
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="layout_answers"
    )
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    heading = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=AnswerKind)
    text_value = models.CharField(max_length=500, blank=True)
    number_value = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    day_value = models.DateField(null=True)

    class Meta:
        verbose_name = _("answer of a receiver")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["household", "-id"], name="households_answer_household")]
        constraints = [
            known("layoutanswer", "kind", AnswerKind),
            models.UniqueConstraint(
                fields=["row", "heading"],
                name="households_layoutanswer_once",
                violation_error_message=_("A column of a row is answered once."),
            ),
            models.CheckConstraint(
                name="households_layoutanswer_has_its_value",
                condition=(
                    Q(kind=AnswerKind.NUMBER, number_value__isnull=False)
                    & Q(day_value__isnull=True, text_value="")
                )
                | (
                    Q(kind=AnswerKind.DAY, day_value__isnull=False)
                    & Q(number_value__isnull=True, text_value="")
                )
                | (
                    ~Q(kind__in=[AnswerKind.NUMBER, AnswerKind.DAY])
                    & Q(number_value__isnull=True, day_value__isnull=True)
                    & ~Q(text_value="")
                ),
                violation_error_message=_("An answer has the value of its kind, and no other."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.household_id} {self.heading}"
