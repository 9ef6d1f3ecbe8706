"""The yearly report in words: figures that its text names, and the sheets that its lists, tables
and charts are made of, in the order of contents.narrative."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from django.utils import translation

from households.choices import TraitKind
from households.errors import DomainError
from households.models import AreaTrait
from reports import definitions
from reports.choices import FigureLevel, FigureStatus
from reports.contents.content import CellValue, Column, Content, Line, Sheet
from reports.definitions import ReportDefinition
from reports.queries import causes, column_words, kept_answers, questions, rounds_on_offer
from reports.queries.questions import Question
from reports.queries.rows import Row
from reports.queries.units import Unit
from reports.services.contents import frame, narrative_values, programmes
from reports.services.contents.asked import Asked
from reports.services.contents.narrative_values import row_of

#: Official or not, in a cell.
_STATUSES: Final = {FigureStatus.OFFICIAL: "chính thức", FigureStatus.PRELIMINARY: "sơ bộ"}
#: Whose results and money the third part names.
_PROGRAMMES: Final = "CT"


def content(definition: ReportDefinition, asked: Asked) -> Content:
    """Units with the closing before; the rounds of the standard; lacks; causes; results and money
    of the year's programmes. Raises DomainError as
    Asked.head. T1, T2, T3, T4, T8 and T10 of the area, T1 of its parts and of each round of the
    standard, and what the programmes' report costs."""
    with translation.override("vi"):  # the language of the form
        values = narrative_values.of(asked) | {"poor_districts": _poor_districts(asked)}
        results, _units_of_results, money = programmes.content(
            definitions.named(_PROGRAMMES), asked
        ).sheets
        sheets = [
            _units(definition, asked),
            _trend(definition, asked),
            _lacks(definition, asked),
            _causes(definition, asked),
            results,
            money,
        ]
        head = asked.head(definition, values)
    return Content(replace(head, broken=asked.broken), sheets)


def _sheet(
    definition: ReportDefinition, asked: Asked, name: str, first: str, notes: Iterable[str] = ()
) -> Sheet:
    keys = [rule.column for rule in definition.columns if rule.sheet == name]
    columns = definition.columns_for(keys, {}, name)
    keys = [one.key for one in columns]
    return Sheet(
        title=definition.sheets[name].format(year=asked.round.year),
        columns=columns,
        names=("STT", first),
        paper=definition.paper,
        notes=tuple(notes),
        rates=tuple(one for one in definition.rates_of(columns) if one[0] in keys),
    )


def _line(
    level: str, number: str, name: str, columns: Sequence[Column],
    told: Mapping[str, CellValue], *, code: str = "", key: int | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Line:  # fmt: skip
    cells = tuple(told.get(column.key) for column in columns)
    empty = {one.key for one, cell in zip(columns, cells, strict=True) if cell is None}
    why = {key: reason for key, reason in (reasons or {}).items() if key in empty}
    return Line(level, number, code, name, cells, key, reasons=why)


def _units(definition: ReportDefinition, asked: Asked) -> tuple[Sheet, list[Line]]:
    """Districts with their communes as in T1, each beside the closing before."""
    sheet = _sheet(definition, asked, "units", "Đơn vị")
    now: dict[int, dict[int, Row]] = {}
    then: dict[int, dict[int, Row]] = {}
    lines = []
    for placed in frame.units(asked):
        question, unit = placed.question, placed.unit
        if id(question) not in now:
            now[id(question)] = _by_unit(asked, question)
            before = narrative_values.before(asked, question)
            then[id(question)] = _by_unit(asked, before) if before else {}
        row, was = now[id(question)][unit.key], then[id(question)].get(unit.key)
        told, reasons = _of_unit(row, was, question)
        lines.append(
            _line(
                question.level.value, placed.number, unit.name, sheet.columns, told,
                code=unit.code, key=unit.key, reasons=reasons,
            )
        )  # fmt: skip
    return sheet, lines


def _by_unit(asked: Asked, question: Question) -> dict[int, Row]:
    return {row.unit.key: row for row in asked.kept.rows("T1", question)}


def _of_unit(
    row: Row, was: Row | None, question: Question
) -> tuple[dict[str, CellValue], dict[str, str]]:
    told: dict[str, CellValue] = {
        name: frame.cell(figure) for name, figure in row.figures.items() if figure is not None
    }
    reasons = dict(row.reasons)
    for word in ("poor", "near_poor"):
        count, points = f"{word}_households_before", f"{word}_points"
        if was is None:
            reasons |= dict.fromkeys((count, points), question.no_opening)
            continue
        told[count] = frame.cell(was.figures[f"{word}_households"])
        change = narrative_values.change(row.figures[f"{word}_rate"], was.figures[f"{word}_rate"])
        told[points] = frame.cell(change)
        reasons[points] = row.reasons.get(f"{word}_rate") or was.reasons.get(f"{word}_rate", "")
    return told, reasons


def _trend(definition: ReportDefinition, asked: Asked) -> tuple[Sheet, list[Line]]:
    """Of the rounds under this standard up to this one: nothing is joined across two standards."""
    sheet = _sheet(definition, asked, "trend", "Kỳ rà soát")
    offered = [
        one.round
        for one in rounds_on_offer.of(asked.area)
        if asked.standard in one.standards and one.round.as_of < asked.round.as_of
    ]
    kept = kept_answers.of([one.pk for one in offered])
    lines: list[Line] = []
    for one in reversed(offered):
        try:
            question = questions.asked(
                round=one, area=asked.area, level=asked.own_level, standard=asked.standard,
                areas_on=asked.whole.on,
            )  # fmt: skip
        except DomainError:  # the map of then has no such unit
            continue
        (row,) = kept.rows("T1", question)
        if row.figures["poor_households"] or question.status == FigureStatus.OFFICIAL:
            lines.append(_of_round(sheet, len(lines) + 1, question, row))
    lines.append(_of_round(sheet, len(lines) + 1, asked.whole, row_of(asked, "T1")))
    return sheet, lines


def _of_round(sheet: Sheet, at: int, question: Question, row: Row) -> Line:
    told: dict[str, CellValue] = {
        name: frame.cell(figure) for name, figure in row.figures.items() if figure is not None
    }
    told["status"] = _STATUSES[question.status]
    key = question.round.key
    return _line("entry", str(at), key, sheet.columns, told, code=key, reasons=row.reasons)


def _lacks(definition: ReportDefinition, asked: Asked) -> tuple[Sheet, list[Line]]:
    """What poor households lack, the most lacked first."""
    row = row_of(asked, "T4")
    words = column_words.of("T4", asked.whole)
    codes = [code for code in row.figures if code not in ("households", "deprivations")]
    return _ranked(definition, asked, "lacks", "Chỉ số", row, [(c, words[c].head) for c in codes])


def _causes(definition: ReportDefinition, asked: Asked) -> tuple[Sheet, list[Line]]:
    """Why households are poor, the most frequent first; a household may have several causes."""
    row = row_of(asked, "T10")
    words = column_words.of("T10", asked.whole)
    codes = [f"cause_{one}" for one in causes.CAUSES]
    return _ranked(
        definition, asked, "causes", "Nguyên nhân", row, [(c, words[c].head) for c in codes]
    )


def _ranked(
    definition: ReportDefinition, asked: Asked, name: str, first: str, row: Row,
    named: Sequence[tuple[str, str]],
) -> tuple[Sheet, list[Line]]:  # fmt: skip
    """No line where it is not known of some household; the note says so."""
    poor = narrative_values.count(row_of(asked, "T1").figures["poor_households"])
    why = next((row.reasons[code] for code, __ in named if code in row.reasons), "")
    sheet = _sheet(definition, asked, name, first, [why] if why else [])
    if why or not poor:
        return sheet, []
    found = [(narrative_values.count(row.figures[code]) or 0, code, text) for code, text in named]
    found.sort(key=lambda one: -one[0])
    return sheet, [
        _line(
            "entry", str(at), text, sheet.columns,
            {"households": number, "share": frame.cell(Fraction(100 * number, poor))}, code=code,
        )
        for at, (number, code, text) in enumerate(found, start=1)
    ]  # fmt: skip


def _poor_districts(asked: Asked) -> str:
    """Codes of the area's districts, or its own, that are poor districts on the round's day. One
    query."""
    units = {unit.key: unit.code for unit in _districts(asked)}
    traits = AreaTrait.objects.on(asked.round.as_of).filter(
        kind=TraitKind.POOR_DISTRICT, area__in=list(units)
    )
    poor = set(traits.values_list("area_id", flat=True))
    return ",".join(code for pk, code in units.items() if pk in poor)


def _districts(asked: Asked) -> Iterator[Unit]:
    for question in (asked.upper, asked.whole):
        if question and question.level == FigureLevel.DISTRICT:
            yield from question.units.rows
