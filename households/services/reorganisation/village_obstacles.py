"""What stands against a part because of its villages: names that meet, villages and staff that
nobody told where to go."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from households.choices.reorganisations import ReorganisationKind
from households.folding import fold
from households.models import Area
from households.services.area_succession import goes_on_after
from households.services.reorganisation.facts import PartFacts
from households.services.reorganisation.plans import Obstacle

_K = ReorganisationKind


def standing(facts: PartFacts) -> Iterator[Obstacle]:
    """Reads only; at most three queries."""
    if facts.kind in (_K.SPLIT, _K.VILLAGE_SPLIT):
        yield from _nowhere(facts)
    if facts.kind == _K.TRANSFER and facts.units and not facts.goers:
        yield Obstacle(_("No village is chosen."), _("Open this part and choose the villages."))
    taken: dict[tuple[str, str], list[Area]] = {}
    for village in facts.goers:
        new = facts.goes_to(village)
        if new is not None and facts.kind != _K.LEVEL_ENDS:
            taken.setdefault((new.key, fold(facts.name_of(village))), []).append(village)
    namesakes = _namesakes(facts)
    for (key, name), found in taken.items():
        new = facts.part.new_unit(key)
        there = namesakes.get((new.area_id, name), []) if new and new.area_id else []
        if (facts.kind in (_K.MERGE, _K.SPLIT, _K.TRANSFER)) and len(found) + len(there) > 1:
            yield Obstacle(
                _("%(commune)s would have %(count)s villages called %(name)s (%(from)s).")
                % {
                    "commune": facts.label(new) if new else "",
                    "count": len(found) + len(there),
                    "name": facts.name_of(found[0]),
                    "from": ", ".join(str(one.parent) for one in [*found, *there]),
                },
                _("Open this part and give all but one another name."),
            )


def _namesakes(facts: PartFacts) -> dict[tuple[int, str], list[Area]]:
    """Villages that taking communes have already, by commune and name. One query."""
    taking = [one.area_id for one in facts.part.becomes if one.area_id]
    found: dict[tuple[int, str], list[Area]] = {}
    if not taking or facts.kind == _K.LEVEL_ENDS:
        return found
    there = Area.objects.filter(goes_on_after(facts.law.last_day), parent__in=taking)
    for one in there.exclude(pk__in=[one.pk for one in facts.goers]).select_related("parent"):
        if one.parent_id is not None:
            found.setdefault((one.parent_id, one.folded_name), []).append(one)
    return found


def _nowhere(facts: PartFacts) -> Iterator[Obstacle]:
    """Villages of a commune, or households of a village, that nobody told where to go."""
    open_it = _("Open this part and choose.")
    if facts.kind == _K.VILLAGE_SPLIT:
        names = {one.pk: one.head_name for one in facts.homes}
    else:
        names = {one.pk: one.name for one in facts.villages}
    goes = facts.part.goes
    lost = [names[pk] for pk in names if facts.part.new_unit(goes.get(pk, "")) is None]
    if lost:
        yield Obstacle(
            _("Where these go is not told: %(names)s.") % {"names": ", ".join(lost)}, open_it
        )
    used = {goes.get(pk, "") for pk in names}
    for new in facts.part.becomes:
        if new.key not in used:
            yield Obstacle(_("Nobody goes to %(unit)s.") % {"unit": facts.label(new)}, open_it)
    untold = [str(one.user) for one in facts.staff if one.pk not in facts.part.staff]
    if untold:
        yield Obstacle(
            _("Where these people go on is not told: %(people)s.")
            % {"people": ", ".join(dict.fromkeys(untold))},
            open_it,
        )
