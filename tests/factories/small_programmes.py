"""The programmes' report of every area of a small invented province, without a register: two
districts of three communes. Each programme gives the same sum each time, so that money tells how
often."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from reports import definitions
from reports.contents.content import CellValue, Column, Content, Line, Sheet
from reports.contents.programme_figures import code
from tests.factories import report_contents as told

PROVINCE, DISTRICTS = "1", ("10", "20")
COMMUNES = ("11", "12", "13", "21", "22", "23")
AREAS = (PROVINCE, *DISTRICTS, *COMMUNES)
MILLION: Final = 1_000_000
_DEFINITION = definitions.named("CT")


@dataclass(frozen=True)
class Programme:
    """`likely` how often it gives something in a commune; `of` whom: households or persons."""

    name: str
    line: str
    price: int
    likely: int
    of: str = "households"


PROGRAMMES: Final = {
    "p1": Programme("Vay hộ nghèo", "LOANS", 50, 12),
    "p2": Programme("Vay hộ khác", "LOANS", 50, 4),
    "p3": Programme("Thẻ bảo hiểm y tế", "CARDS", 1, 60, "persons"),
    "p4": Programme("Học phí", "PUPILS", 2, 14, "persons"),
    "p5": Programme("Chi phí học tập", "PUPILS", 3, 2, "persons"),
    "p6": Programme("Nhà ở", "HOUSES", 40, 3),
    "p7": Programme("Nghề", "TRAINED", 7, 9, "persons"),
}
_GROUNDS = ("LOANS_POOR", "LOANS_NEAR_POOR", "LOANS_NEWLY_ESCAPED", "rest")
LINES: Final = (*_GROUNDS[:3], "LOANS", "CARDS", "PUPILS", "HOUSES", "TRAINED")
#: Lines of all that their programmes give.
PROGRAMMES_OF: Final = frozenset(one.line for one in PROGRAMMES.values())


@dataclass(frozen=True)
class Gift:
    commune: str
    programme: str
    household: int
    person: int | None
    is_outside: bool
    ground: str


def gifts(seed: int) -> list[Gift]:
    chance = random.Random(seed)
    found = []
    for commune in COMMUNES:
        for key, programme in PROGRAMMES.items():
            often = chance.choice((0, 1, programme.likely, programme.likely, 2 * programme.likely))
            for _time in range(often):
                is_of_persons = programme.of == "persons"
                person = chance.randint(1, 40) if is_of_persons else None
                found.append(
                    Gift(
                        commune, key, chance.randint(1, 30), person,
                        is_of_persons and chance.random() < 0.1,
                        chance.choices(_GROUNDS, (6, 4, 1, 1))[0],
                    )
                )  # fmt: skip
    return found


def family(line: str) -> str:
    return "LOANS" if line.startswith("LOANS") else line


def contents(seed: int) -> dict[str, Content]:
    every = gifts(seed)
    return {area: _content(area, every) for area in AREAS}


def inside(area: str, part: str) -> bool:
    return area == PROVINCE or part == area or (area in DISTRICTS and part[0] == area[0])


def parts(area: str) -> Sequence[str]:
    if area == PROVINCE:
        return DISTRICTS
    return [one for one in COMMUNES if one != area and inside(area, one)]


def _content(area: str, every: Sequence[Gift]) -> Content:
    level = "PROVINCE" if area == PROVINCE else "DISTRICT" if area in DISTRICTS else "COMMUNE"
    own = [one for one in every if inside(area, one.commune)]
    results = [line for line in LINES if _of_line(line, own) or line == "HOUSES"]
    head = told.head(report="CT", area_key=int(area), level=level, area=f"Nơi {area}")
    return told.content(
        head, _results(results, own), _units(area, level, results, every), _money(own)
    )


def _of_line(line: str, own: Sequence[Gift]) -> list[Gift]:
    if line in _GROUNDS:
        loans = (one for one in own if PROGRAMMES[one.programme].line == "LOANS")
        return [one for one in loans if one.ground == line]
    return [one for one in own if PROGRAMMES[one.programme].line == line]


def _sheet(name: str, keys: Sequence[str]) -> Sheet:
    columns = _DEFINITION.columns_for(keys, {}, name)
    rates = tuple(one for one in _DEFINITION.rates_of(columns) if one[0] and one[1])
    return Sheet(_DEFINITION.sheets[name], columns, ("STT", "Nội dung"), rates=rates)


def _keys(name: str) -> list[str]:
    return [one.column for one in _DEFINITION.columns if one.sheet == name]


def _amount(given: Sequence[Gift]) -> int:
    return sum(PROGRAMMES[one.programme].price for one in given) * MILLION


def _results(lines: Sequence[str], own: Sequence[Gift]) -> tuple[Sheet, list[Line]]:
    sheet = _sheet("results", _keys("results"))
    found = []
    for at, line in enumerate(lines, start=1):
        given = _of_line(line, own)
        named = [one for one in given if one.person is not None]
        planned = 7 * len(LINES) if line == "HOUSES" else None
        cells = {
            "planned": planned, "number": len(given),
            "percent": _percent(len(given), planned),
            "households": len({(one.commune, one.household) for one in given}),
            "persons": sum(not one.is_outside for one in named),
            "outside": sum(one.is_outside for one in named),
            "amount_vnd": _amount(given), "without_amount": 0,
        }  # fmt: skip
        found.append(_line(at, line, sheet.columns, cells, code(family(line), line)))
    return sheet, found


def _units(
    area: str, level: str, lines: Sequence[str], every: Sequence[Gift]
) -> tuple[Sheet, list[Line]]:
    here = [one for one in every if inside(area, one.commune)]
    sheet = _sheet("units", [*(one for one in lines if _of_line(one, here)), "amount_vnd"])
    found = []
    for at, part in enumerate((*parts(area), area), start=1):
        own = [one for one in every if inside(part, one.commune)]
        cells: dict[str, CellValue] = {line: len(_of_line(line, own)) for line in lines}
        cells["amount_vnd"] = _amount(own)
        made = _line(at, f"Nơi {part}", sheet.columns, cells, part)
        of = level.lower() if part == area else "unit"
        found.append(replace(made, level=of, key=int(part)))
    return sheet, found


def _money(own: Sequence[Gift]) -> tuple[Sheet, list[Line]]:
    sheet = _sheet("money", _keys("money"))
    found = []
    for at, (key, programme) in enumerate(PROGRAMMES.items(), start=1):
        given = [one for one in own if one.programme == key]
        cells = {
            "allocated_vnd": 900 * MILLION, "committed_vnd": _amount(given),
            "disbursed_vnd": _amount(given), "percent": _percent(_amount(given), 900 * MILLION),
            "times": len(given),
        }  # fmt: skip
        found.append(_line(at, programme.name, sheet.columns, cells, code(programme.line, key)))
    return sheet, found


def _percent(part: int, whole: int | None) -> str | None:
    return f"{100 * part / whole:.2f}" if whole else None


def _line(
    at: int, name: str, columns: Sequence[Column], told_cells: dict[str, CellValue], its: str
) -> Line:
    cells = tuple(told_cells.get(column.key) for column in columns)
    return Line("entry", str(at), its, name, cells)


def cells(content: Content) -> dict[tuple[str, str, str], CellValue]:
    """Of what a report shows: area, line, column. Money in millions."""
    area = str(content.head.area_key)
    (results, units, money) = [(sheet, list(lines)) for sheet, lines in content.sheets]
    found: dict[tuple[str, str, str], CellValue] = {}
    for sheet, lines in (results, money):
        for line in lines:
            for column, cell in zip(sheet.columns, line.cells, strict=True):
                found[area, line.code, column.key] = _in_millions(column.key, cell)
    for line in units[1]:
        for column, cell in zip(units[0].columns, line.cells, strict=True):
            is_sum = column.key == "amount_vnd"
            its = "total" if is_sum else code(family(column.key), column.key)
            named = (str(line.key), its, "amount_vnd" if is_sum else "number")
            found[named] = found.get(named) or _in_millions(column.key, cell)
    return found


def _in_millions(column: str, cell: CellValue) -> CellValue:
    return cell // MILLION if column.endswith("_vnd") and isinstance(cell, int) else cell
