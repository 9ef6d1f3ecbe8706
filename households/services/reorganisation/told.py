"""Sentences of the dry run: certificates, what is said of units, groups, residents."""

from collections import Counter

from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from households.choices import Settlement, TraitKind
from households.choices.reorganisations import OF_COMMUNES, ReorganisationKind
from households.models import AreaGroup, AreaTrait, Certificate, ResidentCount
from households.services.reorganisation import laying, open_work, relations
from households.services.reorganisation.facts import PartFacts

_K = ReorganisationKind


def certificates(facts: PartFacts) -> list[str]:
    """Numbers given keep their commune and their number; a new unit begins its own series."""
    given = Certificate.objects.filter(commune__in=open_work.communes_of(facts))
    if facts.kind in (_K.TYPE, *OF_COMMUNES):
        return []
    return [
        ngettext(
            "%(commune)s has given %(count)s certificate, the last of %(year)s is number"
            " %(last)s. It keeps its number; the new unit begins a series of its own with 1.",
            "%(commune)s has given %(count)s certificates, the last of %(year)s is number"
            " %(last)s. They keep their numbers; the new unit begins a series of its own with 1.",
            count,
        )
        % {"commune": commune, "count": count, "year": year, "last": last}
        for commune, year, count, last in given.values_list("commune__name", "year")
        .annotate(Count("pk"), Max("serial"))
        .order_by("commune__name", "year")
    ]


def traits(facts: PartFacts) -> list[str]:
    """What is carried over, what has to be stated anew, who becomes urban or rural. Two queries."""
    told = []
    if facts.kind in (_K.MERGE, _K.SPLIT):
        common = laying.common_traits(facts)
        for kind in sorted({one.kind for one in facts.traits}):
            if kind in (TraitKind.TYPE, TraitKind.SETTLEMENT):
                continue
            label = TraitKind(kind).label
            if kind in common:
                told.append(
                    _("%(what)s: %(value)s, as before.") % {"what": label, "value": common[kind]}
                )
            else:
                told.append(
                    _("%(what)s differs between the units: state it anew when it is decided.")
                    % {"what": label}
                )
    return told + _settlements(facts)


def _settlements(facts: PartFacts) -> list[str]:
    """Households whose point line changes because their unit becomes urban or rural."""
    communes = facts.units
    if not any(new.settlement for new in facts.part.becomes):
        return []
    before = dict(
        AreaTrait.objects.on(facts.law.last_day)
        .filter(area__in=communes, kind=TraitKind.SETTLEMENT)
        .values_list("area_id", "value")
    )
    changed: Counter[tuple[str, str]] = Counter()
    for village in facts.villages:
        new = facts.part.becomes[0] if facts.kind == _K.TYPE else facts.goes_to(village)
        was = before.get(village.parent_id or 0, "")
        if new and new.settlement and was and new.settlement != was:
            changed[was, new.settlement] += facts.living.get(village.pk, (0, 0))[0]
    label = {str(value): str(name) for value, name in Settlement.choices}
    return [
        _("%(count)s households are %(was)s and become %(then)s: reviews from that day on use the"
          " other line.")
        % {"count": count, "was": label[was].lower(), "then": label[then].lower()}
        for (was, then), count in changed.items()
    ]  # fmt: skip


def groups(facts: PartFacts) -> list[str]:
    """What happens to named sets of communes. One query."""
    if facts.kind == _K.LEVEL_ENDS:
        return [
            _("%(group)s stays as a group of communes for showing figures.")
            % {"group": laying.group_name(one)}
            for one in facts.units
        ]
    found = AreaGroup.objects.filter(communes__in=facts.units).distinct()
    return [
        _("Group %(group)s: what its communes become is shown in it.") % {"group": one}
        for one in found
    ]


def residents(facts: PartFacts) -> list[str]:
    """What happens to how many live there. One query."""
    if facts.kind not in (_K.MERGE, _K.SPLIT, _K.TRANSFER):
        return []
    counts = ResidentCount.objects.filter(commune__in=facts.units)
    days = sorted(set(counts.values_list("as_of", flat=True)))
    if not days:
        return []
    told = {"days": ", ".join(f"{day:%d/%m/%Y}" for day in days)}
    if facts.kind == _K.MERGE:
        return [
            _("Residents of %(days)s stay with the former units and are added up for the new one;"
              " later ones are entered for the new unit.") % told
        ]  # fmt: skip
    return [
        _("Residents of %(days)s stay with the old commune: they cannot be told apart by village."
          " Enter those of the new units.") % told
    ]  # fmt: skip


def undivided(facts: PartFacts) -> list[str]:
    """What is planned for a whole commune for the year of the day and later, in every app: a part
    of it takes over none. One query for each kind of row that has a year and no household."""
    if facts.kind not in (_K.SPLIT, _K.TRANSFER):
        return []
    told = []
    for model, unit in relations.naming_areas(kept=True):
        names = {one.name for one in model._meta.get_fields()}
        if "year" not in names or names & {"household", "village"} or model is ResidentCount:
            continue
        of_units = {f"{unit}__in": facts.units, "year__gte": facts.law.changed_on.year}
        if count := model._default_manager.filter(**of_units).count():
            told.append(
                _("%(what)s: %(count)s of the whole commune stay with it and are not divided."
                  " Enter those of each new unit.")
                % {"what": str(model._meta.verbose_name).capitalize(), "count": count}
            )  # fmt: skip
    return told
