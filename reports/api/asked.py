"""What is asked of a dataset: which rounds, standards, area and level."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request

from households.api import parameters
from households.api.access import caller_of
from households.api.problems import BadQuestion, Unanswerable
from households.choices import AreaLevel, Settlement
from households.errors import Refused
from households.models import Area, AreaGroup, PovertyStandard
from reports.choices import FigureLevel, FigureStatus
from reports.models import Edition
from reports.queries import (
    aggregates,
    column_words,
    kept_answers,
    page_memo,
    questions,
    tables,
)
from reports.queries.aggregates import Cut, Part
from reports.queries.kept_answers import KeptAnswers
from reports.queries.narrowing import WHOLE, Narrowing
from reports.queries.questions import Question
from reports.queries.rounds_on_offer import RoundOnOffer
from reports.services import published

ALL: Final = "all"
#: Official where decided, else preliminary, side by side in one answer.
ANY: Final = "any"
#: Digits of a key of a row, and one more.
_LONGEST_KEY: Final = 18
NOT_GIVEN: Final = _("These figures were not given to everybody yet.")
NOT_NARROWED: Final = _(
    "What was given to everybody is not told apart by urban and rural, nor for groups of communes:"
    " small numbers could be told from it. It is given with the right to exact numbers"
    " (aggregates.exact) alone."
)
WHOLE_EDITION: Final = _("An edition is of its whole area.")
NOTHING_OF_IT: Final = _("There is nothing of it in this area.")
NOT_RECAST: Final = _("What was given to everybody is by the units of its own day.")
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
    is_exact: bool
    #: Those that are asked for by their keys.
    editions: tuple[Edition, ...] = ()
    #: A part for each.
    narrowings: tuple[Narrowing, ...] = (WHOLE,)

    def parts(self) -> list[Part]:
        """The newest round first. Raises DomainError: the level or a unit does not exist;
        BadQuestion: rounds of both statuses, and nobody said that they may stand side by side."""
        if self.narrowings != (WHOLE,):
            self._refuse_narrowing()
        if self.editions:
            return self._pinned()
        found = self._exact() if self.is_exact else self._published()
        if len({one.head.status for one in found}) > 1 and not self.may_mix:
            raise BadQuestion("status", MIXED)
        return found

    def names(self, parts: Sequence[Part]) -> dict[str, str]:
        """Words of the columns; {} where they were given out before."""
        question = parts[0].question
        words = column_words.of(self.cut.table, question) if question else {}
        return {code: one.full for code, one in words.items()}

    def _exact(self) -> list[Part]:
        with self.kept.page():
            asked = [
                self._question(one, standard, narrowing)
                for one, standard in self.chosen
                for narrowing in self.narrowings
            ]
            found = [self._part(one) for one in asked if one.units.rows]
        if not found:
            raise Unanswerable(NOTHING_OF_IT)
        return found

    def _refuse_narrowing(self) -> None:
        """Raises Refused: small numbers are not weighed by it; Unanswerable: editions are whole."""
        if not self.is_exact:
            raise Refused(NOT_NARROWED)
        if self.editions:
            raise Unanswerable(WHOLE_EDITION)

    def _pinned(self) -> list[Part]:
        part = published.pinned(self.editions, self.cut, self.level, is_exact=self.is_exact)
        if part is None:
            raise Unanswerable(NOT_GIVEN)
        return [part]

    def _published(self) -> list[Part]:
        """What was given to everybody. Raises Unanswerable: nothing yet, or not by other units."""
        if self.on:
            raise Unanswerable(NOT_RECAST)
        pairs = [(one.round, standard) for one, standard in self.chosen]
        found = published.parts(self.cut, self.area, self.level, pairs, self.status)
        if not found:
            raise Unanswerable(NOT_GIVEN)
        return found

    def _question(
        self, offered: RoundOnOffer, standard: PovertyStandard, narrowing: Narrowing
    ) -> Question:
        told = (offered.round.pk, self.area.pk, self.level, standard.pk, self.status, self.on)
        return page_memo.of_state(
            ("question", *told, narrowing, get_language()),
            lambda: questions.asked(
                round=offered.round,
                area=self.area,
                level=self.level,
                standard=standard,
                status=self.status,
                areas_on=self.on,
                narrowing=narrowing,
            ),
            page_memo.PREPARED,
        )

    def _part(self, question: Question) -> Part:
        return aggregates.part(
            self.cut, question, self.kept, lambda code: tables.columns(code, question)
        )


def asked(request: Request, dataset: str, *, is_exact: bool) -> Asked:
    """Raises BadQuestion, 404 (an area or round that may not be asked about, or is not there)."""
    cuts = aggregates.DATASETS[dataset]
    cut_name = parameters.choice(request, "by", [one for one in cuts if one]) or next(iter(cuts))
    on = parameters.day(request, "areas_on") or parameters.day(request, "on")
    editions = _editions(request, cuts[cut_name])
    area = editions[0].area if editions else area_of(request, on)
    offered, kept = kept_answers.on_offer(area)
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
        kept=kept,
        is_exact=is_exact,
        editions=editions,
        narrowings=_narrowings(request, area),
    )


def _narrowings(request: Request, area: Area) -> tuple[Narrowing, ...]:
    """Raises BadQuestion; 404 for a group of another province."""
    group = parameters.whole(request, "group")
    if group is not None:
        province = int(area.inner_path.partition(".")[0])
        get_object_or_404(AreaGroup.objects.filter(province=province), pk=group)
    known = {one.value.lower(): one for one in Settlement}
    asked = parameters.choice(request, "settlement", [*known, ALL])
    settlements = list(known.values()) if asked == ALL else [known[asked]] if asked else [None]
    return tuple(Narrowing(one, group) for one in settlements)


def _editions(request: Request, cut: Cut) -> tuple[Edition, ...]:
    """One, or with counts and shares two ("12,13"). 404 for one of another area, of a table that
    the dataset does not read, or a draft: only what was signed stays. Raises BadQuestion: no keys,
    or two that are not of the same."""
    if (typed := request.query_params.get("edition")) is None:
        return ()
    keys = typed.split(",")
    if not all(one.isascii() and one.isdigit() and len(one) < _LONGEST_KEY for one in keys):
        raise BadQuestion("edition", _("Write keys of editions, two with a comma at most."))
    own = Area.objects.under_any(list(caller_of(request).branches)).real()
    reports = [one for one in (cut.table, cut.rates) if one]
    signed = Edition.objects.filter(report__in=reports, area__in=own, signature__isnull=False)
    signed = signed.filter(areas_on=None)
    of = signed.select_related("area", "round", "standard", "signature").in_bulk(map(int, keys))
    if len(of) < len({int(one) for one in keys}):
        raise Http404
    found = tuple(of.values())
    told = {(one.area_id, one.round_id, one.standard_id, one.status) for one in found}
    if len(told) > 1 or len({one.report for one in found}) < len(found):
        raise BadQuestion("edition", _("These editions are not the counts and shares of the same."))
    return found


def area_of(request: Request, on: dt.date | None, branches: Sequence[str] | None = None) -> Area:
    """By id, or by code on the day asked about (else the newest of that code); without either the
    caller's own. `branches`: of these, where not of all that the caller may ask about."""
    held = caller_of(request).branches if branches is None else branches
    # What lies above is shown as a place, not as figures.
    own = Area.objects.under_any(list(held)).real().exclude(level=AreaLevel.VILLAGE)
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
