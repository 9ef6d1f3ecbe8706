"""What the rounds before and after a round, and other standards of it, give to everybody of its
numbers: a table opens with the closing of the round before, the yearly report tells of all rounds
of its standard, and what programmes gave is the same under every standard."""

from collections.abc import Iterator, Mapping

from django.db.models import QuerySet

from households.models import PovertyStandard, ReviewRound
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
    for earlier in before_it(round, standard):
        now = {one: narrative_figures.at_round(one, earlier.key) for one in THEN}
        yield from _renamed(earlier, standard, now)
    for later in alike.filter(as_of__gt=round.as_of):
        then = {narrative_figures.at_round(one, round.key): one for one in THEN}
        yield from _renamed(later, standard, then)
    yield from _of_programmes(round, standard)


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
