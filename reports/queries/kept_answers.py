"""Answers that are kept while nothing they are made of has changed.

An answer is found by what was asked and by the numbers of the change marks of its rounds, which
every act that changes a figure raises in its own transaction. The marks are read before the facts:
an answer can be newer than the marks it is filed under, never older. So a figure is right at
commit, a GET writes nothing to the register, and what nobody asks for again is forgotten.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.core.cache import cache as store
from django.db import connection
from django.utils.translation import get_language

from households.services.complete_lists import VERB
from reports.queries import tables
from reports.queries.questions import Question
from reports.queries.rows import Row

_KEPT_FOR_SECONDS: Final = 24 * 3600
#: Acts that change figures and leave neither mark nor event: what is said of lists, and entries
#: told apart again, which takes the events of their merger back.
_ACTS: Final = [VERB, "duplicate.undo"]
_CODE: Final = Path(__file__).resolve().parents[1]

# What changes figures of every round: the map, groups, traits, what communes said of their lists,
# terms, where households went; and what pages show beside figures, targets and outlines.
_STATE = """
SELECT 0, concat_ws('/',
  (SELECT concat(count(*), ':', max(id)) FROM households_area),
  (SELECT concat(count(*), ':', max(id)) FROM households_areachange),
  (SELECT concat(count(*), ':', max(id)) FROM households_areatrait),
  (SELECT concat(count(*), ':', max(id)) FROM households_areagroup_communes),
  (SELECT concat(count(*), ':', max(id)) FROM households_procedureterm),
  (SELECT max(id) FROM households_householdevent),
  (SELECT concat(count(*), ':', max(act_id)) FROM reports_reductiontarget),
  (SELECT concat(count(*), ':', max(act_id)) FROM reports_boundary),
  (SELECT max(id) FROM households_auditevent WHERE verb = ANY(%(acts)s)))
UNION ALL
SELECT r.id, concat_ws('/', r.as_of, r.covers_all_residents, r.covers_all_communes,
  (SELECT concat(count(*), ':', sum(m.number)) FROM households_changemark m
   WHERE m.round_id = r.id))
FROM households_reviewround r WHERE r.id = ANY(%(rounds)s)
"""


@dataclass(frozen=True)
class KeptAnswers:
    """What is kept for some rounds; make it with `of`, once a page."""

    revisions: Mapping[int, str]

    def answer(
        self, name: str, rounds: Iterable[int], asked: Iterable[object], work_out: Callable[[], Any]
    ) -> Any:
        """What `work_out` gives, or gave for the same state of these rounds. It has to depend on
        nothing else, and its answer must be picklable. No query where it is kept."""
        state = [self.revisions.get(pk, "?") for pk in sorted({0, *rounds})]
        told = repr((name, list(map(str, asked)), state, get_language()))
        key = f"figures:{edition_of_code()}:{hashlib.sha256(told.encode()).hexdigest()}"
        found = store.get(key)
        if found is None:
            found = (work_out(),)
            store.set(key, found, _KEPT_FOR_SECONDS)
        return found[0]

    def about(
        self, name: str, question: Question, more: Iterable[object], work_out: Callable[[], Any]
    ) -> Any:
        """As `answer`, of what rests on the question's rounds and on `more` beside it."""
        rounds = {question.round.pk}
        if question.opening:
            rounds.add(question.opening.round.pk)
        asked = (
            *(*more, question.round.pk, question.standard.pk, question.status, question.area.pk),
            *(question.level, question.on),
        )
        return self.answer(name, rounds, asked, work_out)

    def rows(self, code: str, question: Question) -> list[Row]:
        """The rows of a table, in the order of the question's units."""
        rows: list[Row] = self.about(
            "table", question, (code,), lambda: tables.table(code, question).rows
        )
        return rows


@cache
def edition_of_code() -> str:
    """Of the code that makes and reads answers: new code takes none of old code. Once a process, a
    few milliseconds."""
    seen = hashlib.sha256()
    for path in sorted(_CODE.rglob("*.py")):
        seen.update(path.read_bytes())
    return seen.hexdigest()[:12]


def of(rounds: Iterable[int]) -> KeptAnswers:
    """One query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"rounds": list(rounds), "acts": _ACTS})
        return KeptAnswers(dict(cursor.fetchall()))
