"""Pairs of entries that may be one, and what was merged of them."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from households.choices.duplicates import SETTLED, PairKind, PairState
from households.models.areas import Area
from households.models.audit import AuditEvent, Recorded
from households.models.codes import known
from households.models.people import Household, Person
from households.models.triggers import keeps_history


class DuplicatePairQuerySet(models.QuerySet[Any]):
    def touching(self, inner_paths: list[str]) -> Self:
        """Pairs with at least one side in these branches now; none for an empty list."""
        villages = Area.objects.under_any(inner_paths).values("pk")
        return self.filter(
            Q(household_a__card__village__in=villages) | Q(household_b__card__village__in=villages)
        )


class DuplicatePair(Recorded):
    """Two persons or two households, the lower id first; `household_a` is where `person_a` lives.

    A pair of persons may live in one household. Found ones carry score and reasons (codes of
    households.likeness); of a disputed number (NUMBER) `claimed_for` is who is said to own it and
    the other of the two holds it.
    """

    kind = models.CharField(max_length=10, choices=PairKind)
    person_a = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    person_b = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    household_a = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    household_b = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    claimed_for = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    claim = models.TextField(_("what is claimed"), blank=True)
    score = models.SmallIntegerField(default=0)
    reasons = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=PairState, default=PairState.OPEN)
    found_at = models.DateTimeField(db_default=Now(), editable=False)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    #: Why they are not the same, or why they were merged.
    why = models.TextField(_("reason"), blank=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        verbose_name = _("pair that may be one")
        indexes = [
            models.Index(fields=["state", "-score"], name="households_duplicate_queue"),
        ]
        constraints = [
            known("duplicatepair", "kind", PairKind),
            known("duplicatepair", "state", PairState),
            models.UniqueConstraint(
                fields=["kind", "person_a", "person_b"],
                condition=Q(person_a__isnull=False),
                name="households_duplicatepair_persons_once",
                violation_error_message=_("These two are in the queue already."),
            ),
            models.UniqueConstraint(
                fields=["household_a", "household_b"],
                condition=Q(kind=PairKind.HOUSEHOLD),
                name="households_duplicatepair_households_once",
                violation_error_message=_("These two are in the queue already."),
            ),
            models.CheckConstraint(
                name="households_duplicatepair_two_of_a_kind",
                condition=Q(
                    kind=PairKind.HOUSEHOLD,
                    person_a__isnull=True,
                    person_b__isnull=True,
                    household_a__lt=F("household_b"),
                )
                | (
                    ~Q(kind=PairKind.HOUSEHOLD)
                    & Q(person_a__isnull=False, person_b__isnull=False)
                    & Q(person_a__lt=F("person_b"))
                ),
                violation_error_message=_("A pair is of two persons or of two households."),
            ),
            models.CheckConstraint(
                name="households_duplicatepair_claim_is_of_one",
                condition=Q(kind=PairKind.NUMBER, claimed_for__isnull=False)
                & (Q(claimed_for=F("person_a")) | Q(claimed_for=F("person_b")))
                | (~Q(kind=PairKind.NUMBER) & Q(claimed_for__isnull=True)),
                violation_error_message=_("A disputed number is claimed for one of the two."),
            ),
            models.CheckConstraint(
                name="households_duplicatepair_settled_by_somebody",
                condition=Q(state__in=SETTLED, settled_by__isnull=False, settled_at__isnull=False)
                & ~Q(why="")
                | (
                    ~Q(state__in=SETTLED)
                    & Q(settled_by__isnull=True, settled_at__isnull=True, why="")
                ),
                violation_error_message=_("Who settled it says when and why."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.kind} {self.household_a_id}/{self.household_b_id}"


class DuplicateMerge(Recorded):
    """A merger that was done. What it moved stands in the history of its act (`merge_act`); with
    that it is taken back, as long as nothing later rests on it."""

    pair = models.ForeignKey(DuplicatePair, on_delete=models.PROTECT, related_name="merges")
    merge_act = models.OneToOneField(AuditEvent, on_delete=models.PROTECT, related_name="+")
    #: The side that stays ("a" or "b"), and the side each differing fact was taken from.
    kept_side = models.CharField(max_length=1)
    choices = models.JSONField(default=dict, blank=True)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    merged_at = models.DateTimeField(db_default=Now(), editable=False)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("merger of two entries")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="households_duplicatemerge_kept_side_known",
                condition=Q(kept_side__in=["a", "b"]),
            ),
            models.UniqueConstraint(
                fields=["pair"],
                condition=Q(undone_at__isnull=True),
                name="households_duplicatemerge_one_standing",
                violation_error_message=_("These two are merged already."),
            ),
            models.CheckConstraint(
                name="households_duplicatemerge_undone_by_somebody",
                condition=Q(undone_at__isnull=True, undone_by__isnull=True)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.pair_id} {self.kept_side}"


class MergedPerson(Recorded):
    """`gone` is an entry of the person `kept`: it belongs to no household any more. Deleted when
    the merger is taken back."""

    merge = models.ForeignKey(DuplicateMerge, on_delete=models.PROTECT, related_name="persons")
    gone = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="merged_into")
    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merged_from")

    class Meta:
        verbose_name = _("merged person")
        constraints = [
            models.CheckConstraint(
                name="households_mergedperson_two_persons",
                condition=~Q(gone=F("kept")),
                violation_error_message=_("A person is not merged with himself."),
            ),
        ]
        triggers = keeps_history()

    def __str__(self) -> str:
        return f"{self.gone_id} into {self.kept_id}"
