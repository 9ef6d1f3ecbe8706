"""What lists show and search of a household, kept beside it so that a list is one index read."""

import datetime as dt
import re
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from households.choices import AreaLevel, PovertyClass
from households.models.areas import Area, Fold
from households.models.lists import StatusPeriod
from households.models.people import Household, code_of


class _OneNameHolds(Func):
    """The first lines word by word, which costs a fifth of a pattern; the pattern for the rest. (A
    subselect over the lines would do, but is counted so dear that the planner turns away from a
    plain scan where it is best.)"""

    output_field = models.BooleanField()
    _LINES = 6

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **extra: Any) -> tuple[str, Any]:
        names, pattern, *words = [compiler.compile(one) for one in self.get_source_expressions()]
        line = f"split_part({names[0]}, E'\\n', %d)"
        tests = [
            "(" + " AND ".join(f"strpos({line % number}, {sql}) > 0" for sql, __ in words) + ")"
            for number in range(1, self._LINES + 1)
        ]
        tests.append(f"({line % (self._LINES + 1)} <> '' AND {names[0]} ~ {pattern[0]})")
        values = tuple(value for __, values in words for value in values)
        return f"({' OR '.join(tests)})", values * self._LINES + tuple(pattern[1])


def one_name_holds(folded_words: list[str]) -> Func:
    """Whether one of a card's folded names holds all of these. It looks into every card it is
    asked about; narrow by folded_names__contains first, which an index answers."""
    line_with_all = "(?n)^" + "".join(f"(?=.*{re.escape(word)})" for word in folded_words)
    return _OneNameHolds(F("folded_names"), *map(Value, (line_with_all, *folded_words)))


class HouseholdCardQuerySet(models.QuerySet[Any]):
    """As HouseholdQuerySet, without the household: what a list asks needs the card alone."""

    def under(self, area: Area) -> Self:
        """Those that live in `area` now, or lived there last."""
        if area.level == AreaLevel.VILLAGE:
            return self.filter(village=area)
        return self.under_any([area.inner_path])

    def under_any(self, inner_paths: list[str]) -> Self:
        """Those living in any of the branches (see Area.inner_path); none for an empty list."""
        return self.filter(village__in=Area.objects.under_any(inner_paths).values("pk"))

    def standing(self) -> Self:
        """Those that have not ended."""
        return self.filter(is_ended=False)

    def of_class(self, poverty_class: PovertyClass, *, on: dt.date) -> Self:
        """Those on the national official list with this class on a date."""
        listed = StatusPeriod.objects.on(on).filter(
            household=OuterRef("pk"), list_owner__isnull=True, poverty_class=poverty_class
        )
        return self.filter(Exists(listed))


class HouseholdCard(models.Model):
    """Head, place and size of a household as they are now. Derived: written by services.cards
    only, in the act that changes them; it keeps no history, for its sources do."""

    household = models.OneToOneField(
        Household, primary_key=True, on_delete=models.CASCADE, related_name="card"
    )
    #: Where it lives; of a household that ended, where it lived last.
    village = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    #: The head's name; of a household that is only begun, the name on its form.
    head_name = models.CharField(max_length=120, blank=True)
    folded_head_name = models.GeneratedField(
        expression=Fold(F("head_name")), output_field=models.TextField(), db_persist=True
    )
    members = models.SmallIntegerField(default=0)
    #: What a name is searched in: the folded name of each member, a line each; of a household
    #: without members, that of its head.
    folded_names = models.TextField(default="", db_default="")
    is_ended = models.BooleanField(default=False, db_default=False)

    objects = HouseholdCardQuerySet.as_manager()

    class Meta:
        verbose_name = _("card of a household")
        indexes = [
            models.Index(fields=["folded_head_name", "household"], name="households_card_by_name"),
            models.Index(
                fields=["village", "folded_head_name", "household"],
                name="households_card_in_village",
            ),
            models.Index(
                fields=["members", "folded_head_name", "household"],
                name="households_card_by_size",
            ),
            GinIndex(
                OpClass(F("folded_names"), name="gin_trgm_ops"), name="households_card_by_names"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id} {self.head_name}"

    @property
    def code(self) -> str:
        return code_of(self.household_id)
