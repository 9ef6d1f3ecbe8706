"""What one report is asked of."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from households.choices import AreaLevel, InstallationKind
from households.errors import DomainError
from households.models import Area, AreaGroup, Installation, PovertyStandard, ReviewRound
from households.services.area_names import unit_name
from reports.choices import FigureLevel, FigureStatus
from reports.contents.content import Broken, CellValue, Head
from reports.definitions import ReportDefinition
from reports.queries import identities, kept_answers, questions
from reports.queries.kept_answers import KeptAnswers
from reports.queries.questions import Question
from reports.services.contents import software

#: What an area of a level is divided into in a table: (bold units, units under them).
_PARTS: Final = {
    AreaLevel.PROVINCE: (FigureLevel.DISTRICT, FigureLevel.COMMUNE),
    AreaLevel.DISTRICT: (FigureLevel.COMMUNE, None),
    AreaLevel.COMMUNE: (FigureLevel.VILLAGE, None),
}
_OWN: Final = {
    AreaLevel.PROVINCE: FigureLevel.PROVINCE,
    AreaLevel.DISTRICT: FigureLevel.DISTRICT,
    AreaLevel.COMMUNE: FigureLevel.COMMUNE,
}


@dataclass
class Asked:
    """A round and an area, under one standard and one status, as at `cut_off_at`. Questions of
    figures are asked once each, so that the reports of a set share them. With `by_groups` communes
    of a map without districts stand under the department's groups."""

    area: Area
    round: ReviewRound
    standard: PovertyStandard
    status: FigureStatus
    cut_off_at: dt.datetime
    by_groups: bool = False
    #: By the units of that day; None: of the round's own.
    on: dt.date | None = None
    _questions: dict[FigureLevel, Question | None] = field(default_factory=dict, repr=False)

    @property
    def own_level(self) -> FigureLevel:
        return _OWN[AreaLevel(self.area.level)]

    @cached_property
    def whole(self) -> Question:
        """The area as one row. Raises DomainError as questions.asked."""
        return self._asked(self.own_level)

    def _asked(self, level: FigureLevel) -> Question:
        with self.kept.page():
            return questions.asked(
                round=self.round, area=self.area, level=level, standard=self.standard,
                status=self.status, areas_on=self.on,
            )  # fmt: skip

    @cached_property
    def upper(self) -> Question | None:
        """The bold units: districts of a province, or groups; None where there are none."""
        first, second = _PARTS[AreaLevel(self.area.level)]
        if second is None:
            return None
        if self.by_groups and AreaGroup.objects.filter(province=self.round.province_id).exists():
            return self.at(FigureLevel.GROUP)
        return self.at(first)

    @cached_property
    def lower(self) -> Question | None:
        """Communes, or of a commune its villages; None where there are none."""
        first, second = _PARTS[AreaLevel(self.area.level)]
        return self.at(second or first)

    def at(self, level: FigureLevel) -> Question | None:
        """None: there is no such level in the area on the day of the map."""
        if level not in self._questions:
            try:
                self._questions[level] = self._asked(level)
            except DomainError:
                self._questions[level] = None
        return self._questions[level]

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """Names of the communes whose list of this round is not decided; of a commune itself the
        status says it. One query."""
        if self.area.level == AreaLevel.COMMUNE:
            return ()
        names = Area.objects.filter(pk__in=self.whole.undecided).order_by("code", "name")
        return tuple(names.values_list("name", flat=True))

    @cached_property
    def broken(self) -> tuple[Broken, ...]:
        """The identities of the area's tables that do not hold. About a dozen statements where
        nothing is kept."""
        found: tuple[Broken, ...] = self.kept.about("broken", self.whole, (), self._broken)
        return found

    def _broken(self) -> tuple[Broken, ...]:
        return tuple(
            Broken(one.identity, one.area_code, one.area, one.message, one.households)
            for one in identities.breaks(self.whole, self.kept.rows, with_movements=False)
        )

    @cached_property
    def kept(self) -> KeptAnswers:
        """Kept of all rounds of the province: changes rest on lists before. Two queries."""
        rounds = ReviewRound.objects.filter(province=self.round.province_id)
        return kept_answers.of(rounds.values_list("pk", flat=True))

    def _refuse_undecided(self) -> None:
        nobody = len(self.whole.undecided) == len(self.whole.decided.communes)
        if self.status == FigureStatus.OFFICIAL and nobody:
            raise DomainError(
                _(
                    "%(area)s has no decided list of %(round)s under the standard “%(standard)s”:"
                    " there are no official figures yet."
                )
                % {
                    "area": self.area.name,
                    "round": self.round.key,
                    "standard": self.standard.name_vi,
                }
            )

    def head(
        self,
        definition: ReportDefinition,
        values: dict[str, CellValue] | None = None,
        *,
        needs_lists: bool = True,
    ) -> Head:
        """About three small queries. Without `needs_lists` nothing is said of decided lists and of
        the tables' identities. Raises DomainError: official figures of an area of which no commune
        has decided."""
        if needs_lists:
            self._refuse_undecided()
        return Head(
            report=definition.code,
            definition_version=definition.version,
            title=definition.title["vi"].format(year=self.round.year, month=self.round.month or ""),
            issuer=("ỦY BAN NHÂN DÂN", unit_name(self.area).upper()),
            area_key=self.area.pk,
            area_code=self.area.code,
            area=self.area.name,
            level=self.area.level,
            round=self.round.key,
            year=self.round.year,
            as_of=self.round.as_of.isoformat(),
            standard=self.standard.code,
            standard_name=self.standard.name_vi,
            status=self.status.value,
            cut_off_at=timezone.localtime(self.cut_off_at).isoformat(),
            software=software.version(),
            base=definition.base,
            has_names=definition.has_names,
            is_restricted=definition.is_restricted,
            is_sample=is_demonstration(),
            missing=self.missing if needs_lists else (),
            broken=tuple(one for one in self.broken if _is_about(one, definition.code))
            if needs_lists
            else (),
            values=values or {},
            is_trial=bool(self.whole.trial),
            areas_on=self.on.isoformat() if self.on else "",
        )


#: Tables of the identities that name households instead of columns.
_NAMING: Final = {"I4": ("T4", "T6"), "I5": ("T9",), "I6": ("T10",), "I9": ("T2", "T3")}


def _is_about(broken: Broken, report: str) -> bool:
    return f"{report}." in broken.message or report in _NAMING.get(broken.identity, ())


def is_demonstration() -> bool:
    """Whether people are invented: said on every report. One query."""
    return Installation.objects.filter(kind=InstallationKind.DEMO).exists()
