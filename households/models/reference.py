"""Lists of words that change seldom: ethnic groups, causes, policy groups, hardships."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EthnicGroup(models.Model):
    """One of the 54 groups of the statistics office's list; every code except 01 is a minority."""

    code = models.CharField(max_length=2, unique=True)
    name = models.CharField(max_length=60, unique=True)
    #: Other spellings that sheets use, folded: ["hmong", "h'mong"].
    aliases = models.JSONField(default=list, blank=True)
    is_minority = models.BooleanField()
    is_very_small = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("ethnic group")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class ListEntry(models.Model):
    """An entry of a short editable list: causes, policy groups, sudden hardships, supports,
    first digits of personal numbers."""

    list_code = models.CharField(max_length=30)
    code = models.CharField(max_length=30)
    name_vi = models.CharField(max_length=160)
    name_en = models.CharField(max_length=160)
    position = models.SmallIntegerField(default=0)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    is_confirmed = models.BooleanField(default=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("list entry")
        ordering = ["list_code", "position", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["list_code", "code"], name="households_listentry_code_once_per_list"
            )
        ]

    def __str__(self) -> str:
        return self.name_vi
