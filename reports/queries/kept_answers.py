"""Answers that are kept while nothing they are made of has changed.

An answer is found by what was asked and by the numbers of the change marks of its rounds, which
every act that changes a figure raises in its own transaction. The marks are read before the facts:
an answer can be newer than the marks it is filed under, never older. So a figure is right at
commit, a GET writes nothing to the register, and what nobody asks for again is forgotten.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Final

from django.core.cache import cache as store
from django.db import connection
from django.utils.translation import get_language

from households.models import Area
from reports.queries import near_communes, page_memo, rounds_on_offer, tables
from reports.queries.near_communes import OF_ALL_ROUNDS
from reports.queries.questions import Question
from reports.queries.rounds_on_offer import RoundOnOffer
from reports.queries.rows import Row

_KEPT_FOR_SECONDS: Final = 24 * 3600
#: These compare lists, or may: they rest on what lists before and between them say.
_COMPARING: Final = ("T2", "T3", "cell", "behind", "broken")

#: In the place of a round: all those that are not periodic.
ON_REQUEST: Final = -1

#: In the place of a round: what questions about these rounds are made of, beside the map.
_PREPARED: Final = -2
_OF_ROUNDS: Final = " WHERE round_id = ANY(%(rounds)s)"


def _versions(table: str, where: str = "") -> str:
    """SQL of what tells the rows as they are from any other state of them: a row that is written
    lies elsewhere, or was written by another transaction."""
    told = "concat(count(*), ':', sum(hashtextextended(concat(ctid, xmin), 0)))"
    return f"(SELECT {told} FROM households_{table}{where})"


# What changes figures of every round, where households went too; and what pages show beside
# figures, targets and outlines.
_STATE = f"""
SELECT 0, concat_ws('/',
{OF_ALL_ROUNDS},
  (SELECT concat(count(*), ':', max(id)) FROM households_householdevent),
  (SELECT concat(count(*), ':', max(act_id)) FROM reports_reductiontarget),
  (SELECT concat(count(*), ':', max(act_id)) FROM reports_boundary))
UNION ALL
SELECT {ON_REQUEST}, (SELECT concat(count(*), ':', sum(m.number)) FROM households_changemark m
  JOIN households_reviewround r ON r.id = m.round_id WHERE r.kind <> 'PERIODIC')
UNION ALL
SELECT r.id, concat_ws('/', r.as_of, r.covers_all_residents, r.covers_all_communes,
  (SELECT concat(count(*), ':', sum(m.number)) FROM households_changemark m
   WHERE m.round_id = r.id))
FROM households_reviewround r WHERE r.id = ANY(%(rounds)s)
UNION ALL
SELECT {_PREPARED}, concat_ws('/',
  {_versions("reviewround")}, {_versions("povertystandard")}, {_versions("roundstandard")},
  {_versions("communereview", _OF_ROUNDS)}, {_versions("recognitiondecision", _OF_ROUNDS)})
"""


@dataclass(frozen=True)
class KeptAnswers:
    """What is kept for some rounds; make it with `of`, once a page."""

    revisions: Mapping[int, str]
    #: Of rounds, standards and decided lists: what questions are made of.
    prepared: str | None = None
    #: What is read of communes while answers are worked out (page_memo).
    _page: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        state = self.revisions.get(0)
        self._page[page_memo.STATE] = state
        self._page[page_memo.PREPARED] = (state, self.prepared) if self.prepared else None

    def page(self) -> AbstractContextManager[None]:
        """Inside, what is read of communes is read once (page_memo), as while answers are worked
        out."""
        return page_memo.within(self._page)

    @property
    def every(self) -> list[int]:
        """All rounds there are answers of, those on request too: what comparing lists rests on."""
        return list(self.revisions)

    def answer(
        self, name: str, rounds: Iterable[int], asked: Iterable[object], work_out: Callable[[], Any]
    ) -> Any:
        """What `work_out` gives, or gave for the same state of these rounds. It has to depend on
        nothing else, and its answer must be picklable. No query where it is kept."""
        state = [self.revisions.get(pk, "?") for pk in sorted({0, *rounds})]
        told = repr((name, list(map(str, asked)), state, get_language()))
        key = f"figures:{near_communes.edition()}:{hashlib.sha256(told.encode()).hexdigest()}"
        found = store.get(key)
        if found is None:
            with page_memo.within(self._page):
                found = (work_out(),)
            store.set(key, found, _KEPT_FOR_SECONDS)
        return found[0]

    def about(
        self, name: str, question: Question, more: Iterable[object], work_out: Callable[[], Any]
    ) -> Any:
        """As `answer`, of what rests on the question's rounds and on `more` beside it."""
        rounds = set(self.every) if name in _COMPARING else {question.round.pk}
        if question.opening:
            rounds.add(question.opening.round.pk)
        asked = (
            *(*more, question.round.pk, question.standard.pk, question.status, question.area.pk),
            *(question.level, question.on, *question.narrowing.about),
        )
        return self.answer(name, rounds, asked, work_out)

    def rows(self, code: str, question: Question) -> list[Row]:
        """The rows of a table, in the order of the question's units."""
        rows: list[Row] = self.about(code, question, (), lambda: tables.table(code, question).rows)
        return rows


def of(rounds: Iterable[int]) -> KeptAnswers:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"rounds": list(rounds), "acts": near_communes.ACTS})
        revisions = dict(cursor.fetchall())
    return KeptAnswers(revisions, prepared=revisions.pop(_PREPARED))


def on_offer(area: Area) -> tuple[list[RoundOnOffer], KeptAnswers]:
    """The rounds whose figures an area has, and what is kept for them. One query where both are as
    they were, else half a dozen."""
    if before := _rounds_before.get(area.pk):
        kept = of(before)
        with kept.page():
            key = ("rounds on offer", area.pk)
            offered = page_memo.of_state(key, lambda: rounds_on_offer.of(area), page_memo.PREPARED)
    else:
        offered = rounds_on_offer.of(area)
    if before != (pks := tuple(one.round.pk for one in offered)):
        _rounds_before[area.pk] = pks
        kept = of(pks)
    return offered, kept


#: Of an area, when it was asked about before in this process: a guess, looked after each time.
_rounds_before: Final[dict[int, tuple[int, ...]]] = {}
