"""What a page of figures is asked for, within what the user sees."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from households import clock, policies
from households.choices import AreaLevel
from households.errors import DomainError
from households.models import Area, PovertyStandard, ReviewRound, User
from households.models.areas import AreaQuerySet
from households.views import access
from reports.choices import FigureLevel, FigureStatus
from reports.forms.figure_questions import Typed, typed
from reports.policies.figures import figure_areas, why_not_see_figures
from reports.queries import kept_answers, questions
from reports.queries.kept_answers import KeptAnswers
from reports.queries.questions import Question
from reports.queries.rounds_on_offer import RoundOnOffer
from reports.queries.rows import Row

_OWN_LEVEL = {
    AreaLevel.PROVINCE: FigureLevel.PROVINCE,
    AreaLevel.DISTRICT: FigureLevel.DISTRICT,
    AreaLevel.COMMUNE: FigureLevel.COMMUNE,
}
#: Into what an area is divided where nothing is asked; the first that exists on the day.
_PARTS = {
    AreaLevel.PROVINCE: (FigureLevel.DISTRICT, FigureLevel.COMMUNE),
    AreaLevel.DISTRICT: (FigureLevel.COMMUNE,),
    AreaLevel.COMMUNE: (FigureLevel.VILLAGE,),
}


@dataclass(frozen=True)
class FigureScope:
    """`whole` asks for the area as one row, `parts` for what it is divided into: the same round,
    standard, status and day. `above`: the user's own areas above it, from the top. `may_list`:
    the user may open the households behind a figure; `user`: for what is read by other rights."""

    area: Area
    above: tuple[Area, ...]
    rounds: tuple[RoundOnOffer, ...]
    typed: Typed
    whole: Question
    parts: Question
    kept: KeptAnswers
    may_list: bool
    user: User | AnonymousUser

    @property
    def levels(self) -> list[FigureLevel]:
        """What the parts can be."""
        return list(_PARTS[AreaLevel(self.area.level)])

    @property
    def all_standards(self) -> list[PovertyStandard]:
        """Those of any of the rounds, the newest first; a round has its own only."""
        found = {one.pk: one for offered in self.rounds for one in offered.standards}
        return sorted(found.values(), key=lambda one: one.valid_from, reverse=True)

    @property
    def statuses(self) -> list[tuple[str, str]]:
        return [(one.value, str(one.label)) for one in FigureStatus]

    @cached_property
    def before(self) -> Question | None:
        """The area in the periodic round before under the same standard, as the opening of this
        one is told; None where there is nothing to compare with (`whole.no_opening` says why)."""
        return self._opening_of(self.whole)

    @cached_property
    def parts_before(self) -> Question | None:
        """As `before`, by the same parts."""
        return self._opening_of(self.parts)

    @cached_property
    def of_round_day(self) -> "FigureScope":
        """The same by the units of the round's own day; itself where the area is none of them."""
        if self.whole.on == self.whole.round.as_of:
            return self
        wanted = replace(self.typed, on=None)
        try:
            whole = _asked(
                self.kept, self.rounds, round=self.whole.round, area=self.area,
                level=self.whole.level, standard=self.whole.standard, status=self.whole.status,
                areas_on=None,
            )  # fmt: skip
            parts = _parts(self.kept, self.rounds, whole, wanted)
        except DomainError:
            return self
        return replace(self, typed=wanted, whole=whole, parts=parts)

    def _opening_of(self, question: Question) -> Question | None:
        opening = question.opening
        if opening is None:
            return None
        return self.asked(
            round=opening.round, area=self.area, level=question.level,
            standard=question.standard, status=opening.status, areas_on=question.on,
        )  # fmt: skip

    def asked(self, **asked: Any) -> Question:
        """As questions.asked, of one of the rounds; kept."""
        return _asked(self.kept, self.rounds, **asked)

    def rows(self, code: str, question: Question) -> list[Row]:
        """The rows of a table, kept while nothing changed."""
        return self.kept.rows(code, question)

    @cached_property
    def row(self) -> Row:
        """The area's line of the result (T1)."""
        return self.rows("T1", self.whole)[0]

    def query(self, **other: Any) -> str:
        """The address' question with some of it changed; None leaves it out."""
        asked = {
            "area": self.area.pk,
            "round": self.whole.round.key,
            "standard": self.whole.standard.code,
            "status": self.typed.status and self.typed.status.value,
            "level": self.parts.level.value,
            "on": self.typed.on and self.typed.on.isoformat(),
            "view": self.typed.view.value,
            "class": self.typed.of_class.value,
            **other,
        }
        return urlencode({name: value for name, value in asked.items() if value is not None})

    @property
    def to_this(self) -> str:
        return self.query()


class NoFigures(Exception):
    """There is nothing to show; the text says why and `area` is the one that was asked for."""

    def __init__(self, message: str, area: Area) -> None:
        super().__init__(message)
        self.area = area


def asked_scope(request: HttpRequest) -> FigureScope:
    """403 for who sees no figures, 404 for an area that is not the user's or a round that is not
    there. Raises NoFigures: a level, standard or day for which there are none, in words. About ten
    small queries and two a round; thirty more where the questions are not kept."""
    access.refuse_if(why_not_see_figures(request.user))
    may_list = policies.why_not_read_households(request.user) is None
    return scope_of(request.user, figure_areas(request.user), typed(request.GET), may_list=may_list)


def scope_of(
    user: User | AnonymousUser, areas: AreaQuerySet, wanted: Typed, *, may_list: bool
) -> FigureScope:
    """What is asked of the areas that may be seen; raises as `asked_scope`."""
    own = areas.select_related("parent")
    area = _area(own, wanted)
    on_offer, kept = kept_answers.on_offer(area)
    offered = tuple(on_offer)
    chosen = _round(offered, wanted, area)
    standard = _standard(wanted)
    try:
        whole = _asked(
            kept, offered, round=chosen.round, area=area,
            level=_OWN_LEVEL[AreaLevel(area.level)], standard=standard, status=wanted.status,
            areas_on=wanted.on,
        )  # fmt: skip
        parts = _parts(kept, offered, whole, wanted)
    except DomainError as fault:
        raise NoFigures(str(fault.message), area) from fault
    above_ids = [int(pk) for pk in area.path.rstrip(".").split(".") if pk]
    above = {one.pk: one for one in own.filter(pk__in=above_ids)} if above_ids else {}
    return FigureScope(
        area=area,
        above=tuple(above[pk] for pk in above_ids if pk in above),
        rounds=offered,
        typed=wanted,
        whole=whole,
        parts=parts,
        kept=kept,
        may_list=may_list,
        user=user,
    )


def _asked(kept: KeptAnswers, offered: Sequence[RoundOnOffer], **asked: Any) -> Question:
    """The question, kept as figures are: which units there are and who decided, in its round and
    in the one before, is read from the same facts. Raises as questions.asked."""
    own: ReviewRound = asked["round"]
    near = [one.round for one in offered if one.round.province_id == own.province_id]
    at = near.index(own)
    told = [(name, value.pk if hasattr(value, "pk") else value) for name, value in asked.items()]
    question: Question = kept.answer(
        "question",
        [one.pk for one in near[at : at + 2]],
        told,
        lambda: questions.asked(**asked),
    )
    return question


def _area(own: QuerySet[Area], wanted: Typed) -> Area:
    if wanted.area is not None:
        found: Area = get_object_or_404(own, pk=wanted.area)
        return found
    ordered = own.order_by("path", "folded_name")
    area = ordered.on(clock.today()).first() or ordered.first()  # type: ignore[attr-defined]
    access.refuse_if(None if area else _("You answer for no area with figures."))
    assert area
    return area


def _round(offered: Sequence[RoundOnOffer], wanted: Typed, area: Area) -> RoundOnOffer:
    """The one asked for; else the newest that the whole area has decided, else the newest."""
    if not offered:
        raise NoFigures(_("There is no review round yet."), area)
    if wanted.round:
        found = next((one for one in offered if one.round.key == wanted.round), None)
        if found is None:
            raise Http404
        return found
    return next((one for one in offered if one.is_decided), offered[0])


def _standard(wanted: Typed) -> PovertyStandard | None:
    """None: the round's closing one. What the round is not scored under is said by the query."""
    if not wanted.standard:
        return None
    found: PovertyStandard | None = PovertyStandard.objects.filter(code=wanted.standard).first()
    if found is None:
        raise Http404
    return found


def _parts(
    kept: KeptAnswers, offered: Sequence[RoundOnOffer], whole: Question, wanted: Typed
) -> Question:
    """By the level asked for, else by the first below the area that exists on the day."""
    possible = list(_PARTS[AreaLevel(whole.area.level)])
    levels = [wanted.level] if wanted.level and wanted.level in possible else possible
    fault: DomainError | None = None
    for level in levels:
        try:
            return _asked(
                kept, offered, round=whole.round, area=whole.area, level=level,
                standard=whole.standard, status=whole.status, areas_on=wanted.on,
            )  # fmt: skip
        except DomainError as error:
            fault = error
    assert fault
    raise fault
