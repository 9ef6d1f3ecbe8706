"""T12 and T13: the result by ethnic base. Households of one class beside all resident households,
each by Kinh, minorities and local minorities."""

from reports.queries import bases, cells, facts, kept, residents
from reports.queries.bases import Bases
from reports.queries.cells import ONE, Cell, Key, Source, Totals
from reports.queries.groups import CLASSES
from reports.queries.questions import Question
from reports.queries.residents import Residents
from reports.queries.rows import (
    NO_LOCAL_MINORITIES,
    NO_MINORITY_RESIDENTS,
    NOT_ENOUGH,
    Line,
    Row,
)

#: Part of a column's name to its condition; "" is all.
_BASES = {
    "": "true",
    "kinh_": "a.ethnic_group_id = %(kinh)s",
    "minority_": "a.ethnic_group_id <> %(kinh)s",
    "local_minority_": "a.ethnic_group_id = ANY(%(local)s)",
}
#: Of the households of the class; the groups overlap.
GROUPS = ("merit", "no_labour", "female_head")
_UNITS = ("households", "persons")
_RATES = {"": "rate", "minority_": "minority_rate", "local_minority_": "local_minority_rate"}

_LACKS_FORMS: Key = ("lacks_forms", None)


def columns(poverty_class: str) -> tuple[str, ...]:
    """Residents, then households, groups, persons and rates of the class."""
    word = CLASSES[poverty_class]
    return (
        *(f"resident_{base}{what}" for what in _UNITS for base in _BASES),
        *(f"{word}_{base}households" for base in _BASES),
        *(f"{word}_{group}_households" for group in GROUPS),
        *(f"{word}_{base}persons" for base in _BASES),
        *(f"{word}_{rate}" for rate in _RATES.values()),
    )


def of(question: Question, poverty_class: str) -> list[Row]:
    """Persons are those of the households of the base. Where a household of the list has no form,
    only the total is known. Six statements at most."""
    told_apart = bases.of(question.round)
    living = residents.of(question, told_apart)
    found = _counts(question, poverty_class, told_apart)
    word = CLASSES[poverty_class]
    rows = []
    for unit in question.units.rows:
        counts = found.get(unit.key, {})
        line = Line(unit)
        _add_residents(line, living[unit.key], told_apart)
        for what in _UNITS:
            for base in _BASES:
                line.figures[f"{word}_{base}{what}"] = counts.get((f"{word}_{base}{what}", None), 0)
        for group in GROUPS:
            column = f"{word}_{group}_households"
            line.figures[column] = counts.get((column, None), 0)
        _add_rates(line, word, told_apart)
        if counts.get(_LACKS_FORMS):
            for column in columns(poverty_class):
                known = {f"{word}_households", f"{word}_persons", f"{word}_rate"}
                if column.startswith(word) and column not in known:
                    line.lacks(column, NOT_ENOUGH)
        if not told_apart.local:
            for column in columns(poverty_class):
                if "local_minority" in column:
                    line.lacks(column, NO_LOCAL_MINORITIES)
        rows.append(line.done())
    return rows


def _add_residents(line: Line, living: Residents, told_apart: Bases) -> None:
    for at, what in enumerate(_UNITS):
        total = (living.households, living.persons)[at]
        minority = living.minority and living.minority[at]
        local = living.local_minority and living.local_minority[at]
        kinh = None if total is None or minority is None else total - minority
        for base, number in zip(_BASES, (total, kinh, minority, local), strict=True):
            column = f"resident_{base}{what}"
            line.figures[column] = number
            if number is None:
                is_all = base == "" or total is None
                line.lacks(column, living.why_unknown if is_all else NO_MINORITY_RESIDENTS)


def _add_rates(line: Line, word: str, told_apart: Bases) -> None:
    for base, rate in _RATES.items():
        part = line.figures[f"{word}_{base}households"]
        whole = line.figures[f"resident_{base}households"]
        reason = line.reasons.get(f"resident_{base}households", "")
        assert isinstance(part, int)
        line.rate(f"{word}_{rate}", part, whole if isinstance(whole, int) else None, reason)


def source(question: Question, poverty_class: str) -> Source:
    """Households of the class. Two queries."""
    return _source(question, poverty_class, bases.of(question.round))


def _source(question: Question, poverty_class: str, told_apart: Bases) -> Source:
    word = CLASSES[poverty_class]
    of_bases: dict[Key, Cell] = {
        (f"{word}_{base}{what}", None): Cell(condition, amount)
        for base, condition in _BASES.items()
        for what, amount in zip(_UNITS, (ONE, "a.persons"), strict=True)
    }
    of_groups: dict[Key, Cell] = {
        (f"{word}_{group}_households", None): Cell(f"a.{group}") for group in GROUPS
    }
    return Source(
        f"SELECT * FROM ({facts.select(question.status)}) f"
        f" WHERE poverty_class = '{poverty_class}'",
        of_bases | of_groups | {_LACKS_FORMS: Cell("NOT a.has_form")},
        values=told_apart.values,
    )


def _counts(question: Question, poverty_class: str, told_apart: Bases) -> Totals:
    from_sums = _kept(question, poverty_class, told_apart)
    if from_sums is not None:
        return from_sums
    return cells.totals(_source(question, poverty_class, told_apart), question)


def _kept(question: Question, poverty_class: str, told_apart: Bases) -> Totals | None:
    of_classes = kept.classes(question, [poverty_class])
    of_groups = kept.ethnic_groups(question, [poverty_class])
    if of_classes is None or of_groups is None:
        return None
    word = CLASSES[poverty_class]
    found = cells.Adding()
    for unit, one in of_classes:
        groups = {name: getattr(one, f"{name}_households") for name in GROUPS}
        found.add(unit, {(f"{word}_{name}_households", None): n for name, n in groups.items()})
    for unit, group in of_groups:
        for base in _bases_of(group.ethnic_group_id, told_apart):
            numbers = dict(zip(_UNITS, (group.households, group.persons), strict=True))
            found.add(unit, {(f"{word}_{base}{what}", None): n for what, n in numbers.items()})
    return found.totals


def _bases_of(group: int | None, told_apart: Bases) -> list[str]:
    """A household of which no group is known counts in the total alone."""
    if group is None:
        return [""]
    if group == told_apart.kinh:
        return ["", "kinh_"]
    return ["", "minority_", *(["local_minority_"] if group in told_apart.local else [])]
