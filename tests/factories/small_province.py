"""All tables of a small invented province as reports, without a register: two districts of two
communes of three villages, preliminary and official."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from reports import definitions
from reports.contents.content import CellValue, Content, Line, Sheet
from reports.definitions import ReportDefinition
from tests.factories import report_contents as told

PROVINCE, DISTRICTS, COMMUNES = "1", ("10", "20"), ("11", "12", "21", "22")
VILLAGES = tuple(commune + str(at) for commune in COMMUNES for at in (1, 2, 3))
REPORTS = tuple(f"T{number}" for number in range(1, 14))
STATUSES = ("preliminary", "official")
LACKS = ("health_ins", "nutrition", "school", "water", "toilet", "telecom")
GROUPS = ("02", "04", "05", "09")
_CLASSES = ("POOR", "NEAR_POOR", "AVERAGE", "NOT_POOR")


@dataclass(frozen=True)
class Home:
    """A household as tables count it."""

    village: str
    persons: int
    children: int
    was: str
    now: str
    group: str
    no_labour: bool
    merit: bool
    female_head: bool
    lacks: frozenset[str]
    causes: frozenset[str]


def homes(seed: int, to_a_village: int = 14) -> dict[str, list[Home]]:
    """By status: in the official list a few are in another class than in the preliminary one."""
    chance = random.Random(seed)
    early = [_home(chance, village) for village in VILLAGES for _ in range(to_a_village)]
    late = [
        replace(one, now=chance.choice(_CLASSES)) if chance.random() < 0.04 else one
        for one in early
    ]
    return {"preliminary": early, "official": late}


def _home(chance: random.Random, village: str) -> Home:
    now = chance.choices(_CLASSES, (4, 3, 1, 3))[0]
    was = now if chance.random() < 0.6 else chance.choices(_CLASSES, (4, 3, 1, 3))[0]
    persons = chance.randint(1, 6)
    return Home(
        village, persons, chance.randint(0, persons - 1), was, now,
        chance.choices(("01", *GROUPS), (3, 6, 2, 1, 0.3))[0],
        chance.random() < 0.15, chance.random() < 0.1, chance.random() < 0.3,
        frozenset(one for one in LACKS if chance.random() < 0.35),
        frozenset(str(one) for one in range(1, 9) if chance.random() < 0.2),
    )  # fmt: skip


Columns = dict[str, int]


def _t1(living: Sequence[Home], _counted: str) -> Columns:
    found = {}
    for word, code in (("poor", "POOR"), ("near_poor", "NEAR_POOR"), ("average", "AVERAGE")):
        own = [one for one in living if one.now == code]
        found |= {f"{word}_households": len(own), f"{word}_persons": _persons(own)}
    return found | _residents(living, {"": lambda _one: True})


def _persons(own: Sequence[Home]) -> int:
    return sum(one.persons for one in own)


def _residents(living: Sequence[Home], bases: dict[str, Callable[[Home], bool]]) -> Columns:
    """Ten times as many households live there as are drawn."""
    found = {}
    for base, is_of in bases.items():
        own = [one for one in living if is_of(one)]
        found[f"resident_{base}households"] = 10 * len(own)
        found[f"resident_{base}persons"] = 10 * _persons(own)
    return found


def _changes(this: str, other: str) -> Callable[[Sequence[Home], str], Columns]:
    left, came = f"to_{other.lower()}", f"from_{other.lower()}"

    def columns(living: Sequence[Home], counted: str) -> Columns:
        found = dict.fromkeys(
            ("opening", left, "to_not_poor", "other_out", came, "relapsed", "new_entry",
             "other_in", "closing"), 0,
        )  # fmt: skip
        for one in living:
            amount = 1 if counted == "households" else one.persons
            if one.was == this:
                found["opening"] += amount
                if one.now != this:
                    found[left if one.now == other else "to_not_poor"] += amount
            if one.now == this:
                found["closing"] += amount
                if one.was != this:
                    is_back = one.persons % 2 == 0
                    into = came if one.was == other else "relapsed" if is_back else "new_entry"
                    found[into] += amount
        return found

    return columns


def _lacks(code: str) -> Callable[[Sequence[Home], str], Columns]:
    def columns(living: Sequence[Home], _counted: str) -> Columns:
        own = [one for one in living if one.now == code]
        found = {lack: sum(lack in one.lacks for one in own) for lack in LACKS}
        return {"households": len(own), "deprivations": sum(found.values()), **found}

    return columns


def _t8(living: Sequence[Home], counted: str) -> Columns:
    found = {}
    for word, code in (("poor", "POOR"), ("near_poor", "NEAR_POOR")):
        own = [one for one in living if one.now == code]
        for group, is_of in _T8.items():
            inside = [one for one in own if is_of(one)]
            found[f"{word}_{group}"] = len(inside) if counted == "households" else _persons(inside)
    return found


_T8: dict[str, Callable[[Home], bool]] = {
    "total": lambda one: True,
    "ethnic_minority": lambda one: one.group != "01",
    "no_labour": lambda one: one.no_labour,
    "merit": lambda one: one.merit,
    "other": lambda one: one.group == "01" and not one.no_labour and not one.merit,
}


def _t9(living: Sequence[Home], _counted: str) -> Columns:
    found = {}
    for word, code in (("poor", "POOR"), ("near_poor", "NEAR_POOR")):
        own = [one.group for one in living if one.now == code]
        minority = {group: own.count(group) for group in GROUPS}
        found |= {
            f"{word}_total": len(own), f"{word}_kinh": own.count("01"),
            f"{word}_minority": sum(minority.values()),
        }  # fmt: skip
        found |= {f"{word}_{group}": number for group, number in minority.items()}
    return found


def _t10(living: Sequence[Home], _counted: str) -> Columns:
    return {
        f"{prefix}cause_{cause}": sum(
            one.now == code and str(cause) in one.causes for one in living
        )
        for prefix, code in (("", "POOR"), ("near_poor_", "NEAR_POOR"))
        for cause in range(1, 9)
    }


def _t11(living: Sequence[Home], _counted: str) -> Columns:
    found = {}
    for prefix, code in (("", "POOR"), ("near_poor_", "NEAR_POOR")):
        own = [one for one in living if one.now == code]
        found[f"{prefix}children"] = sum(one.children for one in own)
        for lack in ("health_ins", "nutrition"):
            found[f"{prefix}{lack}"] = sum(one.children for one in own if lack in one.lacks)
    return found


_BASES: dict[str, Callable[[Home], bool]] = {
    "": lambda one: True,
    "kinh_": lambda one: one.group == "01",
    "minority_": lambda one: one.group != "01",
    "local_minority_": lambda one: one.group in ("02", "04"),
}


def _by_base(word: str, code: str) -> Callable[[Sequence[Home], str], Columns]:
    def columns(living: Sequence[Home], _counted: str) -> Columns:
        own = [one for one in living if one.now == code]
        found = _residents(living, _BASES)
        for base, is_of in _BASES.items():
            inside = [one for one in own if is_of(one)]
            found[f"{word}_{base}households"] = len(inside)
            found[f"{word}_{base}persons"] = _persons(inside)
        for group in ("merit", "no_labour", "female_head"):
            found[f"{word}_{group}_households"] = sum(getattr(one, group) for one in own)
        return found

    return columns


_TABLES: dict[str, Callable[[Sequence[Home], str], Columns]] = {
    "T1": _t1, "T2": _changes("POOR", "NEAR_POOR"), "T3": _changes("NEAR_POOR", "POOR"),
    "T4": _lacks("POOR"), "T5": _lacks("POOR"), "T6": _lacks("NEAR_POOR"),
    "T7": _lacks("NEAR_POOR"), "T8": _t8, "T9": _t9, "T10": _t10, "T11": _t11,
    "T12": _by_base("poor", "POOR"), "T13": _by_base("near_poor", "NEAR_POOR"),
}  # fmt: skip


def _units(area: str) -> Iterator[tuple[str, str, str]]:
    """Level, number and area of each line."""
    if area == PROVINCE:
        for at, district in enumerate(DISTRICTS, start=1):
            yield "district", str(at), district
            inside = [one for one in COMMUNES if one[0] == district[0]]
            yield from (("commune", f"{at}.{n}", one) for n, one in enumerate(inside, start=1))
    else:
        parts = COMMUNES if area in DISTRICTS else VILLAGES
        inside = [one for one in parts if _is_in(one, area)]
        level = "commune" if area in DISTRICTS else "village"
        yield from ((level, str(n), one) for n, one in enumerate(inside, start=1))
    yield _level(area), "", area


def _level(area: str) -> str:
    return "province" if area == PROVINCE else "district" if area in DISTRICTS else "commune"


def _is_in(part: str, area: str) -> bool:
    return area == PROVINCE or part.startswith(area[0] if area in DISTRICTS else area)


def contents(seed: int = 1, to_a_village: int = 14) -> dict[tuple[str, str, str], Content]:
    """Every report of every area in every status, by report, area and status."""
    return {
        (report, area, status): _content(definitions.named(report), area, status, living)
        for status, living in homes(seed, to_a_village).items()
        for report in REPORTS
        for area in (PROVINCE, *DISTRICTS, *COMMUNES)
    }


def _content(definition: ReportDefinition, area: str, status: str, living: list[Home]) -> Content:
    counts = _TABLES[definition.code]
    own = [one for one in living if _is_in(one.village, area)]
    whole = counts(own, "households")
    keys = [*whole, *(rate for rate, *_of in definition.rates if "…" not in rate)]
    used = [key for key in keys if not definition.is_left_out(key, bool(whole.get(key)))]
    columns = definition.columns_for(used, {})
    sheet = Sheet(
        title=definition.title["vi"], columns=columns, names=("STT", "Đơn vị"),
        two_lines=definition.two_lines, sums=definition.sums_of(columns),
        rates=definition.rates_of(columns),
    )  # fmt: skip
    lines = []
    for level, number, unit in _units(area):
        inside = [one for one in own if _is_in(one.village, unit)]
        for counted in ("households", "persons") if definition.two_lines else ("",):
            cells = _cells(sheet, counts(inside, counted))
            shown = number if counted != "persons" else ""
            lines.append(Line(level, shown, "", unit, cells, int(unit), counted))
    head = told.head(
        report=definition.code, area_key=int(area), level=_level(area).upper(), status=status
    )
    return told.content(head, (sheet, lines))


def _cells(sheet: Sheet, counts: Columns) -> tuple[CellValue, ...]:
    shares = {rate: (part or rate, whole) for rate, part, whole in sheet.rates}
    found: list[CellValue] = []
    for column in sheet.columns:
        if column.key not in shares:
            found.append(counts[column.key])
            continue
        part, whole = (counts[key] for key in shares[column.key])
        found.append(_rate(part, whole) if whole else None)
    return tuple(found)


def _rate(part: int, whole: int) -> str:
    rate = Decimal(100 * part) / whole
    return f"{rate.quantize(Decimal('0.01'), rounding=ROUND_HALF_UP):f}"
