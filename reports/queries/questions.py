"""What is asked of a table, and what follows from it: standard, status, units, the list before."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from households.choices import RoundKind
from households.errors import DomainError
from households.models import Area, PovertyStandard, ReviewRound
from households.models.area_reach import branches_through_time, made_of
from households.services import deciding_standards, rounds
from reports.choices import FigureLevel, FigureStatus
from reports.queries import decided, facts, page_memo, units
from reports.queries import narrowing as narrowing_of
from reports.queries.decided import Decided
from reports.queries.narrowing import WHOLE, Narrowing
from reports.queries.units import Units


@dataclass(frozen=True)
class Opening:
    """The periodic closing before, and where its figures come from."""

    round: ReviewRound
    status: FigureStatus


@dataclass(frozen=True)
class Question:
    """A round, an area and a level, under one standard and one status. Make it with `asked`.

    `decided` tells which communes of the area have a list of the round under the standard.
    `no_opening` is why there is nothing to compare with ("" where `opening` is there). `units` are
    narrowed already.
    """

    round: ReviewRound
    standard: PovertyStandard
    status: FigureStatus
    area: Area
    level: FigureLevel
    on: dt.date
    units: Units = field(repr=False)
    decided: Decided
    opening: Opening | None
    no_opening: str
    narrowing: Narrowing = WHOLE

    @property
    def undecided(self) -> tuple[int, ...]:
        """Communes of the area without a list of the round under this standard."""
        return self.decided.undecided

    @cached_property
    def trial(self) -> str:
        """Why nobody is decided on by these figures: their standard is a trial in the round; "" of
        any other. Two queries at most."""
        return deciding_standards.why_only_trial(self.round, self.standard) or ""

    @cached_property
    def values(self) -> dict[str, Any]:
        """Parameters of facts.select and units.HERE, and of the opening's facts where known."""
        return self.facts_values | self.units.values

    @property
    def facts_values(self) -> dict[str, Any]:
        """Of `values` those that do not say where villages lie."""
        given = facts.values(self.round, self.standard)
        if self.opening:
            given |= facts.values(self.opening.round, self.standard, "then")
        return given


def asked(
    *,
    round: ReviewRound,
    area: Area,
    level: FigureLevel,
    standard: PovertyStandard | None = None,
    status: FigureStatus | None = None,
    areas_on: dt.date | None = None,
    narrowing: Narrowing = WHOLE,
) -> Question:
    """Without a standard the round's closing one; without a status official if every commune of the
    area (of what is left of it) decided, else preliminary. About a dozen small queries.

    Raises DomainError: the standard is none of the round's, the level or a unit does not exist.
    """
    scored_under = rounds.scored_under(round)
    if standard is None and scored_under:
        standard = scored_under[0]
    if standard is None or standard not in scored_under:
        raise DomainError(
            _("The round %(round)s is not scored under %(standard)s.")
            % {"round": round.key, "standard": standard.code if standard else "–"}
        )
    is_of_then = area.valid_from <= round.as_of <= (area.valid_to or round.as_of)
    if is_of_then and not f"{area.path}{area.pk}.".startswith(f"{round.province_id}."):
        raise DomainError(_("%(area)s is not in the province of the round.") % {"area": area.name})
    on = areas_on or round.as_of
    key = ("units", round.pk, round.as_of, area.pk, level, on, narrowing)
    found = page_memo.once(key, lambda: _units(round, area, level, on, narrowing))
    lists = decided.of(round, standard, found.communes)
    status = status or lists.status
    opening, why_not = _opening(round, standard, status, found, lists)
    return Question(
        round, standard, status, area, level, on, found, lists, opening, why_not, narrowing
    )


def _units(
    round: ReviewRound, area: Area, level: FigureLevel, on: dt.date, narrowing: Narrowing
) -> Units:
    found = units.of(round, area, level, on)
    if narrowing == WHOLE:
        return found
    return narrowing_of.narrowed(found, units.map_of(area), round, on, narrowing)


def _round_before(round: ReviewRound, found: Units) -> ReviewRound | None:
    """Of the province; else of the one province that went into it in which all of these communes
    lay. One query, three more where it is the first of the province."""
    earlier = ReviewRound.objects.filter(kind=RoundKind.PERIODIC, as_of__lt=round.as_of)
    earlier = earlier.order_by("-as_of")
    before: ReviewRound | None = earlier.filter(province=round.province_id).first()
    if before is not None:
        return before
    lay_in = {
        int(path.split(".")[0])
        for paths in branches_through_time(found.communes).values()
        for path in paths
    } - {round.province_id}
    former = set(made_of(round.province).values_list("pk", flat=True))
    return earlier.filter(province__in=lay_in).first() if len(lay_in & former) == 1 else None


def _opening(
    round: ReviewRound,
    standard: PovertyStandard,
    status: FigureStatus,
    found: Units,
    lists: Decided,
) -> tuple[Opening | None, str]:
    """The closing before under the same standard. Official figures open where they close: in the
    communes that decided."""
    before = _round_before(round, found)
    if before is None:
        return None, _("There is no earlier periodic round.")
    if standard not in rounds.scored_under(before):
        return None, _("The round %(round)s was reviewed under another standard.") % {
            "round": before.key
        }
    communes = set(found.communes)
    if status == FigureStatus.OFFICIAL:
        communes -= set(lists.undecided)
    from_lists = decided.of(before, standard, communes, then=found.commune_then)
    opens = decided.opening(status, from_lists)
    if opens is None:
        return None, _("Not every commune decided its list of the round %(round)s.") % {
            "round": before.key
        }
    return Opening(before, opens), ""
