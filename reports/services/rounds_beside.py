"""What the rounds before and after a round give to everybody of its numbers: a table opens with the
closing of the round before."""

from collections.abc import Iterator, Mapping

from households.models import PovertyStandard, ReviewRound
from reports.contents import stored_figures
from reports.contents.webs import Figures, Name
from reports.models import PublicPattern
from reports.services import live_figures


def given_out(
    round: ReviewRound, standard: PovertyStandard
) -> Iterator[tuple[Figures, frozenset[Name]]]:
    """Numbers of patterns of the rounds beside it, by their names in this round, and those of them
    that are hidden there. Two queries, and a second for each pattern."""
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
