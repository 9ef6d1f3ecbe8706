"""Coverage as other systems ask for it: of every programme who is entitled, served, in the gap.

Nothing is counted here: figures are those of programs.queries.coverage, as the pages show them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programs.choices import Recipient
from programs.models import Programme, ProgrammeTerms
from programs.queries import coverage, coverage_state
from programs.queries.coverage import Coverage
from programs.queries.coverage_figures import Figures
from programs.queries.entitlement import terms_on
from programs.queries.reach import Reach
from reports.choices import FigureLevel
from reports.choices import Unit as Counted
from reports.queries.aggregates import Cut, Lack, Part
from reports.queries.rows import Figure
from reports.queries.support_parts import Cells, Column, Known, Period, head, nothing, part

_BASE: Final = "residents_on_the_day"
_CUT: Final = Cut("COVERAGE", _BASE, is_weighed=False)
CUTS: Final[dict[str, Cut]] = {"programme": _CUT, "no-labour": _CUT, "ground": _CUT}
_NO_GROUND: Final = _("No ground in force decides who is entitled")

_OF_GROUND: Final = (
    Column("entitled", pgettext_lazy("coverage", "Entitled"), "row"),
    Column("entitled_households", _("Households with somebody entitled"), "households"),
    Column("served", _("Entitled and served on the day"), "row"),
    Column("served_households", _("Households with somebody entitled and served"), "households"),
    Column("gap", _("Entitled, not served yet"), "row"),
    Column("gap_households", _("Households with somebody entitled and not served"), "households"),
    Column("open", _("Too little is known to say whether entitled"), "row"),
    Column("times", _("Benefits that hold on the day"), "times"),
    Column("twice", _("Served by two benefits or more"), "row"),
    Column("lapsing", _("Served, the last day comes soon"), "row"),
)
_OF_ALL: Final = (
    *_OF_GROUND[:7],
    Column("open_households", _("Households of which too little is known"), "households"),
    Column("receiving", _("Served on the day, entitled or not"), "row"),
    Column("receiving_households", _("Households served on the day"), "households"),
    *_OF_GROUND[7:],
    Column("outside_times", _("Benefits of persons outside the register"), "times"),
)
#: What nobody can say where no ground decides.
_ENTITLEMENT: Final = (
    "entitled", "entitled_households", "served", "served_households", "gap", "gap_households",
    "open", "open_households",
)  # fmt: skip
_COUNTED: Final = {Recipient.PERSON: Counted.PERSONS, Recipient.HOUSEHOLD: Counted.HOUSEHOLDS}


def columns(by: str) -> tuple[Column, ...]:
    """Of a cut."""
    return _OF_GROUND if by == "ground" else _OF_ALL


def parts(
    by: str, whole: Reach, level: FigureLevel, units: Sequence[Reach], on: dt.date
) -> list[Part]:
    """A part for each programme, or each of its grounds in force on the day, in their order;
    programmes of which nothing is told in the whole area are left out. Costs as coverage.of, and
    two queries."""
    found = coverage.of(whole.branches, on)
    placed = _Placed(found, units, coverage_state.communes_of(whole.branches))
    programmes = {one.pk: one for one in Programme.objects.all()}
    province = int(whole.area.inner_path.partition(".")[0])
    in_force = [one for one in terms_on(on) if one.owner_id in (None, province)]
    if by == "ground":
        return list(_by_ground(placed, level, programmes, in_force))
    return list(_by_programme(placed, level, programmes, in_force, by == "no-labour"))


class _Placed:
    """Coverage with its units."""

    def __init__(
        self, found: Coverage, units: Sequence[Reach], communes: Sequence[tuple[int, str]]
    ) -> None:
        self.found, self.units = found, units
        self.period = Period(found.on.isoformat(), found.on)
        self.known = Known(found.behind, found.oldest, found.uncounted)
        self._units_of = {
            pk: [one.area.pk for one in units if path.startswith(one.branches)]
            for pk, path in communes
        }
        self.uncounted = {unit for pk in found.uncounted for unit in self._units_of.get(pk, [])}

    def figures(self, *, no_labour: bool | None) -> Mapping[tuple[int, int, int | None], Figures]:
        """By unit, programme and terms (None: all)."""
        by_commune = self.found.by(
            lambda one: (one.commune_id, one.programme_id, one.terms_id), no_labour=no_labour
        )
        sums: defaultdict[tuple[int, int, int | None], Figures] = defaultdict(Figures)
        for (commune, *of), figures in by_commune.items():
            for unit in self._units_of.get(commune, []):
                sums[unit, of[0], of[1]] += figures  # type: ignore[index]
        return sums

    def lacking(self) -> Mapping[tuple[int, int], int]:
        """Recipients for whom a ground is open, by unit and terms."""
        sums: defaultdict[tuple[int, int], int] = defaultdict(int)
        for one in self.found.lacks:
            if one.terms_id is not None:
                for unit in self._units_of.get(one.commune_id, []):
                    sums[unit, one.terms_id] += one.recipients
        return sums

    def is_there(self, unit: Reach) -> bool:
        """A unit that is no more stands there while it has figures."""
        until = unit.area.valid_to
        return until is None or until >= self.found.on


def _by_programme(
    placed: _Placed,
    level: FigureLevel,
    programmes: Mapping[int, Programme],
    in_force: Sequence[ProgrammeTerms],
    no_labour: bool,
) -> Iterator[Part]:
    everything = placed.found.by(lambda one: (one.programme_id, one.terms_id is None))
    of_units = placed.figures(no_labour=True if no_labour else None)
    decided = {one.programme_id for one in in_force if one.decides}
    for pk, programme in programmes.items():
        if everything.get((pk, True), Figures()).is_nothing:
            continue

        def cells(unit: Reach, pk: int = pk) -> Cells | None:
            figures = of_units.get((unit.area.pk, pk, None), Figures())
            if unit.area.pk in placed.uncounted:
                return nothing(_OF_ALL)
            if figures.is_nothing and not placed.is_there(unit):
                return None
            return _told(_numbers(figures, _OF_ALL), is_decided=pk in decided)

        about = (("programme", programme.code),)
        yield part(
            head(placed.period, level, about, placed.known), _CUT, _OF_ALL, placed.units, cells,
            _COUNTED[Recipient(programme.recipient)],
        )  # fmt: skip


def _by_ground(
    placed: _Placed,
    level: FigureLevel,
    programmes: Mapping[int, Programme],
    in_force: Sequence[ProgrammeTerms],
) -> Iterator[Part]:
    of_units, lacking = placed.figures(no_labour=None), placed.lacking()
    for terms in in_force:

        def cells(unit: Reach, terms: ProgrammeTerms = terms) -> Cells | None:
            if unit.area.pk in placed.uncounted:
                return nothing(_OF_GROUND)
            figures = of_units.get((unit.area.pk, terms.programme_id, terms.pk), Figures())
            open = lacking.get((unit.area.pk, terms.pk), 0)
            if figures.is_nothing and not open and not placed.is_there(unit):
                return None
            numbers = _numbers(figures, _OF_GROUND) | {"open": open}
            return _told(numbers, is_decided=terms.decides)

        programme = programmes[terms.programme_id]
        about = (("programme", programme.code), ("ground", ground_code(terms)))
        yield part(
            head(placed.period, level, about, placed.known), _CUT, _OF_GROUND, placed.units, cells,
            _COUNTED[Recipient(programme.recipient)],
        )  # fmt: skip


def ground_code(terms: ProgrammeTerms) -> str:
    """A province's own stand beside the nation's under the same code: "poor@06"."""
    return f"{terms.ground}@{terms.owner.code}" if terms.owner else terms.ground


def _numbers(figures: Figures, columns: Sequence[Column]) -> dict[str, Figure]:
    return {one.code: getattr(figures, one.code) for one in columns}


def _told(numbers: dict[str, Figure], *, is_decided: bool) -> Cells:
    if is_decided:
        return numbers, {}
    lacks: dict[str, tuple[Lack, str]] = {}
    lacks |= {one: (Lack.NOT_ENOUGH, str(_NO_GROUND)) for one in _ENTITLEMENT if one in numbers}
    return {**numbers, **dict.fromkeys(lacks)}, lacks
