"""What is asked of a dataset: which rounds, standards, area and level."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from households.api import parameters
from households.api.access import caller_of
from households.api.problems import BadQuestion
from households.choices import AreaLevel
from households.models import Area, PovertyStandard
from reports.choices import FigureLevel, FigureStatus
from reports.queries import aggregates, kept_answers, questions, rounds_on_offer, tables
from reports.queries.aggregates import Cut, Part
from reports.queries.kept_answers import KeptAnswers
from reports.queries.rounds_on_offer import RoundOnOffer

ALL: Final = "all"
#: Official where decided, else preliminary, side by side in one answer.
ANY: Final = "any"
MIXED: Final = _("Some of these rounds are official, others not: name a status, or any.")


@dataclass(frozen=True)
class Asked:
    """`kept` is what the answers rest on; `cut_name` which of the dataset's cuts."""

    dataset: str
    cut_name: str
    cut: Cut
    area: Area
    level: FigureLevel
    status: FigureStatus | None
    may_mix: bool
    on: dt.date | None
    chosen: tuple[tuple[RoundOnOffer, PovertyStandard], ...]
    kept: KeptAnswers

    def parts(self) -> list[Part]:
        """The newest round first. Raises DomainError: the level or a unit does not exist;
        BadQuestion: rounds of both statuses, and nobody said that they may stand side by side."""
        with self.kept.page():
            found = [self._part(one, standard) for one, standard in self.chosen]
        if len({one.question.status for one in found}) > 1 and not self.may_mix:
            raise BadQuestion("status", MIXED)
        return found

    def _part(self, offered: RoundOnOffer, standard: PovertyStandard) -> Part:
        question = questions.asked(
            round=offered.round,
            area=self.area,
            level=self.level,
            standard=standard,
            status=self.status,
            areas_on=self.on,
        )
        return aggregates.part(
            self.cut, question, self.kept, lambda code: tables.columns(code, question)
        )


def asked(request: Request, dataset: str) -> Asked:
    """Raises BadQuestion, 404 (an area or round that may not be asked about, or is not there)."""
    cuts = aggregates.DATASETS[dataset]
    cut_name = parameters.choice(request, "by", [one for one in cuts if one]) or next(iter(cuts))
    on = parameters.day(request, "on")
    area = area_of(request, on)
    offered = rounds_on_offer.of(area)
    level = parameters.choice(request, "level", FigureLevel.values)
    status = parameters.choice(request, "status", [*FigureStatus.values, ANY])
    return Asked(
        dataset=dataset,
        cut_name=cut_name,
        cut=cuts[cut_name],
        area=area,
        level=FigureLevel(level or area.level.lower()),
        status=FigureStatus(status) if status and status != ANY else None,
        may_mix=status == ANY,
        on=on,
        chosen=tuple(_chosen(request, offered)),
        kept=kept_answers.of([one.round.pk for one in offered]),
    )


def area_of(request: Request, on: dt.date | None) -> Area:
    """By id, or by code on the day asked about (else the newest of that code); without either the
    caller's own."""
    caller = caller_of(request)
    # What lies above is shown as a place, not as figures.
    own = Area.objects.under_any(list(caller.branches)).real().exclude(level=AreaLevel.VILLAGE)
    pk, code = parameters.whole(request, "area_id"), request.query_params.get("area")
    if pk is not None:
        found: Area | None = own.filter(pk=pk).first()
    elif code:
        of_code = own.filter(code=code).exclude(code="")
        found = of_code.on(on).first() if on else of_code.order_by("-valid_from").first()
    else:
        found = own.order_by("path", "-valid_from").first()
    if found is None:
        raise Http404
    return found


def _chosen(
    request: Request, offered: Sequence[RoundOnOffer]
) -> list[tuple[RoundOnOffer, PovertyStandard]]:
    """Without a round the newest that the whole area has decided, else the newest."""
    if not offered:
        raise Http404
    wanted = request.query_params.get("round")
    if wanted == ALL:
        rounds = list(offered)
    elif wanted:
        keys = wanted.split(",")
        rounds = [one for one in offered if one.round.key in keys]
        if {one.round.key for one in rounds} != set(keys):
            raise BadQuestion("round", _("There is no such round."))
    else:
        rounds = [next((one for one in offered if one.is_decided), offered[0])]
    code = request.query_params.get("standard")
    pairs = [
        (one, standard)
        for one in rounds
        for standard in (one.standards if code else one.standards[:1])
        if not code or code in (standard.code, ALL)
    ]
    if not pairs:
        raise BadQuestion("standard", _("The round is not scored under this standard."))
    return pairs
