"""The tables of the yearly report as figures: which there are, their columns, one answer each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from households.errors import DomainError
from reports.choices import FigureStatus
from reports.queries import (
    causes,
    cells,
    children,
    deprivations,
    ethnic_bases,
    ethnic_groups,
    groups,
    list_changes,
    official_result,
    open_results,
    unit_measures,
)
from reports.queries.cells import Source
from reports.queries.questions import Question
from reports.queries.rows import Row


@dataclass(frozen=True)
class Definition:
    """A table: its title, its columns for a question, its rows, and what they are counted from
    (None where there are no lists behind them)."""

    title: str | Promise
    columns: Callable[[Question], Sequence[str]]
    rows: Callable[[Question], list[Row]]
    source: Callable[[Question], Source] | None = None
    #: What pages show beside its columns, with lists.
    beside: Sequence[str] = ()


@dataclass(frozen=True)
class Table:
    """An answer, with what it is of: rates in it are not rounded."""

    code: str
    title: str
    question: Question
    columns: tuple[str, ...]
    rows: list[Row]

    @property
    def notes(self) -> list[str]:
        """What a reader has to know beside the numbers."""
        asked = self.question
        notes = []
        if asked.status == FigureStatus.OFFICIAL and asked.undecided:
            count = len(asked.undecided)
            notes.append(
                ngettext(
                    "%(count)s commune has no decided list of this round; it is not counted.",
                    "%(count)s communes have no decided list of this round; they are not counted.",
                    count,
                )
                % {"count": count}
            )
        if asked.decided.only_otherwise:
            count = len(asked.decided.only_otherwise)
            notes.append(
                ngettext(
                    "%(count)s commune decided its list of this round under another standard only.",
                    "%(count)s communes decided their lists of this round under another standard"
                    " only.",
                    count,
                )
                % {"count": count}
            )
        notes += asked.units.not_recast
        if asked.trial:
            notes.append(_("Trial, nobody is decided on by it: %(why)s") % {"why": asked.trial})
            notes += filter(None, [open_results.sentence(asked)])
        if self.code in ("T2", "T3") and asked.opening:
            notes.append(
                _("Opening: the decided lists of the round %(round)s.")
                % {"round": asked.opening.round.key}
                if asked.opening.status == FigureStatus.OFFICIAL
                else _("Opening: the results of the round %(round)s, not decided everywhere.")
                % {"round": asked.opening.round.key}
            )
        return notes


def _changes(poverty_class: str, title: str | Promise) -> Definition:
    return Definition(
        title,
        lambda asked: list_changes.columns(poverty_class),
        lambda asked: list_changes.of(asked, poverty_class),
        lambda asked: list_changes.source(asked, poverty_class),
    )


def _lacks(poverty_class: str, as_rates: bool, title: str | Promise) -> Definition:
    return Definition(
        title,
        deprivations.columns,
        lambda asked: deprivations.of(asked, poverty_class, as_rates=as_rates),
        lambda asked: deprivations.source(asked, poverty_class),
    )


def _by_base(poverty_class: str, title: str | Promise) -> Definition:
    return Definition(
        title,
        lambda asked: ethnic_bases.columns(poverty_class),
        lambda asked: ethnic_bases.of(asked, poverty_class),
        lambda asked: ethnic_bases.source(asked, poverty_class),
    )


TABLES: dict[str, Definition] = {
    "T1": Definition(
        gettext_lazy("Result of the review: poor, near-poor and average farm households"),
        lambda asked: official_result.COLUMNS,
        official_result.of,
        official_result.source,
    ),
    "T2": _changes("POOR", gettext_lazy("How poor households changed")),
    "T3": _changes("NEAR_POOR", gettext_lazy("How near-poor households changed")),
    "T4": _lacks("POOR", False, gettext_lazy("What poor households lack")),
    "T5": _lacks("POOR", True, gettext_lazy("What poor households lack, in per cent")),
    "T6": _lacks("NEAR_POOR", False, gettext_lazy("What near-poor households lack")),
    "T7": _lacks("NEAR_POOR", True, gettext_lazy("What near-poor households lack, in per cent")),
    "T8": Definition(
        gettext_lazy("Poor and near-poor households by group"),
        lambda asked: groups.COLUMNS,
        groups.of,
        groups.source,
        groups.BESIDE,
    ),
    "T9": Definition(
        gettext_lazy("Poor and near-poor households by ethnic group"),
        lambda asked: ethnic_groups.columns(),
        ethnic_groups.of,
        ethnic_groups.source,
        ethnic_groups.BESIDE,
    ),
    "T10": Definition(
        gettext_lazy("Poor households by cause"),
        lambda asked: causes.COLUMNS,
        causes.of,
        causes.source,
    ),
    "T11": Definition(
        gettext_lazy("What children of poor and near-poor households lack"),
        lambda asked: children.COLUMNS,
        children.of,
        children.source,
    ),
    "T12": _by_base("POOR", gettext_lazy("Poor households by ethnic base")),
    "T13": _by_base("NEAR_POOR", gettext_lazy("Near-poor households by ethnic base")),
}
#: Tables that the report does not have: pages or other systems ask for them.
OF_PAGES: dict[str, Definition] = {
    "L": Definition(
        gettext_lazy("What poor and near-poor households lack together"),
        deprivations.columns,
        lambda asked: deprivations.of(asked, "POOR", "NEAR_POOR"),
        lambda asked: deprivations.source(asked, "POOR", "NEAR_POOR"),
    ),
    unit_measures.TABLE: Definition(
        gettext_lazy("Multidimensional measures"), unit_measures.columns, unit_measures.of
    ),
}


def columns(code: str, question: Question) -> tuple[str, ...]:
    """Of a table that there is."""
    return tuple((TABLES | OF_PAGES)[code].columns(question))


def table(code: str, question: Question) -> Table:
    """One table, at most six statements. Raises DomainError where there is no such table."""
    found = (TABLES | OF_PAGES).get(code.upper())
    if found is None:
        raise DomainError(
            _("There is no table %(table)s. There are: %(tables)s.")
            % {"table": code, "tables": ", ".join(TABLES)}
        )
    return Table(
        code.upper(),
        str(found.title),
        question,
        tuple(found.columns(question)),
        found.rows(question),
    )


def ahead(codes: Sequence[str], question: Question) -> None:
    """Counts these tables together, as far as cells.ahead can: their rows take less then."""
    told = [source for code in codes if (source := TABLES[code].source)]
    cells.ahead([source(question) for source in told], question)
