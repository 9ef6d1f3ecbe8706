"""What the rounds before and after a round, and other standards of it, give to everybody of its
numbers: a table opens with the closing of the round before, the yearly report tells of all rounds
of its standard, and what programmes gave is the same under every standard."""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet

from households.choices import AreaLevel
from households.models import Area, PovertyStandard, ReviewRound
from reports.contents import narrative_figures, programme_figures, stored_figures
from reports.contents.narrative_figures import THEN
from reports.contents.webs import Figures, Name
from reports.models import PublicPattern
from reports.services import live_figures


def given_out(
    round: ReviewRound, standard: PovertyStandard
) -> Iterator[tuple[Figures, frozenset[Name]]]:
    """Numbers of patterns of the rounds beside it, by their names in this round, and those of them
    that are hidden there. Four queries, and a second for each pattern."""
    here_to_before: dict[str, str] = {}
    for definition in live_figures.weighed_reports():
        if round.kind.lower() in definition.rounds:
            here_to_before |= definition.carried_measures()
    alike = ReviewRound.objects.filter(province=round.province_id, kind=round.kind)
    before = alike.filter(as_of__lt=round.as_of).order_by("-as_of").first()
    after = alike.filter(as_of__gt=round.as_of).order_by("as_of").first()
    if before:
        yield from _renamed(before, standard, {old: new for new, old in here_to_before.items()})
    if after:
        yield from _renamed(after, standard, here_to_before)
    yield from _then(round, standard)
    for later in alike.filter(as_of__gt=round.as_of):
        then = {narrative_figures.at_round(one, round.key): one for one in THEN}
        yield from _renamed(later, standard, then)
    yield from _of_programmes(round, standard)


def then(round: ReviewRound, standard: PovertyStandard) -> Iterator[Figures]:
    """What patterns of rounds before know of the areas that reports are made of, as reports of this
    round tell of it: so that whichever of them comes later says nothing new. Three queries, and a
    second for each pattern."""
    villages = Area.objects.filter(level=AreaLevel.VILLAGE)
    small = {str(pk) for pk in villages.values_list("pk", flat=True)}
    for told, _hidden in _then(round, standard):
        values = {name: one for name, one in told.values.items() if name[0] not in small}
        if values:
            yield Figures(values)


def _then(
    round: ReviewRound, standard: PovertyStandard
) -> Iterator[tuple[Figures, frozenset[Name]]]:
    for earlier in before_it(round, standard):
        now = {one: narrative_figures.at_round(one, earlier.key) for one in THEN}
        yield from _renamed(earlier, standard, now)


def before_it(round: ReviewRound, standard: PovertyStandard) -> QuerySet[ReviewRound]:
    """Rounds of its kind and standard before it, the newest first."""
    alike = ReviewRound.objects.filter(province=round.province_id, kind=round.kind)
    return alike.filter(standards=standard, as_of__lt=round.as_of).order_by("-as_of")


def _of_programmes(
    round: ReviewRound, standard: PovertyStandard
) -> Iterator[tuple[Figures, frozenset[Name]]]:
    """What programmes gave, as patterns of other standards of the round have it."""
    for pattern in PublicPattern.objects.filter(round=round).exclude(standard=standard):
        names = stored_figures.unpack_names(bytes(pattern.hidden))
        hidden = frozenset(filter(programme_figures.is_programmes, names))
        for one in stored_figures.unpack(bytes(pattern.figures)):
            values = {
                name: value
                for name, value in one.values.items()
                if programme_figures.is_programmes(name)
            }
            yield Figures(values), hidden


def _renamed(
    beside: ReviewRound, standard: PovertyStandard, names: Mapping[str, str]
) -> Iterator[tuple[Figures, frozenset[Name]]]:
    for pattern in PublicPattern.objects.filter(round=beside, standard=standard):
        hidden = frozenset(
            (area, names[measure])
            for area, measure in stored_figures.unpack_names(bytes(pattern.hidden))
            if measure in names
        )
        for one in stored_figures.unpack(bytes(pattern.figures)):
            values = {
                (area, names[measure]): value
                for (area, measure), value in one.values.items()
                if measure in names
            }
            yield Figures(values), hidden
