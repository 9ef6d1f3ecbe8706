"""The part of an answer that each commune has, kept while nothing of the commune changed.

What is counted of households adds up over the communes in which they count. A part rests on the
households that live or were surveyed in the commune, on those that split off or were taken in, and
on the acts that marked any commune these were ever in (queries.near_communes). So where a commune
changed, its part and those of communes that share a household with it are worked out again, and no
others. Marks are read before the facts, as in kept_answers.
"""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.cache import cache as store

from reports.choices import FigureLevel
from reports.queries import facts, near_communes, page_memo
from reports.queries.near_communes import Standing
from reports.queries.questions import Question

_KEPT_FOR_SECONDS: Final = 24 * 3600
#: From this part of all communes on all households are read at once: naming each is dearer. How
#: many they are says nothing: in a register of a million those of one commune are ten thousand.
_MANY_OF_ALL: Final = 4


@dataclass(frozen=True)
class Share:
    """What is to be worked out: these rows (communes of the round's day where parts are kept), each
    by its villages (side by side), from these households alone (None: from all)."""

    villages: list[int]
    row_of: list[int]
    households: list[int] | None

    @property
    def values(self) -> dict[str, list[int]]:
        """Parameters of units.HERE, and of facts.narrowed."""
        return {"villages": self.villages, "row_of": self.row_of, "only": self.households or []}

    def rows(self, sql: str) -> str:
        """A statement made of facts.select, as it reads these households alone."""
        return sql if self.households is None else facts.narrowed(sql)


Parts = dict[int, Any]
WorkOut = Callable[[Share], Mapping[int, Any]]


def answers(question: Question) -> bool:
    """By commune and above where each commune lies in one row (or in one set of groups), and on a
    page alone: elsewhere marks may be read that are not committed."""
    return (
        page_memo.is_open()
        and question.level != FigureLevel.VILLAGE
        and not question.area.is_practice
        and question.units.rows_of_communes is not None
    )


def of_area(question: Question) -> Share | None:
    """Of a table of villages, which keeps no parts: who can be counted in its communes, so that not
    all households are read. None: they are many, or no page is open."""
    if not page_memo.is_open() or question.level != FigureLevel.VILLAGE:
        return None
    if question.area.is_practice:
        return None
    units = question.units
    communes = frozenset(units.commune_of[pk] for pk in units.villages if pk in units.commune_of)
    households = _Page.of(question).households_of(communes)
    if households is None:
        return None
    return Share(units.villages, units.row_of, households)


def of_rows(question: Question, told: Sequence[object], work_out: WorkOut) -> Parts:
    """Of each commune that lies in a row: its part, None where it has none. `work_out` gives parts
    of communes by key; `told` says all that they depend on beside the round, the map and what the
    register says of households. Values must be picklable. Only where `answers`."""
    return _of(question, question.units.villages_of_communes, told, work_out)


def of_villages(
    question: Question, places: Mapping[int, int], told: Sequence[object], work_out: WorkOut
) -> Parts:
    """As `of_rows`, of these villages with the communes they lie in on the round's day."""
    villages_of: dict[int, list[int]] = {}
    for village, commune in places.items():
        villages_of.setdefault(commune, []).append(village)
    return _of(question, villages_of, told, work_out)


def _of(
    question: Question,
    villages_of: Mapping[int, list[int]],
    told: Sequence[object],
    work_out: WorkOut,
) -> Parts:
    page = _Page.of(question)
    answer = _Answer.of(page, villages_of, told)
    if answer.old:
        answer.keep(work_out(page.share(answer.old, villages_of)))
    return answer.found


def ahead(
    question: Question,
    told: Sequence[Sequence[object]],
    work_out: Callable[[Share, list[int]], Sequence[Mapping[int, Any]]],
) -> None:
    """Has several answers of `of_rows` worked out together, as far as they are not kept: those of
    `told` at these places. Only where `answers`."""
    page, villages_of = _Page.of(question), question.units.villages_of_communes
    every = [_Answer.of(page, villages_of, one) for one in told]
    together: dict[tuple[int, ...], list[int]] = {}
    for at, answer in enumerate(every):
        together.setdefault(tuple(answer.old), []).append(at)
    for old, which in together.items():
        if old:
            found = work_out(page.share(old, villages_of), which)
            for at, anew in zip(which, found, strict=True):
                every[at].keep(anew)


@dataclass
class _Answer:
    """The parts of one answer: as they are kept by commune, each with what it is of; the versions
    wanted; what was found, and the communes whose parts are not there."""

    key: str
    kept: dict[int, tuple[str, Any]]
    wanted: dict[int, str]
    found: Parts
    old: list[int]

    @classmethod
    def of(
        cls, page: "_Page", villages_of: Mapping[int, list[int]], told: Sequence[object]
    ) -> "_Answer":
        wanted = {
            commune: f"{page.standing.versions[commune]}:{_hashed(sorted(villages))}"
            for commune, villages in villages_of.items()
        }
        key = f"figure-parts:{near_communes.edition()}:{_hashed([page.standing.state, *told])}"
        kept: dict[int, tuple[str, Any]] = store.get(key) or {}
        found = {pk: kept[pk][1] for pk, told in wanted.items() if kept.get(pk, ("",))[0] == told}
        return cls(key, kept, wanted, found, sorted(wanted.keys() - found.keys()))

    def keep(self, anew: Mapping[int, Any]) -> None:
        """Of the communes that were not there."""
        self.found |= {pk: anew.get(pk) for pk in self.old}
        news = {pk: (self.wanted[pk], self.found[pk]) for pk in self.old}
        store.set(self.key, self.kept | news, _KEPT_FOR_SECONDS)


@dataclass
class _Page:
    """The communes on the day of a question's round, as one page reads them."""

    question: Question
    standing: Standing
    households: dict[frozenset[int], list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, question: Question) -> "_Page":
        key = ("communes", question.round.pk, question.round.as_of)
        return page_memo.once(key, lambda: cls(question, near_communes.read(question)))

    def share(self, communes: Collection[int], villages_of: Mapping[int, list[int]]) -> Share:
        pairs = [(village, commune) for commune in communes for village in villages_of[commune]]
        return Share(
            [village for village, __ in pairs],
            [commune for __, commune in pairs],
            self.households_of(frozenset(communes)),
        )

    def households_of(self, communes: frozenset[int]) -> list[int] | None:
        if len(communes) * _MANY_OF_ALL > len(self.standing.versions):
            return None
        if communes not in self.households:
            self.households[communes] = near_communes.households(self.question, communes)
        return self.households[communes]


def _hashed(told: Sequence[object]) -> str:
    return hashlib.sha256(repr([str(one) for one in told]).encode()).hexdigest()[:24]
