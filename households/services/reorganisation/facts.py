"""What the map knows of the units of a draft, read once for checks, dry run and act."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from households.choices import AreaLevel
from households.choices.reorganisations import (
    OF_COMMUNES,
    VILLAGE_BY_VILLAGE,
    ReorganisationKind,
)
from households.models import Area, AreaTrait, Assignment, HouseholdCard, Reorganisation
from households.services.area_succession import Law, goes_on_after
from households.services.reorganisation import plans
from households.services.reorganisation.plans import NewUnit, Part


@dataclass
class PartFacts:
    """A part with the rows it names. `villages` are those that go on in or below its units on the
    last day of the old state, by name; `homes` the communes of LEVEL_ENDS instead."""

    part: Part
    law: Law
    units: list[Area]
    villages: list[Area]
    communes: list[Area]
    existing: dict[int, Area]
    #: The last day of what the units become, where the map ends them later; None: no end.
    ends: dt.date | None = None

    @property
    def kind(self) -> ReorganisationKind:
        return self.part.kind

    @property
    def goers(self) -> list[Area]:
        """The villages that lie elsewhere, or are called otherwise, after the act."""
        if self.kind == ReorganisationKind.TRANSFER:
            return [one for one in self.villages if self.part.goes.get(one.pk)]
        if self.kind == ReorganisationKind.TYPE:
            return []
        return self.villages

    def goes_to(self, village: Area) -> NewUnit | None:
        """What a village is part of after the act; None where it is not told."""
        if self.kind in VILLAGE_BY_VILLAGE:
            return self.part.new_unit(self.part.goes.get(village.pk, ""))
        return self.part.becomes[0] if self.part.becomes else None

    def name_of(self, village: Area) -> str:
        """What it is called after the act."""
        return self.part.names.get(village.pk, village.name)

    def label(self, new: NewUnit) -> str:
        """What a new unit is called, before it has a name too."""
        there = self.existing.get(new.area_id or 0)
        if there is not None or new.name:
            return str(there or new.name)
        if self.kind == ReorganisationKind.TYPE and self.units:
            return str(self.units[0])
        return _("New unit %(number)s") % {"number": new.key}

    @cached_property
    def parent(self) -> Area | None:
        """Under which new units come: where the first of the old ones lay."""
        return self.units[0].parent if self.units else None

    @cached_property
    def homes(self) -> list[HouseholdCard]:
        """Of VILLAGE_SPLIT the households that live in the village, by name. One query."""
        found = HouseholdCard.objects.filter(village__in=self.units, is_ended=False)
        return list(found.order_by("head_name", "pk"))

    @cached_property
    def living(self) -> dict[int, tuple[int, int]]:
        """Households and people now of each village that it touches. One query."""
        return living(self.units if self.kind in OF_COMMUNES else self.villages)

    @cached_property
    def traits(self) -> list[AreaTrait]:
        """What is said of the units on the last day. One query."""
        found = AreaTrait.objects.on(self.law.last_day).filter(area__in=self.units)
        return list(found.order_by("kind", "pk"))

    @cached_property
    def staff(self) -> list[Assignment]:
        """Who is assigned to the units themselves and goes on after the last day. One query."""
        found = Assignment.objects.filter(goes_on_after(self.law.last_day), area__in=self.units)
        return list(found.select_related("user", "area").order_by("area", "user__username", "pk"))

    @property
    def area_ids(self) -> list[int]:
        """Of every row of the map that the part changes."""
        if self.kind == ReorganisationKind.TRANSFER:
            return [one.pk for one in self.goers]
        return [one.pk for one in [*self.units, *self.communes, *self.villages]]


def law_of(reorganisation: Reorganisation) -> Law:
    """The day has to be known."""
    assert reorganisation.changed_on is not None
    paper = reorganisation.paper_number
    if reorganisation.paper_date:
        paper = f"{paper}, {reorganisation.paper_date:%d/%m/%Y}"
    return Law(reorganisation.changed_on, paper, reorganisation.paper_by)


def read(reorganisation: Reorganisation) -> list[PartFacts]:
    """Of each part. One query for all, and at most two for each."""
    law = law_of(reorganisation)
    parts = plans.parts_of(reorganisation.parts)
    named = {pk for one in parts for pk in one.units}
    named |= {new.area_id for one in parts for new in one.becomes if new.area_id}
    rows = Area.objects.select_related("parent").in_bulk(named)
    return [_read(one, law, rows) for one in parts]


def _read(part: Part, law: Law, rows: Mapping[int, Area]) -> PartFacts:
    units = [rows[pk] for pk in part.units if pk in rows]
    taking = {pk: rows[pk] for one in part.becomes if (pk := one.area_id or 0) in rows}
    last = units[0].valid_to if units else None
    ends = last if last is not None and last > law.last_day else None
    if part.kind in OF_COMMUNES:
        return PartFacts(part, law, units, [], [], taking, ends)
    communes = []
    if part.kind == ReorganisationKind.LEVEL_ENDS:
        communes = going_on(units, law)
    return PartFacts(part, law, units, going_on(communes or units, law), communes, taking, ends)


def going_on(above: Iterable[Area], law: Law) -> list[Area]:
    """The units right below these that go on after the last day; below a unit that ended with it
    already, those that ended with it too. One query."""
    parents = list(above)
    ended = [one.pk for one in parents if one.valid_to == law.last_day]
    found = Area.objects.filter(parent__in=parents, valid_from__lte=law.last_day)
    whole = found.filter(goes_on_after(law.last_day)) | found.filter(
        parent__in=ended, valid_to=law.last_day
    )
    return list(whole.select_related("parent").order_by("parent__code", "folded_name", "pk"))


def level_of(kind: ReorganisationKind) -> AreaLevel:
    """Of the units that a part names."""
    if kind == ReorganisationKind.LEVEL_ENDS:
        return AreaLevel.DISTRICT
    if kind in OF_COMMUNES:
        return AreaLevel.VILLAGE
    return AreaLevel.COMMUNE


def living(villages: Iterable[Area]) -> dict[int, tuple[int, int]]:
    """Households and people of each village now. One query."""
    cards = HouseholdCard.objects.filter(village__in=list(villages), is_ended=False)
    rows = cards.values_list("village").annotate(Count("pk"), Sum("members"))
    return {pk: (households, people) for pk, households, people in rows.order_by()}
